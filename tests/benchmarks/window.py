"""How long a new process needs until its window has painted, and how much memory it then holds.

Run as a program it is the measured process: `window.py BEGAN [DATABASE]`, where BEGAN is the
monotonic time at which it was started. Without a database it opens a bare PySide6 window.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.timing import Result
from tests.house.tree import ROOT


def measure(million: Path, times: int) -> list[Result]:
    """Bare and ours in turn, so that both meet the same machine."""
    turns = [(_start(), _start(million)) for _ in range(times)]
    bare, ours = (median(run["ms"] for run in side) for side in zip(*turns, strict=True))
    entered = [run["entered_ms"] for _, run in turns if "entered_ms" in run]
    thin, full = (median(run["mb"] for run in side) for side in zip(*turns, strict=True))
    return [
        Result("bare_window_ms", "a bare PySide6 window, new process", bare, "ms"),
        Result("window_ms", "Amana's window, new process", ours, "ms"),
        Result("window_ratio", "window ÷ bare window", ours / bare, "×", 2),
        *(
            Result("entered_ms", "from the password to the first page", ms, "ms")
            for ms in (median(entered),)
            if entered
        ),
        Result("bare_window_mb", "memory of the bare window", thin, "MB"),
        Result("window_mb", "memory of Amana's window", full, "MB"),
    ]


def _start(database: Path | None = None) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        own = {f"XDG_{name}_HOME": folder for name in ("CONFIG", "CACHE", "DATA", "STATE")}
        command = [sys.executable, "-m", "tests.benchmarks.window", str(time.monotonic())]
        if database is not None:
            command.append(str(database))
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _painted(since: float) -> float:
    """Milliseconds until everything that was waiting to be painted is painted."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    return (time.monotonic() - since) * 1000


def _end(**told: float) -> None:
    print(json.dumps({**told, "mb": _peak_mb()}), flush=True)
    os._exit(0)


def _peak_mb() -> float:
    """The peak since this program was loaded; getrusage would count the parent's as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    return int(kilobytes) / 1024


def _bare(began: float) -> None:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Amana"))
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    _end(ms=_painted(began))


def _ours(began: float, database: str) -> None:
    from desktop.app import Program, make_application
    from desktop.faults import FaultBook
    from tests.benchmarks.decade import TODAY

    application = make_application()
    program = Program(application, FaultBook(), today=TODAY)
    program.begin(database)
    shown = program.window or program.welcome
    assert shown is not None
    assert shown.isVisible()
    first = _painted(began)
    if program.window is not None:
        _end(ms=first)
    # Of a locked database the first page asks who it is.
    from inventory.services.door import enter
    from tests.benchmarks.locked import NAME, PASSWORD

    now = time.monotonic()
    program.show_entered(enter(database, NAME, PASSWORD))
    _end(ms=first, entered_ms=_painted(now))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _ours(float(sys.argv[1]), sys.argv[2])
    _bare(float(sys.argv[1]))
