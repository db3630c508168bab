"""Pictures of the kit: ``python -m tests.ui.gallery OUT`` grabs every sample in every look and scale.

The window has the logical size that a 1366x768 screen leaves at each scale (never less than 1024x540).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import samples
from ui.frame import Frame
from ui.jobs import Jobs
from ui.parts.banner import Action
from ui.parts.preview import Preview
from ui.parts.question import Answer, Question, ask
from ui.program import application
from ui.theme import theme
from ui.window import Window

SIZES = {"1": (1366, 660), "1.25": (1093, 560), "1.5": (1024, 540)}
LOOKS = ("light", "dark", "large")


def main(folder: Path) -> int:
    """Grab at each scale in a process of its own: Qt reads the scale once."""
    folder.mkdir(parents=True, exist_ok=True)
    for scale in SIZES:
        around = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run([sys.executable, "-m", "tests.ui.gallery", str(folder), scale], check=True, env=around)
    return 0


def grab_all(folder: Path, scale: str) -> None:
    running = application(["gallery"])
    QCursor.setPos(0, 5000)  # nothing is hovered
    for look in LOOKS:
        for name, scene in SCENES.items():
            theme.use_scheme("dark" if look == "dark" else "light")
            jobs = Jobs(samples.Desk())
            kept = samples.kept({"large": str(look == "large").lower(), "scheme": f'"{theme.scheme}"'})
            window = Window()
            window.resize(*SIZES[scale])
            frame = Frame(jobs, samples.CLERK, kept, samples.ENTRIES, samples.SURROUNDINGS)
            window.show()
            window.set_frame(frame)
            window.activateWindow()
            scene(window, frame)
            settle(running)
            window.grab().save(str(folder / f"{name}-{look}-{scale}.png"))
            jobs.close()
            window.close()
            window.deleteLater()
            settle(running, 0)


def settle(running: QApplication, ms: int = 120) -> None:
    """Let answers arrive and layouts settle."""
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() <= ms:
        running.processEvents()


def pieces(window: Window, frame: Frame) -> None:
    frame.go("today")


def intake(window: Window, frame: Frame) -> None:
    frame.go("intake")
    screen = shown(frame, samples.Intake)
    settle(theme_application(), 50)
    QTest.keyClicks(screen.who, "w")


def refused(window: Window, frame: Frame) -> None:
    frame.go("intake")
    screen = shown(frame, samples.Intake)
    screen.who.set_chosen(samples.PEOPLE[0], "王秀芳", "138 **** 1234 · 独居老人")
    screen.kind.set_value("代购")
    screen.what.set_value("买米，再带一盒降压药")
    screen.when.set_value("m9")
    screen.phone.set_value("138000012")
    screen.identity.set_value("330105199712108123")
    settle(theme_application(), 50)
    screen.refuse_phone()


def board(window: Window, frame: Frame) -> None:
    frame.go("board")
    frame.banner.news("已派给爱心理发队", Action("撤销", lambda: None))


def volunteers(window: Window, frame: Frame) -> None:
    frame.go("volunteers")
    frame.banner.trouble("打印机没有应答，凭证没印出来。请看看纸和电源。", Action("再印", lambda: None))


def empty(window: Window, frame: Frame) -> None:
    frame.go("certificates")


def question(window: Window, frame: Frame) -> None:
    frame.go("board")
    settle(theme_application(), 50)
    answers = (Answer("取消这一单", "cancel", "告诉点单人，订单归到已结，以后还查得到。", "primary"),)
    reasons = ("不需要了", "已经有人帮忙", "记重了", "联系不上")
    ask(
        frame,
        Question("取消 0417-3K？", answers, "王* 的代购，今天 08:10 记下。", reasons, "留着"),
        lambda _answer: None,
    )


def choice(window: Window, frame: Frame) -> None:
    frame.go("board")
    settle(theme_application(), 50)
    answers = (
        Answer("先给王*办完", "finish", "篮子留着，李* 请稍等。", "primary"),
        Answer("换成李*", "switch", "王* 的篮子清空，没有扣分。"),
    )
    ask(frame, Question("王* 的篮子里还有 2 样", answers), lambda _answer: None)


def sheet(window: Window, frame: Frame) -> None:
    frame.go("intake")
    frame.show_keys()


def found(window: Window, frame: Frame) -> None:
    frame.go("board")
    settle(theme_application(), 50)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    focused = window.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "wangxiu")


def caps(window: Window, frame: Frame) -> None:
    frame.go("intake")
    settle(theme_application(), 50)
    window.show_key_caps()


def paper(window: Window, frame: Frame) -> None:
    page = Preview()
    page.set_pages([samples.paper_page(), samples.paper_page()])
    frame.go("certificates")
    window.cover(page)


def shown(frame: Frame, kind: type[samples.Intake]) -> samples.Intake:
    screen: QWidget | None = frame.shown_screen()
    assert isinstance(screen, kind)
    return screen


def theme_application() -> QApplication:
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    return running


SCENES: dict[str, Callable[[Window, Frame], None]] = {
    "pieces": pieces,
    "intake": intake,
    "refused": refused,
    "board": board,
    "table": volunteers,
    "empty": empty,
    "question": question,
    "choice": choice,
    "keys": sheet,
    "find": found,
    "caps": caps,
    "paper": paper,
}

if __name__ == "__main__":
    if len(sys.argv) == 3:
        grab_all(Path(sys.argv[1]), sys.argv[2])
    else:
        raise SystemExit(main(Path(sys.argv[1])))
