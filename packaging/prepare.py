"""Makes the local environment that packaging/run and packaging/test start from.

Runs on the system's bare Python, so it uses the standard library alone. It brings system packages (with the
administrator's rights, or a sentence that names them), a virtual environment with exactly the locked files, and
the unpacked faces. What is already there stays.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
TOP = HERE.parent

LOCKS = {"run": ("requirements.lock",), "test": ("requirements.lock", "requirements-dev.lock")}

# What PySide6 loads, and the Debian package that has it. Asking the loader is right on every distribution.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}
TEST_PROGRAMS = {"Xvfb": "xvfb", "pdftotext": "poppler-utils"}
# The tests of screen readers and of failing disks need these, too; without them they are skipped and say why.
RARE_PROGRAMS = {
    "dbus-run-session": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "fiu-run": "fiu-utils",
}
SYSTEM_PYTHON = "/usr/bin/python3"
READER_BINDINGS = ("python3-gi", "gir1.2-atspi-2.0")


def main(kind: str, local: Path) -> None:
    with (local / "preparing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two starts at once: the second waits and finds everything done
        try:
            install_packages(missing_packages(kind))
        except NotInstalled as why:
            give_up(why.chinese, why.english)
        if kind == "test":
            complete(rare_packages())
        venv = local / "venv"
        if not is_sound(venv):
            make_environment(venv)
        for name in LOCKS[kind]:
            if not is_installed(venv, name):
                install(venv, name)
        unpack_faces(venv)


def say(chinese: str, english: str) -> None:
    print(chinese, english, sep="\n", file=sys.stderr, flush=True)


def give_up(chinese: str, english: str) -> NoReturn:
    say(chinese, english)
    sys.exit(1)


class NotInstalled(Exception):
    """System packages that could not be brought, and why, in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self.chinese, self.english = chinese, english


def complete(packages: list[str]) -> None:
    """Install them where that is possible; everything but a few tests goes without."""
    try:
        install_packages(packages)
    except NotInstalled:
        missing = " ".join(packages)
        say(
            f"有几项测试会跳过，因为没有这些系统软件包：{missing}",
            f"A few tests will be skipped, because these system packages are missing: {missing}",
        )


def missing_packages(kind: str) -> list[str]:
    packages = [package for library, package in LIBRARIES.items() if not can_load(library)]
    if find_spec("ensurepip") is None:
        packages.append(f"python3.{sys.version_info.minor}-venv")
    if kind == "test":
        packages += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    return packages


def rare_packages() -> list[str]:
    packages = [package for program, package in RARE_PROGRAMS.items() if not shutil.which(program)]
    return packages if can_read_screens() else [*packages, *READER_BINDINGS]


def can_read_screens() -> bool:
    asked = "import gi; gi.require_version('Atspi', '2.0')"
    try:
        return not subprocess.run([SYSTEM_PYTHON, "-c", asked], stderr=subprocess.DEVNULL).returncode
    except FileNotFoundError:
        return False


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    if not packages:
        return
    rights = administrator_rights()
    if rights is None or not shutil.which("apt-get"):
        raise NotInstalled(
            f"还缺这些系统软件包，请管理员安装后再试：{' '.join(packages)}",
            f"System packages are missing. Ask the administrator to install these: {' '.join(packages)}",
        )
    say(f"正在安装系统软件包：{' '.join(packages)}", f"Installing system packages: {' '.join(packages)}")
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    # A list that cannot be refreshed may still be good enough: the install itself decides.
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done = subprocess.run(
        [*apt, "install", "--no-install-recommends", *packages],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise NotInstalled(
            "系统软件包没有装上，原因见上。请检查网络，或请管理员安装后再试。",
            "The system packages could not be installed, see above. Check the network, or ask the administrator.",
        )


def administrator_rights() -> list[str] | None:
    """What to put before a command to run it as administrator, or None where nobody may."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    silent = subprocess.run(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return ["sudo", "-n"] if silent.returncode == 0 else None


def is_sound(venv: Path) -> bool:
    """Made by this Python, and every lock that was installed into it is still the one in the project."""
    installed = list(venv.glob("*.lock"))
    if not installed or any(not is_installed(venv, lock.name) for lock in installed):
        return False
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (venv / "bin/python").exists() and (venv / f"lib/python{version}/site-packages/pip").is_dir()


def is_installed(venv: Path, name: str) -> bool:
    """A copy of the lock is put into the environment once everything in it is there."""
    mark = venv / name
    return mark.is_file() and mark.read_bytes() == (HERE / name).read_bytes()


def make_environment(venv: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True, stdout=sys.stderr)


def install(venv: Path, name: str) -> None:
    say(
        "正在安装程序部件，第一次约需几分钟……",
        "Installing what the program is made of; the first time this takes a few minutes...",
    )
    pip = [str(venv / "bin/python"), "-m", "pip", "-qq", "--disable-pip-version-check", "install"]
    exact = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--requirement", str(HERE / name)]
    if subprocess.run([*pip, *exact], stdout=sys.stderr).returncode:
        give_up(
            "程序部件没有装上，原因见上。请检查网络后再试。",
            "The installation did not finish, see above. Check the network and try again.",
        )
    shutil.copyfile(HERE / name, venv / name)


def unpack_faces(venv: Path) -> None:
    unpack = "import resources; [resources.font(name) for name in resources.faces()]"
    environment = os.environ | {"PYTHONPATH": str(TOP)}
    subprocess.run([venv / "bin/python", "-P", "-c", unpack], check=True, env=environment)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
