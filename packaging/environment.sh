# Sourced by packaging/run and packaging/test. Leaves in $python the interpreter of an environment that is exactly as
# locked, or ends with a sentence. When everything is there this costs a few short processes and no Python.
# Needs nothing but sh and Python 3.11 to 3.13; packaging/prepare.py does the work.

here=$(dirname -- "$(readlink -f -- "$0")")
top=$(dirname -- "$here")

say() {
    printf '%s\n' "$@" >&2
}

# environment KIND: KIND is run (what the program needs) or test (and what judging it needs).
environment() {
    kind=$1
    local_folder=$top/.local
    if ! is_ready; then
        choose_folder
        is_ready || prepare
    fi
    python=$local_folder/venv/bin/python
}

is_ready() {
    [ -x "$local_folder/venv/bin/python" ] && [ "$(wanted)" = "$(cat "$local_folder/ready-$kind" 2>/dev/null)" ]
}

# What the environment was made from; a changed lock, face or system Python makes it again.
wanted() {
    cat "$here"/*.lock "$here/prepare.py" "$top/resources/fonts/SHA256SUMS" | sha256sum
    readlink -f "$local_folder/venv/bin/python"
}

# Beside the program where that can be written, else the person's own cache.
choose_folder() {
    mkdir -p "$local_folder" 2>/dev/null && [ -w "$local_folder" ] && return
    local_folder=${XDG_CACHE_HOME:-$HOME/.cache}/yizhan/$(printf %s "$top" | cksum | cut -d ' ' -f 1)
    mkdir -p "$local_folder"
}

prepare() {
    find_python
    "$system_python" "$here/prepare.py" "$kind" "$local_folder"
    wanted >"$local_folder/ready-$kind"
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        system_python=$(command -v "$name") || continue
        "$system_python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && return
    done
    say "没有找到 Python 3.11 至 3.13。请管理员安装 python3 后再试。" \
        "Python 3.11 to 3.13 was not found. Ask the administrator to install python3, then try again."
    exit 1
}
