"""The newest backup is restored every week to prove it, and nothing is left of that."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inventory.domain.sentence import Refused
from inventory.services import proving
from inventory.services.backing_up import back_up, state_of
from inventory.services.proving import clear_proofs, prove_restore
from inventory.storage.key_file import new_keys
from inventory.storage.opening import create_database
from tests.ready_clinic import ReadyClinic
from tests.services.tampering import tamper

KEYS, MASTER = new_keys()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def save(clinic: ReadyClinic, stick: Path) -> Path:
    clinic.now += 1000
    return back_up(clinic.database, MASTER, KEYS.to_bytes(), stick, clinic.now, clinic.today,
                   state=stick / "state").path  # fmt: skip


def prove(clinic: ReadyClinic, stick: Path) -> proving.Proof:
    return prove_restore(clinic.database, MASTER, stick, clinic.now, clinic.today,
                         state=stick / "state", within=stick.parent)  # fmt: skip


def test_the_newest_is_proven_and_nothing_is_left(clinic: ReadyClinic, stick: Path) -> None:
    clinic.receive("AMOX", 500)
    save(clinic, stick)
    clinic.dispense("AMOX", 5)
    newest = save(clinic, stick)
    clinic.dispense("AMOX", 5)
    proof = prove(clinic, stick)
    assert (proof.path, proof.problems) == (newest, ())
    assert not list(stick.parent.glob("proof-*"))
    state = state_of(clinic.database, stick / "state")
    assert (state.proven_at, state.proven_file) == (clinic.now, newest.name)


def test_the_copy_is_locked_while_it_is_there(
    file_clinic: ReadyClinic, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_clinic.receive("AMOX", 500)
    save(file_clinic, stick)
    seen: list[bytes] = []

    def watch(path: Path) -> None:
        seen.append(path.read_bytes())
        path.unlink()

    monkeypatch.setattr(proving, "discard", watch)
    prove(file_clinic, stick)
    assert seen
    assert b"SQLite" not in seen[0]
    assert b"AMOX" not in seen[0]


def test_what_a_crash_left_is_cleared(tmp_path: Path) -> None:
    gone, running = tmp_path / "proof-99999999-ab.db", tmp_path / f"proof-{os.getpid()}-cd.db"
    for path in (gone, running, Path(f"{gone}-wal")):
        path.write_bytes(b"x")
    clear_proofs(tmp_path)
    assert sorted(tmp_path.iterdir()) == [running]


def test_a_backup_that_does_not_restore_proves_nothing(
    file_clinic: ReadyClinic, stick: Path
) -> None:
    file_clinic.receive("AMOX", 500)
    tamper(file_clinic.database, "UPDATE stock SET quantity = quantity + 1")
    save(file_clinic, stick)
    proof = prove(file_clinic, stick)
    assert "Stock on hand" in str(proof.problems[0])
    assert state_of(file_clinic.database, stick / "state").proven_at == 0


def test_a_backup_of_another_branch_proves_nothing(file_clinic: ReadyClinic, stick: Path) -> None:
    file_clinic.receive("AMOX", 500)
    file_clinic.dispense("AMOX", 5)
    save(file_clinic, stick)
    tamper(file_clinic.database, "UPDATE movement SET hash = x'00' WHERE seq = 2")
    assert "does not have" in str(prove(file_clinic, stick).problems[0])


def test_without_a_backup_there_is_nothing_to_prove(file_clinic: ReadyClinic, stick: Path) -> None:
    with pytest.raises(Refused, match="Make one first"):
        prove(file_clinic, stick)


def test_an_empty_database_can_be_proven_too(tmp_path: Path, stick: Path) -> None:
    database = create_database(tmp_path / "empty.db")
    clinic = ReadyClinic(database, 0, {})
    save(clinic, stick)
    assert prove(clinic, stick).problems == ()
    database.close()
