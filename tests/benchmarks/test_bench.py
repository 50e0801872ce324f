"""The bench itself: its clinic is sound and its table has every line. Nothing is timed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import backing_up, bench, dispensing, million, reading
from tests.benchmarks.decade import Size, arrivals, documents
from tests.benchmarks.timing import Result

SMALL = Size(items=25, batches=3, takings=4)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "small.db"
    million.build(path, SMALL)  # raises when `check` finds anything
    return path


def test_the_story_has_as_many_movements_as_promised() -> None:
    events = [event for _, moved in arrivals(SMALL) for event in moved]
    assert len(events) == SMALL.movements
    assert sum(len(lines) for lines in documents(events)) == SMALL.movements
    assert Size().movements == 1_000_000


def test_every_reading_is_measured(built: Path) -> None:
    keys = {result.key for result in reading.measure(built, SMALL, 1)}
    assert {"stock_list_10k_ms", "search_ms", "scan_ms", "proposal_ms"} <= keys


def test_a_dispensing_is_measured_against_bare_rows(built: Path, tmp_path: Path) -> None:
    before = built.read_bytes()
    keys = {result.key for result in dispensing.measure(built, SMALL, tmp_path, 2)}
    assert {"bare_write_ms", "dispense_ratio", "dispense_flat"} <= keys
    assert built.read_bytes() == before


def test_a_dispensing_is_measured_beside_a_backup(built: Path, tmp_path: Path) -> None:
    results = {result.key: result.value for result in backing_up.measure(built, tmp_path, 1)}
    assert {"beside_backup", "backup_s", "restore_s"} <= results.keys()


def test_the_table_says_what_was_met() -> None:
    shown = bench.table([Result("a", "a", 4, "ms", 5), Result("b", "b", 6, "×", 5)])
    assert shown.splitlines()[1].endswith("yes")
    assert shown.splitlines()[2].endswith("NO")
