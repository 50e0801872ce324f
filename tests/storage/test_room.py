"""A full disk is seen early, the work in hand is finished, and work goes on by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage import room
from inventory.storage.database import Database
from inventory.storage.room import RoomState, room_left
from tests.ready_clinic import ReadyClinic
from tests.storage.small_disk import SmallDisk, small_disk

__all__ = ["small_disk"]


@pytest.mark.parametrize(
    ("free", "state", "trouble"),
    [
        (10**10, RoomState.FINE, None),
        (room.WARN, RoomState.FINE, None),
        (room.WARN - 1, RoomState.LOW, Trouble.DISK_LOW),
        (room.LEAST - 1, RoomState.NONE, Trouble.DISK_FULL),
        (0, RoomState.NONE, Trouble.DISK_FULL),
    ],
)
def test_room_is_judged_by_what_is_left(
    small_disk: SmallDisk, tmp_path: Path, free: int, state: RoomState, trouble: Trouble | None
) -> None:
    small_disk.free = free
    left = room_left(tmp_path)
    assert (left.state, left.trouble) == (state, trouble)
    assert (left.sentence is None) == (trouble is None)
    assert left.sentence is None or f"{free // 10**6} MB" in str(left.sentence)


def test_the_room_of_a_real_disk_is_known(tmp_path: Path) -> None:
    assert room_left(tmp_path / "not" / "there" / "yet.db").free > 0


def full(clinic: ReadyClinic) -> None:
    """Dispense until the disk says no."""

    def dispense_on() -> None:
        for _ in range(500):
            clinic.dispense(quantity=1)

    with pytest.raises(Refused, match="The disk is full") as refusal:
        dispense_on()
    assert refusal.value.trouble is Trouble.DISK_FULL


def test_the_work_in_hand_is_finished_with_the_reserve(
    file_clinic: ReadyClinic, small_disk: SmallDisk
) -> None:
    file_clinic.receive(quantity=1000)
    assert file_clinic.database.room() == room.Room(RoomState.FINE, 10**9)
    reserve = room.reserve_of(Path(file_clinic.database.address))
    assert reserve.stat().st_size == room.RESERVE
    small_disk.fill()
    before, given = file_clinic.on_hand(), 0
    while reserve.exists():
        file_clinic.dispense(quantity=1)
        given += 1
    assert file_clinic.on_hand() == before - given
    full(file_clinic)
    assert file_clinic.check() == []


def test_after_a_full_disk_nothing_is_begun_until_there_is_room(
    file_clinic: ReadyClinic, small_disk: SmallDisk
) -> None:
    file_clinic.receive(quantity=1000)
    small_disk.fill()
    full(file_clinic)
    small_disk.pages, small_disk.free = None, room.AGAIN - 1
    with pytest.raises(Refused, match="The disk is full"):
        file_clinic.dispense(quantity=1)
    left = file_clinic.database.room()
    assert left is not None
    assert left.state is RoomState.NONE
    assert file_clinic.on_hand() > 0
    small_disk.clear()
    file_clinic.dispense(quantity=1)
    left = file_clinic.database.room()
    assert left is not None
    assert left.state is RoomState.FINE
    assert file_clinic.check() == []


def test_what_is_typed_is_kept_when_an_act_is_refused(
    file_clinic: ReadyClinic, small_disk: SmallDisk
) -> None:
    file_clinic.receive(quantity=1000)
    file_clinic.database.room()
    small_disk.fill()
    full(file_clinic)
    small_disk.pages = 10_000
    with file_clinic.database.write() as connection:
        connection.execute(text("UPDATE clinic SET town = 'Mosul'"))
    with pytest.raises(Refused, match="The disk is full"):
        file_clinic.dispense(quantity=1)


def test_a_request_refused_on_a_full_disk_is_done_once_later(
    file_clinic: ReadyClinic, small_disk: SmallDisk
) -> None:
    file_clinic.receive(quantity=1000)
    small_disk.fill()
    full(file_clinic)
    left, request = file_clinic.on_hand(), file_clinic.last
    small_disk.clear()
    for _ in range(2):
        file_clinic.dispense(quantity=1, request=request)
    assert file_clinic.on_hand() == left - 1
    assert file_clinic.check() == []


def test_no_reserve_is_made_on_a_disk_that_has_little_room(
    file_clinic: ReadyClinic, small_disk: SmallDisk
) -> None:
    small_disk.free = room.AGAIN - 1
    left = file_clinic.database.room()
    assert left is not None
    assert left.state is RoomState.LOW
    assert not room.reserve_of(Path(file_clinic.database.address)).exists()


def test_a_reserve_that_was_cut_off_is_made_anew(
    file_clinic: ReadyClinic, small_disk: SmallDisk
) -> None:
    reserve = room.reserve_of(Path(file_clinic.database.address))
    reserve.write_bytes(b"x" * 1000)
    file_clinic.database.room()
    assert reserve.stat().st_size == room.RESERVE


def test_a_server_has_a_disk_of_its_own(server_database: Database) -> None:
    assert server_database.room() is None
