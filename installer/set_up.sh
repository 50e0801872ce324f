#!/usr/bin/env bash
# Make this computer ready: a Python of our own in .venv with exactly the locked packages, and the
# system libraries the window needs. Called by make with the requirements file to install.
set -eu
cd "$(dirname "$0")/.."
requirements=$1
python=.venv/bin/python

qt_packages="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libxkbcommon0 libfontconfig1 libcups2
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
  libwayland-cursor0 libwayland-egl1"

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

install_packages() {
  command -v apt-get >/dev/null || return 1
  as_root true || return 1
  echo "Installing system packages: $*"
  as_root apt-get update -qq </dev/null >/dev/null || true
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

ask_for() {
  printf 'Please run this once, then try again:\n\n  sudo apt-get install -y %s\n\n' "$*" >&2
}

# A Python new enough, with what it takes to make a virtual environment.
find_python() {
  local name
  for name in python3.11 python3 python3.12 python3.13; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then echo "$name"; return 0
    fi
  done
  return 1
}

make_venv() {
  local found
  if ! found=$(find_python); then
    install_packages python3 python3-venv || { ask_for python3 python3-venv; exit 1; }
    found=$(find_python) || { echo "Amana needs Python 3.11 or newer." >&2; exit 1; }
  fi
  "$found" -m venv --clear .venv
}

# Names of libraries Qt is linked to and this system does not have, one a line.
missing_libraries() {
  local qt
  qt=$("$python" -c 'import PySide6; print(PySide6.__path__[0])')/Qt
  ldd "$qt"/lib/libQt6{Widgets,PrintSupport,Svg}.so.6 "$qt"/plugins/platforms/lib{qoffscreen,qxcb}.so \
    "$qt"/plugins/printsupport/*.so 2>/dev/null | sed -n 's/^\s*\(\S*\) => not found.*/\1/p' | sort -u
}

"$python" -m pip --version >/dev/null 2>&1 || make_venv
echo "Installing the locked packages of $requirements (downloads once)"
"$python" -m pip install --quiet --no-input --disable-pip-version-check --no-deps \
  --only-binary :all: --require-hashes --requirement "$requirements" </dev/null

# The tests record what the program writes with a small library of C.
if [ "$requirements" = installer/requirements-dev.txt ] && [ "$(uname -s)" = Linux ] &&
   ! command -v cc >/dev/null; then
  install_packages gcc libc6-dev || ask_for gcc libc6-dev
fi

if [ "$(uname -s)" = Linux ] && [ -n "$(missing_libraries)" ]; then
  # shellcheck disable=SC2086  # a list of names on purpose
  install_packages $qt_packages || ask_for $qt_packages
  if ! QT_QPA_PLATFORM=offscreen "$python" -c 'import PySide6.QtWidgets' 2>/dev/null; then
    echo "Qt still misses: $(missing_libraries | tr '\n' ' ')" >&2
    exit 1
  fi
fi
