"""Make a backup: whole or not there, read again before it counts.

Rows go from one view of the database through packing and locking straight to the stick; nothing
readable is ever written and no copy is held in memory. A stick that is pulled out or full leaves
the older backups as they were.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from inventory.domain.backup_names import BackupName, keep, next_name
from inventory.domain.sentence import N_, Refused
from inventory.queries.backup_mark import mark_of
from inventory.queries.positions import highest_numbers
from inventory.services.stick_marks import check_stick, note_stick
from inventory.services.whereabouts import look
from inventory.storage import rows
from inventory.storage.backup_file import (
    Wrapping,
    proof_key,
    read_body,
    read_wrapping,
    write_body,
)
from inventory.storage.backup_format import Head, Header, OnRows, Part, damaged, lines
from inventory.storage.backup_state import BackupState, change_state, read_state
from inventory.storage.database import Database
from inventory.storage.opening import KNOWN, sync_folder
from inventory.storage.statement import Statement

Progress = Callable[[int, int], object]

_HEADS = Statement("""
SELECT c.uid, s.uid, s.last_seq, s.head, s.open
FROM stream s JOIN clinic c ON c.id = s.clinic_id ORDER BY s.id
""")
_STALE_SECONDS: Final = 6 * 3600
_BUFFER: Final = 1024 * 1024

_NO_ROOM = N_("There is no room left where backups go. No backup was made; the older ones are "
              "still there. Remove other files from the stick.")  # fmt: skip
NOT_THERE = N_("The stick or folder for backups is not there. Put the stick in and try again.")
SHUT = N_("Nothing can be written where backups go. No backup was made. Choose another stick or "
           "folder.")  # fmt: skip
_FAILED = N_("The stick was pulled out or is failing: {reason}. No backup was made; the older "
             "ones are still there.")  # fmt: skip
_REASONS = {
    errno.ENOSPC: _NO_ROOM, errno.EDQUOT: _NO_ROOM, errno.EFBIG: _NO_ROOM,
    errno.ENOENT: NOT_THERE, errno.ENOTDIR: NOT_THERE, errno.ENODEV: NOT_THERE,
    errno.EACCES: SHUT, errno.EPERM: SHUT, errno.EROFS: SHUT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was read again; `heads` is where each stream ended in it."""

    path: Path
    size: int
    made_at: int
    locked: bool
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup holds, known only after all of it was read and proven."""

    path: Path
    size: int
    locked: bool
    header: Header


def back_up(
    source: Database,
    master: bytes | None,
    key_file: bytes,
    folder: str | Path,
    now: int,
    today: date,
    *,
    progress: Progress = lambda done, all_: None,
    state: Path | None = None,
) -> BackupMade:
    """A new backup in the folder, verified; then those too many are removed.

    `master` is None for a database that is not locked: its backup is not locked either. Raises
    Refused with a sentence, and then the folder is as it was.
    """
    place = Path(folder).expanduser()
    _check_it_is_the_file(source, state)
    with source.read() as connection:
        mark, numbers = mark_of(connection), highest_numbers(connection)
        try:
            check_stick(connection, place, mark)
            path, header = _make(connection, mark, master, key_file, place, now, today, progress)
        except Refused:
            change_state(mark, state, failed_at=now)
            raise
    try:
        _read_again(path, master, header)
    except Refused:
        change_state(mark, state, failed_at=now)
        raise
    with in_words():
        note_stick(header.heads, numbers, place, mark)
        remove(too_many(place, mark, keeping=path))
        size = path.stat().st_size
    change_state(mark, state, last_at=now, last_file=path.name, last_size=size)
    return BackupMade(path, size, now, master is not None, header.heads)


def _check_it_is_the_file(source: Database, state: Path | None) -> None:
    """Backups of a copy that nobody decided about would push out those of the real file."""
    refusal = look(source, state).refusal
    if refusal is not None:
        raise refusal


def backups_in(folder: str | Path, mark: str = "") -> list[tuple[BackupName, Path]]:
    """The backups that lie there, newest first; of one database or of all. Raises Refused."""
    with in_words():
        there = [(BackupName.read(path.name), path) for path in Path(folder).iterdir()]
    found = [(name, path) for name, path in there if name and mark in ("", name.mark)]
    return sorted(found, key=lambda one: (one[0].number, one[0]), reverse=True)


def verify_backup(path: str | Path, master: bytes | None) -> BackupFacts:
    """Read all of it. Raises Refused unless it is exactly what was written."""
    return read_backup(Path(path), master, lambda header: None, lambda part, rows_: None)


def read_backup(
    path: Path, master: bytes | None, on_header: Callable[[Header], None], on_rows: OnRows
) -> BackupFacts:
    """The same, giving what it reads as it comes."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            wrapping = read_wrapping(file)
            header = read_body(file, wrapping, master if wrapping.locked else None, on_header,
                               on_rows)  # fmt: skip
    except IsADirectoryError:
        raise Refused("This file is not a backup of Amana.") from None
    except OSError as fault:
        raise Refused("The backup cannot be read: {reason}. Put the stick in again.",
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip
    return BackupFacts(path, size, wrapping.locked, header)


def too_many(folder: Path, mark: str, keeping: Path | None = None) -> list[Path]:
    """The backups of a database that its rotation does not keep."""
    there = dict(backups_in(folder, mark))
    kept = keep(there)
    return [path for name, path in there.items() if name not in kept and path != keeping]


def remove(paths: list[Path]) -> None:
    """Remove backups, durably. Raises OSError."""
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in paths}:
        sync_folder(folder)


def state_of(source: Database, state: Path | None = None) -> BackupState:
    """What this computer remembers of the backups of a database."""
    with source.read() as connection:
        return read_state(mark_of(connection), state)


def _make(
    connection: Connection, mark: str, master: bytes | None, key_file: bytes, folder: Path,
    now: int, today: date, progress: Progress,
) -> tuple[Path, Header]:  # fmt: skip
    wrapping = Wrapping(master is not None, key_file)
    header = _header(connection, wrapping, now, today)
    text = lines(
        header, lambda part: rows.rows_of(connection, part.table), proof_key(master), progress
    )
    with in_words():
        name = next_name(mark, [name for name, _ in backups_in(folder)], now)
        path, beside = folder / name.text, folder / f".{name.text}.{uuid4().hex[:8]}.part"
        try:
            _write(beside, wrapping, text, master)
            _remove_stale(beside, mark)
            beside.replace(path)
            sync_folder(folder)
        except BaseException:
            _forget(beside)
            _forget(path)
            raise
    return path, header


def _header(connection: Connection, wrapping: Wrapping, now: int, today: date) -> Header:
    parts = tuple(
        Part(name, rows.columns_of(name), rows.bytes_of(name), rows.count_of(connection, name))
        for name in rows.tables_in_order()
    )
    heads = tuple(
        Head(clinic, stream, seq, bytes(head), bool(is_open))
        for clinic, stream, seq, head, is_open in _HEADS.rows(connection, {})
    )
    return Header(KNOWN[-1], now, today.isoformat(), wrapping.digest(), parts, heads)


def _write(path: Path, wrapping: Wrapping, text: Iterator[bytes], master: bytes | None) -> None:
    with path.open("xb", buffering=_BUFFER) as file:
        write_body(file, wrapping, text, master)
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            # What is read again must come from the stick, not out of memory.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read_again(path: Path, master: bytes | None, header: Header) -> None:
    """Raises Refused, and removes it, unless the stick gives back what was written."""
    try:
        if verify_backup(path, master).header == header:
            return
        raise damaged()
    except Refused as refusal:
        _forget(path)
        raise Refused("What was written to the stick came back different, so the backup was "
                      "removed. Use another stick.") from refusal  # fmt: skip


def _remove_stale(beside: Path, mark: str) -> None:
    """What an interrupted backup left behind; never what another one is writing now."""
    now = beside.stat().st_mtime
    for path in beside.parent.glob(f".{mark}-*.part"):
        if path != beside and now - path.stat().st_mtime > _STALE_SECONDS:
            _forget(path)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The stick is gone, and the file with it.
        return


@contextmanager
def in_words() -> Iterator[None]:
    """What a stick or folder has to say, in words."""
    try:
        yield
    except OSError as fault:
        text = _REASONS.get(fault.errno or 0, _FAILED)
        given = {"reason": fault.strerror or str(fault)} if text == _FAILED else {}
        raise Refused(text, **given) from fault
