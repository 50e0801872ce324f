"""The first look into a file goes past SQLAlchemy and tells the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inventory.domain.sentence import Refused
from inventory.queries.clinics import clinics
from inventory.queries.today import today_facts
from inventory.storage import sqlite_file
from inventory.storage.opening import create_database, open_database
from tests.house.tree import ROOT
from tests.ready_clinic import ReadyClinic

_LOOK = """
import json, sys
from inventory.storage.opening import open_database
from inventory.queries.clinics import clinics, setting
from inventory.domain.sentence import Refused
told = {}
try:
    database = open_database(sys.argv[1])
    with database.read() as connection:
        told["clinics"] = [row.name for row in clinics(connection)]
        told["bare"] = "sqlalchemy" not in sys.modules
    database.close()
except Refused as refusal:
    told["refused"] = str(refusal)
print(json.dumps(told))
"""


def look(path: str) -> dict[str, object]:
    """Open a file in a new process and say what is in it."""
    command = [sys.executable, "-c", _LOOK, path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_a_new_process_reads_without_sqlalchemy(file_clinic: ReadyClinic) -> None:
    assert look(file_clinic.database.address) == {"clinics": ["Al-Zuhoor"], "bare": True}


def test_both_ways_tell_the_same(file_clinic: ReadyClinic) -> None:
    file_clinic.receive("AMOX", 100)
    file_clinic.dispense("AMOX", 7)
    path = Path(file_clinic.database.address)
    with sqlite_file.look(path, None, {}) as first:
        shown = today_facts(first, file_clinic.id, file_clinic.today)  # type: ignore[arg-type]
    assert shown == file_clinic.ask(today_facts, file_clinic.id, file_clinic.today)


def test_a_look_is_one_moment_and_leaves_nothing_behind(file_clinic: ReadyClinic) -> None:
    path = Path(file_clinic.database.address)
    with sqlite_file.look(path, None, {}) as first:
        before = clinics(first)  # type: ignore[arg-type]
        file_clinic.receive("AMOX", 1)
        with file_clinic.database.write() as connection:
            connection.exec_driver_sql("UPDATE clinic SET name = 'Changed'")
        assert clinics(first) == before  # type: ignore[arg-type]
    assert [row.name for row in file_clinic.ask(clinics)] == ["Changed"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_text("not a database " * 100), "is not an Amana database"),
        (lambda path: path.write_bytes(b""), "is not an Amana database"),
        (lambda path: None, "There is no database"),
    ],
    ids=["text", "empty", "missing"],
)
def test_faults_are_said_as_ever(tmp_path: Path, make: object, words: str) -> None:
    path = tmp_path / "other.db"
    assert callable(make)
    make(path)
    assert words in str(look(str(path))["refused"])


def test_a_key_opens_the_first_look_too(tmp_path: Path) -> None:
    path, key = tmp_path / "locked.db", bytes(range(32))
    create_database(path, key=key).close()
    with sqlite_file.look(path, key, {}) as first:
        assert clinics(first) == []  # type: ignore[arg-type]
    with pytest.raises(Refused, match="locked with a key"):
        open_database(path)
