"""The power goes at any moment: what was acknowledged is there, whole, and the harness can see."""

from __future__ import annotations

import random
from pathlib import PurePosixPath

import pytest

from tests.crash import power
from tests.crash.figures import Scale
from tests.crash.images import Disk, Image
from tests.crash.record import Op, Record

ROOT = PurePosixPath("/disk")
A, B = ROOT / "a", ROOT / "b"


def test_no_power_cut_loses_or_halves_anything() -> None:
    reached = power.figure(Scale())
    assert (reached.lost, reached.count >= 1_000) == (0, True), reached.says


def test_settings_known_to_lose_data_are_seen() -> None:
    assert power.planted(Scale()).count == len(power.PLANTED)


def record(op: Op, path: PurePosixPath = A, inode: int = 1, offset: int = 0,
           data: bytes = b"") -> Record:  # fmt: skip
    return Record(op, path, inode, offset, data)


def images(*records: Record) -> list[Image]:
    """Every image of the moment after these, once each."""
    disk = Disk(ROOT)
    for one in records:
        disk.follow(one)
    found: list[Image] = []
    for choice in disk.choices(random.Random(1), 300):
        if (image := choice.image()) not in found:
            found.append(image)
    return found


MADE = record(Op.MADE)
WRITTEN = record(Op.WRITTEN, data=b"x" * 1024)
SYNCED = record(Op.SYNCED)
FOLDER_SYNCED = record(Op.FOLDER_SYNCED, ROOT)
RENAMED = record(Op.RENAMED, data=b"/disk/b")


def test_an_unsynced_file_may_be_whole_or_torn_or_empty_or_missing() -> None:
    x, zero = b"x" * 512, bytes(512)
    wanted: list[Image] = [
        {}, {"a": b""}, {"a": x}, {"a": x + x}, {"a": zero + x}, {"a": x + zero},
        {"a": zero + zero},
    ]  # fmt: skip
    assert sorted(map(str, images(MADE, WRITTEN))) == sorted(map(str, wanted))


def test_a_synced_file_is_there_under_the_name_it_was_made_with() -> None:
    assert images(MADE, WRITTEN, SYNCED) == [{"a": b"x" * 1024}]


def test_a_rename_lasts_only_when_the_folder_was_synced() -> None:
    before = [MADE, WRITTEN, SYNCED, RENAMED]
    assert images(*before) == [{"b": b"x" * 1024}, {"a": b"x" * 1024}]
    assert images(*before, FOLDER_SYNCED) == [{"b": b"x" * 1024}]


def test_data_follows_the_file_and_not_its_name() -> None:
    again = [record(Op.MADE, inode=2), record(Op.WRITTEN, inode=2, data=b"y"),
             record(Op.SYNCED, inode=2)]  # fmt: skip
    kept = images(MADE, WRITTEN, SYNCED, RENAMED, *again, FOLDER_SYNCED)
    assert kept == [{"a": b"y", "b": b"x" * 1024}]


def test_a_sector_never_goes_back_over_a_later_write() -> None:
    two = [record(Op.WRITTEN, data=b"1"), record(Op.WRITTEN, data=b"2")]
    found = images(MADE, SYNCED, *two, record(Op.WRITTEN, offset=1, data=b"3"))
    assert {image["a"] for image in found} == {
        b"", b"1", b"2", b"23", b"1\0", b"2\0", b"\0\0"
    }  # fmt: skip


@pytest.mark.parametrize("op", [Op.REMOVED, Op.CUT])
def test_a_removal_or_a_cut_may_not_have_reached_the_disk(op: Op) -> None:
    gone: Image = {} if op is Op.REMOVED else {"a": b""}
    found = images(MADE, WRITTEN, SYNCED, FOLDER_SYNCED, record(op))
    assert found == [gone, {"a": b"x" * 1024}]
