"""A power cut while a file is written leaves it whole or absent, and there once it was told."""

from __future__ import annotations

from tests.crash import whole_or_absent
from tests.crash.figures import Scale
from tests.crash.writers import WRITERS


def test_what_is_written_is_whole_or_absent_and_never_missing_after_it_was_told() -> None:
    reached = whole_or_absent.figure(Scale())
    assert reached.count > 200
    assert reached.lost == 0, reached.says


def test_every_flush_that_is_left_out_is_seen() -> None:
    assert whole_or_absent.planted(Scale()).count == 1 + 2 * (len(WRITERS) - 1)
