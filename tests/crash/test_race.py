"""Several desks, one shelf: nothing is sold twice, nobody waits unfairly, on either engine."""

from __future__ import annotations

import subprocess
import sys

from tests.crash.figures import FIGURES
from tests.house.tree import ROOT


def _race(address: str, *options: str) -> str:
    command = [sys.executable, "-W", "error", "-m", "tests.crash.race", address, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_eight_desks_racing_for_the_last_boxes_oversell_nothing(engine_address: str) -> None:
    said = _race(engine_address, "--desks", "8", "--operations", "160")
    assert said.startswith("8 desks asked 160 times")
    assert "nothing oversold, every balance reproduced" in said


def test_sixty_four_desks_wait_in_one_line(postgres_address: str) -> None:
    said = _race(postgres_address, "--desks", "64", "--operations", "256")
    assert said.startswith("64 desks asked 256 times")


def test_the_race_is_a_figure() -> None:
    assert "tests.crash.race:figure" in {figure.function for figure in FIGURES}
