"""Five wrong tries slow down the next, across restarts and whatever the clock says."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from inventory.domain.sentence import Refused
from inventory.storage.tries import LONGEST_WAIT, MustWait, Tries, tries_at


class Wrong(Refused):
    pass


@dataclass
class Boot:
    """Seconds since a computer was started, by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def boot() -> Boot:
    return Boot()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tries.json"


def wrong(tries: Tries) -> None:
    with pytest.raises(Wrong), tries.one(Wrong):
        raise Wrong("No.")


def test_five_are_free_then_each_costs_twice_as_long(path: Path, boot: Boot) -> None:
    waits = []
    for _ in range(12):
        tries = Tries(path, boot)
        wrong(tries)
        left = tries.wait_left()
        waits.append(left)
        if left:
            boot.now += left - 1
            with pytest.raises(MustWait, match="Wait 1 second "), tries.one(Wrong):
                pytest.fail("A try was let through.")
            boot.now += 1
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]


def test_a_restart_begins_the_wait_again(path: Path, boot: Boot) -> None:
    for _ in range(5):
        wrong(Tries(path, boot))
    boot.now += 20
    assert Tries(path, boot).wait_left() == 10
    boot.now = 3.0
    assert Tries(path, boot).wait_left() == 30
    boot.now = 23.0
    assert Tries(path, boot).wait_left() == 10


def test_the_clock_on_the_wall_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        wrong(Tries(path))
    for moment in (0.0, 4e9):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        assert 25 <= Tries(path).wait_left() <= 30


def test_a_try_counts_before_it_is_made(path: Path, boot: Boot) -> None:
    """Who ends the program in the middle has not won one."""
    for _ in range(5):
        one = Tries(path, boot).one(Wrong)
        one.__enter__()
        assert Tries(path, boot).untold >= 1
    assert Tries(path, boot).wait_left() == 30


def test_the_right_one_frees_and_the_wrong_ones_are_still_told(path: Path, boot: Boot) -> None:
    for _ in range(4):
        wrong(Tries(path, boot))
    with Tries(path, boot).one(Wrong):
        pass
    tries = Tries(path, boot)
    assert (tries.wait_left(), tries.untold) == (0, 4)
    wrong(tries)
    assert tries.untold == 5
    tries.told()
    assert tries.untold == 0


def test_another_trouble_is_no_wrong_try(path: Path, boot: Boot) -> None:
    for _ in range(9):
        with pytest.raises(Refused), Tries(path, boot).one(Wrong):
            raise Refused("The disk is full.")
    assert Tries(path, boot).untold == 0


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[1,2]", b"[-1,0,0]", b'["a",0,0]', b"{}",
                                     b"[true,0,0]", b"[1e9,0,0]"])  # fmt: skip
def test_damaging_the_file_wins_nothing(path: Path, boot: Boot, content: bytes) -> None:
    path.write_bytes(content)
    assert Tries(path, boot).wait_left() == 30
    boot.now += 30
    assert Tries(path, boot).wait_left() == 0
    wrong(Tries(path, boot))
    assert Tries(path, boot).wait_left() == 60


def test_where_nothing_can_be_counted_nobody_signs_in(tmp_path: Path, boot: Boot) -> None:
    with pytest.raises(Refused, match="cannot be counted"):
        wrong(Tries(tmp_path / "nowhere" / "tries.json", boot))


def test_each_database_has_its_own_and_no_name_is_told(tmp_path: Path) -> None:
    one, same, other = (tries_at(tmp_path / name) for name in ("a.db", "./a.db", "b.db"))
    wrong(one)
    assert (same.untold, other.untold) == (1, 0)
    server = "postgresql+psycopg://rana:secret@server/clinic"
    wrong(tries_at(server))
    kept = tries_at(server)._path
    assert "clinic" not in kept.name
    assert b"rana" not in kept.read_bytes()
