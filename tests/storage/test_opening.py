"""What cannot be opened is said in a sentence, and left as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.queries.clinics import clinics
from inventory.storage.database import Database
from inventory.storage.opening import open_database
from tests.ready_clinic import ReadyClinic, furnish
from tests.storage.unprivileged import as_root, read_only


def address_of(database: Database) -> str:
    if database.is_file:
        return database.address
    return database.engine.url.render_as_string(hide_password=False)


@pytest.mark.parametrize("version", ["0003", "9999"])
def test_a_newer_database_is_refused_politely(database: Database, version: str) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    with pytest.raises(Refused, match="made by a newer Amana"):
        open_database(address_of(database))
    with database.read() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == version


@pytest.mark.parametrize("version", ["0000", "3f2a", ""])
def test_a_version_that_never_was_is_foreign(database: Database, version: str) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    with pytest.raises(Refused, match="not an Amana database"):
        open_database(address_of(database))


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE alembic_version (version_num)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")
    other.close()
    before = path.read_bytes()
    with pytest.raises(Refused, match=r"other\.db is not an Amana database"):
        open_database(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"x", b"Dear colleague, " * 500, bytes(8192)])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"letter\.txt is not an Amana database"):
        open_database(path)
    assert path.read_bytes() == content


def test_a_server_without_amana_is_refused(postgres_address: str) -> None:
    with pytest.raises(Refused, match="is not an Amana database"):
        open_database(postgres_address)


def test_a_server_database_that_is_not_there_is_named(postgres_address: str) -> None:
    with pytest.raises(Refused, match=r"no database .*nowhere.* on the server"):
        open_database(str(make_url(postgres_address).set(database="nowhere")))


def test_a_server_that_does_not_answer_is_said() -> None:
    with pytest.raises(Refused, match="server does not answer"):
        open_database("postgresql+psycopg://nobody@127.0.0.1:1/amana")


@pytest.mark.parametrize("address", ["mysql://server/amana", "postgresql://x/y", "sqlite:///x.db"])
def test_an_address_of_something_else_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="A database is a file, or an address"):
        open_database(address)


def test_nothing_is_made_where_there_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no database at"):
        open_database(tmp_path / "amana.db")
    with pytest.raises(Refused, match="There is no database at"):
        open_database(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [0.25, 0.6, 0.95])
def test_a_file_cut_short_is_said_to_be_damaged(file_clinic: ReadyClinic, kept: float) -> None:
    path = closed(file_clinic)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Refused, match="is damaged"), opened(path).read() as connection:
        connection.execute(text("SELECT count(*) FROM movement"))
    path.write_bytes(whole)
    opened(path).close()


def test_a_file_that_may_not_be_read_is_said(file_clinic: ReadyClinic) -> None:
    path = closed(file_clinic)
    before = path.read_bytes()
    with read_only(path.parent):
        with as_root():
            path.chmod(0)
        with pytest.raises(Refused, match="cannot be opened") as refusal:
            opened(path)
    assert refusal.value.trouble is Trouble.FOLDER_SHUT
    assert path.read_bytes() == before


def test_opening_writes_nothing(file_clinic: ReadyClinic) -> None:
    path = closed(file_clinic)
    before = path.read_bytes()
    opened(path).close()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_two_programs_share_a_file(file_clinic: ReadyClinic) -> None:
    second = opened(Path(file_clinic.database.address))
    file_clinic.receive(quantity=5)
    with second.write() as connection:
        connection.execute(text("UPDATE clinic SET town = 'Mosul'"))
    with second.read() as connection:
        assert connection.scalar(text("SELECT sum(quantity) FROM stock")) == 5
    assert file_clinic.ask(clinics)[0].town == "Mosul"
    second.close()


def test_the_name_is_what_people_call_it(
    file_database: Database, server_database: Database
) -> None:
    assert file_database.name == "amana.db"
    assert server_database.name.startswith("amana_")


def closed(clinic: ReadyClinic) -> Path:
    """The file of a clinic with some work in it, closed."""
    clinic.receive(quantity=100)
    clinic.dispense(quantity=10)
    clinic.database.close()
    return Path(clinic.database.address)


def opened(path: Path) -> Database:
    return open_database(path)


def test_furnishing_twice_gives_two_clinics(database: Database) -> None:
    furnish(database, "One")
    with pytest.raises(Refused, match="already a clinic called One"):
        furnish(database, "One")
