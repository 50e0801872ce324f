"""Damage is noticed or harmless, never accepted: files, unfinished work, keys, backups."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.troubles import TROUBLES, Act, Trouble
from inventory.storage.opening import open_database
from inventory.storage.unfinished import is_spoiled
from tests.crash.figures import Reached, Scale
from tests.hostile import flips
from tests.hostile.spoiling import cut, damaged, flipped, longer

SMALL = Scale()


def whole(reached: Reached) -> None:
    assert (reached.lost, reached.count > 0) == (0, True)


def test_every_flipped_bit_of_a_locked_file_is_noticed() -> None:
    tally = flips.of_database(20, flips.KEY, flips.flipped_anywhere)
    assert (tally.accepted, tally.noticed) == ([], 20)


def test_a_plain_file_is_never_a_crash() -> None:
    whole(flips.plain_figure(SMALL))


@pytest.mark.parametrize("key", [None, flips.KEY], ids=["plain", "locked"])
def test_a_file_cut_or_mixed_up_is_noticed(key: bytes | None) -> None:
    tally = flips.of_database(10, key, damaged_not_flipped, seed=7)
    assert (tally.accepted, tally.noticed + tally.harmless) == ([], 10)


def damaged_not_flipped(content: bytes, chance: Random) -> bytes:
    return chance.choice((cut, longer))(content, chance)


def test_damaged_unfinished_work_is_noticed() -> None:
    whole(flips.unfinished_figure(SMALL))


def test_damaged_backups_and_keys_are_refused() -> None:
    whole(flips.backup_figure(Scale(count=200)))
    whole(Reached(50, len(flips.of_backup(50, locked=True, spoil=damaged, seed=9).accepted)))


def test_damage_tells_the_way_out(tmp_path: Path) -> None:
    with flips.worked(tmp_path, flips.KEY):
        pass
    path = tmp_path / "amana.db"
    content = path.read_bytes()
    path.write_bytes(content[:5000])
    with pytest.raises(Refused, match="restore the last backup") as refusal:
        open_database(path, key=flips.KEY)
    assert refusal.value.trouble is Trouble.DAMAGED
    assert TROUBLES[Trouble.DAMAGED].acts[0] is Act.RESTORE


def test_confirmed_work_that_is_spoiled_is_not_dropped_in_silence(tmp_path: Path) -> None:
    with flips.worked(tmp_path, None, 6) as clinic:
        wal = Path(f"{clinic.database.address}-wal")
        content = wal.read_bytes()
        copy = tmp_path / "copy.db"
        copy.write_bytes(Path(clinic.database.address).read_bytes())
    beside = tmp_path / "copy.db-wal"
    beside.write_bytes(content)
    assert not is_spoiled(beside)
    for byte in (0, 5, 20, 33, 60, len(content) // 2):
        beside.write_bytes(flipped(content, byte * 8 + 1))
        assert is_spoiled(beside)
        with pytest.raises(Refused, match="wait beside it and are damaged") as refusal:
            open_database(copy)
        assert refusal.value.trouble is Trouble.DAMAGED


def test_what_a_power_cut_leaves_is_taken_as_it_is(tmp_path: Path) -> None:
    """An end that was never confirmed may be torn anywhere; nothing is said of it."""
    with flips.worked(tmp_path, None, 1) as clinic:
        wal = Path(f"{clinic.database.address}-wal")
        before = wal.read_bytes()
        clinic.dispense(quantity=1)
        after = wal.read_bytes()
    torn = tmp_path / "torn-wal"
    for byte in range(len(before), len(after), len(after) // 25):
        torn.write_bytes(flipped(after, byte * 8))
        assert not is_spoiled(torn)
        torn.write_bytes(after[:byte])
        assert not is_spoiled(torn)
    torn.write_bytes(b"")
    assert not is_spoiled(torn)
