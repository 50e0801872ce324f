"""Taken away while it was on: once the window dropped the key, nobody finds it in its memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inventory.domain.login import Login
from inventory.services import door
from inventory.services.setting_up import SetUp, set_up
from inventory.storage.key_file import database_key
from tests.desktop.conftest import TODAY
from tests.house.tree import ROOT
from tests.services.test_nothing_readable import in_memory

LOGIN = Login("Layla Hasan", "a calm long river")

_WORK_AND_LEAVE = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEvent
from inventory.storage import stretching
stretching.FLOOR = stretching.Cost(8, 1, 1)
from desktop.app import Program, make_application
from desktop.faults import FaultBook
from desktop.preferences import PreferencesFile

application = make_application()
preferences = PreferencesFile(Path(sys.argv[2]))
preferences.change(language="en")
program = Program(application, FaultBook(), preferences=preferences, today=date(2026, 11, 22))
program.begin(sys.argv[1])
program.welcome.name.set_text(sys.stdin.readline().rstrip())
program.welcome.password.line.setText(sys.stdin.readline().rstrip())
program.welcome.sign_in()
while program.window is None:
    application.processEvents()
program.window.open_page("stock")
print("open", flush=True)
sys.stdin.readline()
program.window.lock()
program.drop_key()
for _ in range(20):
    application.processEvents()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
print("dropped", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux shows its memory")
def test_a_window_that_dropped_the_key_has_it_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "amana.db"
    set_up(path, SetUp("Al-Zuhoor PHC"), TODAY, 1_800_000_000_000, login=LOGIN)
    entered = door.enter(path, LOGIN.name, LOGIN.password)
    master = entered.master
    assert master is not None
    key = database_key(master)
    entered.lock()
    found = {}
    with subprocess.Popen(
        [sys.executable, "-c", _WORK_AND_LEAVE, str(path), str(tmp_path / "desktop.json")],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as program:  # fmt: skip
        assert program.stdin is not None
        assert program.stdout is not None
        for said in (f"{LOGIN.name}\n{LOGIN.password}\n", "\n"):
            program.stdin.write(said)
            program.stdin.flush()
            now = program.stdout.readline().strip()
            found[now] = in_memory(program.pid, master, key, key.hex().encode(),
                                   LOGIN.password.encode("utf-16-le"))  # fmt: skip
        program.stdin.close()
    assert min(found["open"][:2]) > 0, "the search sees it while the window works"
    assert found["dropped"] == [0, 0, 0, 0]
