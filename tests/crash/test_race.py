"""Several desks, one shelf: nothing is sold twice, on either engine."""

from __future__ import annotations

import subprocess
import sys

from tests.house.tree import ROOT


def test_eight_desks_racing_for_the_last_boxes_oversell_nothing(engine_address: str) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.crash.race", engine_address]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "8 desks gave 86 of 86" in done.stdout
