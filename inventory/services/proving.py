"""Prove that the newest backup restores: really restore it, check it, compare it, throw it away.

The copy lies in our own folder, locked with a key that is drawn for it and known to nobody. One
that a crash left behind is removed the next time.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.queries.backup_mark import mark_of
from inventory.queries.positions import holds, positions
from inventory.services.backing_up import BackupFacts, backups_in, verify_backup
from inventory.services.checking import check
from inventory.services.restored_rows import fill_from
from inventory.storage import rows
from inventory.storage.backup_format import Header
from inventory.storage.backup_state import change_state
from inventory.storage.database import Database
from inventory.storage.locations import data_folder
from inventory.storage.marks import Mark
from inventory.storage.opening import create_database, discard

_PROOF: Final = "proof"
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Proof:
    """A backup that was restored; `problems` is empty when all of it is as it should be."""

    path: Path
    made_at: int
    proven_at: int
    rows: int
    problems: tuple[Sentence, ...]


def prove_restore(
    source: Database,
    master: bytes | None,
    folder: str | Path,
    now: int,
    today: date,
    *,
    state: Path | None = None,
    within: Path | None = None,
) -> Proof:
    """Restore the newest backup of this database that lies in the folder, and throw it away.

    Raises Refused when there is none, or when it does not restore.
    """
    with source.read() as connection:
        mark = mark_of(connection)
    there = backups_in(folder, mark)
    if not there:
        raise Refused("There is no backup of this database in the folder. Make one first.")
    path = there[0][1]
    facts = verify_backup(path, master)
    place = within or data_folder()
    clear_proofs(place)
    copy = place / f"{_PROOF}-{os.getpid()}-{secrets.token_hex(4)}.db"
    try:
        problems = _restored(copy, facts, master)
    finally:
        discard(copy)
    problems += _compared(source, facts.header)
    if not problems:
        change_state(mark, state, proven_at=now, proven_file=path.name)
    return Proof(path, facts.header.made_at, now, facts.header.rows, tuple(problems))


def clear_proofs(folder: Path | None = None) -> None:
    """Remove what a proof left behind that did not come to its end."""
    for path in (folder or data_folder()).glob(f"{_PROOF}-*.db*"):
        if not _is_running(path.name.split("-")[1]):
            path.unlink(missing_ok=True)


def _restored(copy: Path, facts: BackupFacts, master: bytes | None) -> list[Sentence]:
    """What is wrong with the backup once it is a database again."""
    filling, found = fill_from(facts), list[Sentence]()

    def fill(connection: Connection) -> None:
        filling.fill(connection, master)
        found.extend(check(connection))
        found.extend(_different(connection, facts.header))

    create_database(
        copy, key=secrets.token_bytes(_KEY_BYTES), fill=fill, version=filling.version
    ).close()
    return found


def _different(connection: Connection, header: Header) -> list[Sentence]:
    """Rows and heads are those that the backup says it holds."""
    counts = all(rows.count_of(connection, part.table) == part.rows for part in header.parts)
    heads = [(place.stream, place.seq, place.head) for place in positions(connection)]
    if counts and heads == [(head.stream, head.seq, head.hash) for head in header.heads]:
        return []
    return [sentence("What was restored is not what the backup says it holds.")]


def _compared(source: Database, header: Header) -> list[Sentence]:
    """Everything in the backup is in the ledger as well, entry for entry."""
    saved = {head.stream: Mark(head.seq, head.hash if head.seq else b"") for head in header.heads}
    with source.read() as connection:
        there = positions(connection)
        fits = all(
            holds(connection, place, saved.get(place.stream)) for place in there
        ) and saved.keys() <= {place.stream for place in there}
    if fits:
        return []
    return [sentence("The backup holds entries that this database does not have.")]


def _is_running(number: str) -> bool:
    """Whether a proof of that process may still be at work."""
    if not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True
    if os.name != "posix":
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
