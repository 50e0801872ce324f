"""A desk is brought to its server; people of the clinic open it with their own password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.login import Login
from inventory.domain.roles import Role
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.people import person_named
from inventory.services import door, people
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.connecting import connect_desk
from inventory.storage import locations
from inventory.storage.database import Database
from inventory.storage.key_file import key_path
from inventory.storage.opening import create_database, open_database
from inventory.storage.server_file import is_locked_file, lock_connection
from inventory.storage.server_lines import line_name, name_in
from tests.cable import Cable
from tests.serving.conftest import Server

RANA = Login("Rana", "cold chain 4")
TODAY = date(2026, 11, 22)


@pytest.fixture
def desk_file(server: Server, front: Cable, tmp_path: Path) -> tuple[Path, str]:
    """A connection file through the encrypted front, and its words."""
    content, words = lock_connection(replace(server.place, port=front.port))
    path = tmp_path / "counter.amana-connection"
    path.write_bytes(content)
    return path, " ".join(words.words)


@pytest.fixture
def clinic(server: Server) -> Iterator[Database]:
    """The clinic on the server, with Rana working there, as the desk itself makes it."""

    def fill(connection: object) -> None:
        add_clinic(connection, NewClinic("Al-Zuhoor"), TODAY, 0)  # type: ignore[arg-type]

    database = create_database(server.local, fill=fill)
    _act(database, people.add_person, RANA.name, {Role.MANAGER}, RANA.password)
    yield database
    database.close()
    server.empty()


def _act(database: Database, use_case: object, *args: object) -> None:
    with database.read() as connection:
        clinic_id = connection.exec_driver_sql("SELECT min(id) FROM clinic").scalar_one()
    stamp = Stamp(clinic_id, "Rana", TODAY, 0, f"request {args[0]} {len(args)}")
    database.act(use_case, stamp, *args)  # type: ignore[arg-type]


def test_a_prepared_database_is_filled_once(clinic: Database, server: Server) -> None:
    with pytest.raises(Refused, match="is there already"):
        create_database(server.local)


def test_a_desk_is_opened_with_a_persons_password(
    clinic: Database, desk_file: tuple[Path, str], tmp_path: Path
) -> None:
    path = connect_desk(*desk_file, tmp_path, RANA)
    assert path == tmp_path / "served.server"
    assert is_locked_file(path)
    assert door.is_locked(path)
    for kept in tmp_path.iterdir():
        if kept != desk_file[0]:
            assert b"Rana" not in kept.read_bytes()
            assert b"served_desk" not in kept.read_bytes()
    entered = door.enter(path, "rana", RANA.password)
    assert entered.user == "Rana"
    assert not entered.database.is_file
    entered.lock()
    with pytest.raises(Refused, match="The name or the password"):
        door.enter(path, "Rana", "another word")
    with pytest.raises(Refused, match="Sign in"):
        open_database(path)


def test_another_person_is_let_in_by_who_is_and_then_comes_alone(
    clinic: Database, desk_file: tuple[Path, str], tmp_path: Path
) -> None:
    path = connect_desk(*desk_file, tmp_path, RANA)
    _act(clinic, people.add_person, "Haval", {Role.DISPENSER}, "warm chain 5")
    with pytest.raises(Refused):
        door.enter(path, "Haval", "warm chain 5")
    entered = door.enter(path, RANA.name, RANA.password)
    assert door.confirm(entered, "Haval", "warm chain 5").name == "Haval"
    entered.lock()
    alone = door.enter(path, "Haval", "warm chain 5")
    assert alone.user == "Haval"
    alone.lock()


def test_a_password_changed_elsewhere_counts_here(
    clinic: Database, desk_file: tuple[Path, str], tmp_path: Path
) -> None:
    path = connect_desk(*desk_file, tmp_path, RANA)
    with clinic.read() as connection:
        rana = person_named(connection, "Rana")
    assert rana is not None
    entered = door.enter(path, RANA.name, RANA.password)
    _act(clinic, people.set_password, rana.id, "colder chain 6")
    with pytest.raises(Refused, match="wrong"):
        door.enter(path, RANA.name, RANA.password)
    door.confirm(entered, "Rana", "colder chain 6")
    entered.lock()
    door.enter(path, "Rana", "colder chain 6").lock()
    with pytest.raises(Refused):
        door.enter(path, RANA.name, RANA.password)


def test_nothing_is_kept_when_the_person_or_the_server_says_no(
    clinic: Database, desk_file: tuple[Path, str], front: Cable, tmp_path: Path
) -> None:
    for login in (None, Login("Rana", "wrong words"), Login("Nobody", RANA.password)):
        with pytest.raises(Refused):
            connect_desk(*desk_file, tmp_path, login)
    front.cut()
    with pytest.raises(Refused, match="does not answer"):
        connect_desk(*desk_file, tmp_path, RANA)
    assert [path.name for path in tmp_path.iterdir()] == ["counter.amana-connection"]


def test_without_people_the_file_is_only_hidden(
    server: Server, desk_file: tuple[Path, str], tmp_path: Path
) -> None:
    path = connect_desk(*desk_file, tmp_path)
    assert not is_locked_file(path)
    assert not door.is_locked(path)
    assert not key_path(path).exists()
    open_database(path).close()


def test_connecting_again_sets_old_keys_aside(
    clinic: Database, desk_file: tuple[Path, str], tmp_path: Path
) -> None:
    connect_desk(*desk_file, tmp_path, RANA)
    path = connect_desk(*desk_file, tmp_path, RANA)
    assert (tmp_path / "served.server.key.old-1").is_file()
    door.enter(path, RANA.name, RANA.password).lock()


def test_who_is_at_the_desk_is_told_to_the_server(server: Server, clinic: Database) -> None:
    assert clinic.lines is not None
    for name in ("Rana", "رنا"):
        clinic.lines.name = line_name(name, "counter")
        with clinic.read() as connection:
            told = connection.exec_driver_sql("SELECT current_setting('application_name')")
            assert name_in(told.scalar_one()) == f"{name} · counter"


def test_a_connected_desk_needs_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "data_folder", lambda: tmp_path)
    assert locations.default_database() == tmp_path / "amana.db"
    (tmp_path / "amana.server").touch()
    assert locations.default_database() == tmp_path / "amana.server"
    (tmp_path / "amana.db").touch()
    assert locations.default_database() == tmp_path / "amana.db"


@given(st.text(max_size=80))
def test_any_name_is_told_as_far_as_it_goes(name: str) -> None:
    written = line_name(name)
    assert written.isascii()
    assert len(written) <= 63
    assert name.startswith(name_in(written))


@given(st.text(max_size=80))
def test_what_another_program_calls_itself_is_shown_as_it_is(name: str) -> None:
    assert name_in("psql " + name) == "psql " + name
    assert isinstance(name_in("amana:" + name), str)
