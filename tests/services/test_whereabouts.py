"""A file that was copied back, an older copy, a clone: noticed before anything is written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services import whereabouts
from inventory.services.clinics import NewClinic, add_clinic, save_setting
from inventory.services.whereabouts import Finding, continue_here, guard, look
from inventory.storage.database import Database
from inventory.storage.marks import Mark, Marks
from inventory.storage.opening import create_database, open_database
from tests.ready_clinic import ReadyClinic, furnish


class Desk:
    """One computer: its memory, and the file that lies there."""

    def __init__(self, folder: Path, name: str, items: ReadyClinic) -> None:
        self.folder = folder / name
        self.folder.mkdir()
        self.state, self.file = self.folder / "state", self.folder / "amana.db"
        self._like = items

    def open(self, file: Path | None = None) -> ReadyClinic:
        database = open_database(file or self.file)
        guard(database, self.state)
        return replace(self._like, database=database)

    def take(self, file: Path) -> None:
        """Somebody copies a file here."""
        shutil.copyfile(file, self.file)


@pytest.fixture
def like(file_clinic: ReadyClinic) -> ReadyClinic:
    file_clinic.receive("AMOX", 500)
    file_clinic.database.close()
    return file_clinic


@pytest.fixture
def here(tmp_path: Path, like: ReadyClinic) -> Desk:
    desk = Desk(tmp_path, "here", like)
    desk.take(Path(like.database.address))
    with At(desk) as clinic:
        clinic.dispense("AMOX", 10)
    return desk


class At:
    """An open clinic, closed afterwards."""

    def __init__(self, desk: Desk, file: Path | None = None) -> None:
        self._clinic = desk.open(file)

    def __enter__(self) -> ReadyClinic:
        return self._clinic

    def __exit__(self, *args: object) -> None:
        self._clinic.database.close()


def refused(clinic: ReadyClinic, trouble: Trouble) -> None:
    """It can be looked at, and nothing is written."""
    before = clinic.value("SELECT count(*) FROM movement")
    with pytest.raises(Refused) as refusal:
        clinic.dispense("AMOX", 1)
    assert refusal.value.trouble is trouble
    with pytest.raises(Refused), clinic.database.write():
        raise AssertionError
    assert clinic.value("SELECT count(*) FROM movement") == before


def test_day_after_day_nothing_is_said(here: Desk) -> None:
    for _ in range(3):
        with At(here) as clinic:
            clinic.dispense("AMOX", 5)
            assert clinic.check() == []


def test_a_file_copied_back_by_hand(here: Desk, tmp_path: Path) -> None:
    older = tmp_path / "monday.db"
    shutil.copyfile(here.file, older)
    with At(here) as clinic:
        clinic.dispense("AMOX", 5)
    here.take(older)
    with At(here) as clinic:
        refused(clinic, Trouble.OLDER_COPY)


def test_a_copied_back_file_after_a_crash(here: Desk, tmp_path: Path) -> None:
    older = tmp_path / "monday.db"
    shutil.copyfile(here.file, older)
    crashed = here.open()
    crashed.dispense("AMOX", 5)
    crashed.database.watch = None
    crashed.database.close()
    here.take(older)
    with At(here) as clinic:
        refused(clinic, Trouble.OLDER_COPY)


def test_a_copy_with_other_entries_under_the_same_numbers(here: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copyfile(here.file, other)
    with At(here) as clinic:
        clinic.dispense("AMOX", 5)
    stranger = replace(here._like, database=open_database(other))
    stranger.dispense("AMOX", 6)
    stranger.dispense("AMOX", 7)
    stranger.database.close()
    here.take(other)
    with At(here) as clinic:
        refused(clinic, Trouble.OLDER_COPY)


def test_a_file_from_another_computer(here: Desk, tmp_path: Path, like: ReadyClinic) -> None:
    there = Desk(tmp_path, "there", like)
    there.take(here.file)
    with At(there) as clinic:
        refused(clinic, Trouble.OTHER_COMPUTER)
        continue_here(clinic.database, clinic.stamp(), there.state)
        assert clinic.dispense("AMOX", 5).number == "DSP-2026-01000"
        assert clinic.check() == []
    with At(there) as clinic:
        clinic.dispense("AMOX", 5)
    # The first computer goes on as before, and notices what comes back to it.
    with At(here) as clinic:
        clinic.dispense("AMOX", 5)
    here.take(there.file)
    with At(here) as clinic:
        refused(clinic, Trouble.OTHER_COMPUTER)


def test_an_older_copy_can_be_continued_and_the_newer_file_cannot(
    here: Desk, tmp_path: Path
) -> None:
    older, newer = tmp_path / "older.db", tmp_path / "newer.db"
    shutil.copyfile(here.file, older)
    with At(here) as clinic:
        clinic.dispense("AMOX", 5)
    shutil.copyfile(here.file, newer)
    here.take(older)
    with At(here) as clinic:
        continue_here(clinic.database, clinic.stamp(), here.state)
        clinic.dispense("AMOX", 7)
        assert clinic.check() == []
    here.take(newer)
    with At(here) as clinic:
        refused(clinic, Trouble.OLDER_COPY)


def test_two_copies_open_at_the_same_time(here: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copyfile(here.file, copy)
    with At(here) as clinic, At(here, copy) as clone:
        clone.dispense("AMOX", 5)
        refused(clinic, Trouble.OLDER_COPY)
        clone.dispense("AMOX", 5)


def test_two_windows_on_one_file_disturb_nobody(here: Desk) -> None:
    with At(here) as one, At(here) as two:
        for _ in range(3):
            one.dispense("AMOX", 1)
            two.dispense("AMOX", 1)


def test_a_database_made_anew_is_nobodys_copy(here: Desk) -> None:
    here.file.unlink()
    anew = create_database(here.file)
    furnish(anew).receive("AMOX", 10)
    anew.close()
    with At(here) as clinic:
        clinic.dispense("AMOX", 5)


def test_several_databases_on_one_computer(here: Desk, tmp_path: Path) -> None:
    other = create_database(tmp_path / "other.db")
    furnish(other, "Other").receive("AMOX", 10)
    other.close()
    for _ in range(2):
        with At(here, tmp_path / "other.db") as clinic:
            clinic.dispense("AMOX", 1)
        with At(here) as clinic:
            clinic.dispense("AMOX", 5)


def test_a_practice_clinic_may_be_copied_as_one_likes(tmp_path: Path, like: ReadyClinic) -> None:
    database = open_database(like.database.address)
    with database.write() as connection:
        save_setting(connection, 0, "practice", True)
    for computer in ("one", "two"):
        assert guard(database, tmp_path / computer).fine
    database.close()


def test_another_clinic_in_the_file(here: Desk) -> None:
    with At(here) as clinic, clinic.database.write() as connection:
        add_clinic(connection, NewClinic("Second"), clinic.today, clinic.now)
    with At(here) as clinic:
        clinic.dispense("AMOX", 5)


def test_desks_of_one_server(server_database: Database, tmp_path: Path) -> None:
    clinic = furnish(server_database)
    clinic.receive("AMOX", 100)
    other = replace(clinic, database=open_database(server_database.address))
    guard(clinic.database, tmp_path / "one")
    guard(other.database, tmp_path / "two")
    for _ in range(3):
        clinic.dispense("AMOX", 1)
        other.dispense("AMOX", 1)
    other.database.close()
    Marks(tmp_path / "one").note(clinic.value("SELECT uid FROM stream"), Mark(99, bytes(32)))
    assert look(clinic.database, tmp_path / "one").finding is Finding.OLDER_COPY
    refused(clinic, Trouble.OLDER_COPY)


def test_there_is_nothing_to_continue_in_the_right_file(here: Desk) -> None:
    with At(here) as clinic:
        with pytest.raises(Refused, match="nothing to"):
            continue_here(clinic.database, clinic.stamp(), here.state)
        clinic.dispense("AMOX", 5)


def test_damaged_marks_alarm_nobody(here: Desk) -> None:
    for mark in (here.state / "whereabouts").iterdir():
        if mark.name != "installation":
            mark.write_bytes(b"\xff\x00 1 2")
    with At(here) as clinic:
        clinic.dispense("AMOX", 5)


def test_marks_name_nothing(here: Desk) -> None:
    for path in (here.state / "whereabouts").iterdir():
        text = path.name + path.read_text()
        assert not {"Al-Zuhoor", "AMOX", str(here.file)} & set(text.split())


def test_where_nothing_can_be_remembered_work_goes_on(
    tmp_path: Path, like: ReadyClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, "shut", like)
    desk.take(Path(like.database.address))
    desk.state.write_text("a file where a folder should be")
    with At(desk) as clinic:
        clinic.dispense("AMOX", 5)
    with At(desk) as clinic:
        clinic.dispense("AMOX", 5)


def test_who_watches_costs_one_small_read(here: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with At(here) as clinic:
        looked = []
        monkeypatch.setattr(whereabouts, "look", lambda *args: looked.append(1))
        for _ in range(5):
            clinic.dispense("AMOX", 1)
        assert looked == []
