"""Power cuts while dispensing: what was acknowledged is there, whole, and the basket too."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.crash.inspector import heard
from tests.house.tree import ROOT


def test_nothing_is_lost_in_100_kills() -> None:
    # A process of its own: forking a test process that has threads would not be safe.
    command = [sys.executable, "-W", "error", "-m", "tests.crash.cycles", "--cycles", "100"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "none lost" in done.stdout


def test_a_line_cut_short_was_not_told() -> None:
    told = heard(b"draft 0\ndone 0 DSP-2026-00001 2\ndraft 1\ndone 1 DSP-2026-0")
    assert told.draft == 1
    assert told.done == {0: ("DSP-2026-00001", 2)}


def test_a_pharmacist_that_fails_is_not_taken_for_a_killed_one() -> None:
    with pytest.raises(AssertionError, match="failed by itself"):
        heard(b'draft 0\nfault "ZeroDivisionError"\n')
