"""Starting: a command needs no window, and a window does not die of its signals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tests.house.tree import ROOT

_REPORT = """
import json, sys
from main import main
code = main(sys.argv[1:])
print(json.dumps({"code": code, "loaded": sorted(name.split(".")[0] for name in sys.modules)}))
"""


def started(*arguments: str) -> dict[str, object]:
    """Run main.py's main in a new process; its exit code and the packages it loaded."""
    command = [sys.executable, "-c", _REPORT, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_command_does_not_import_qt(tmp_path: Path) -> None:
    database = str(tmp_path / "clinic.db")
    init = ("init", "--unprotected", "--clinic", "Test", "--language", "ar")
    told = started("--database", database, *init)
    assert told["code"] == 0
    loaded = told["loaded"]
    assert isinstance(loaded, list)
    assert not {"PySide6", "desktop", "qtawesome"} & set(loaded)


def test_help_is_given() -> None:
    command = [sys.executable, "main.py", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "dispense" in done.stdout
    assert "receive" in done.stdout


class Bell(QObject):
    rung = Signal(bool)


def test_five_thousand_emits_are_survived() -> None:
    """PySide6 6.12.0 lost a reference to True with each and aborted on Python 3.11."""
    bell = Bell()
    heard: list[bool] = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(5_000):
        bell.rung.emit(True)
    assert len(heard) == 5_000
    heard.clear()
    assert sys.getrefcount(True) > before - 100
