"""A disk that fails at any call: refused in words, nothing lost, nothing twice, work goes on."""

from __future__ import annotations

from tests.crash import sweep
from tests.crash.figures import Scale


def test_no_failing_call_loses_or_halves_anything() -> None:
    reached = sweep.figure(Scale())
    assert reached.count > 30
    assert reached.lost == 0, reached.says
