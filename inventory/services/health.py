"""What is protected and what is not, told from what stands in and around the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from inventory.domain.ages import age
from inventory.domain.protection import Guard, Health, Row, State
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Sentence, counted, sentence
from inventory.queries.clock import clock_set_back
from inventory.queries.desk_lock import lock_minutes
from inventory.queries.security import events
from inventory.storage.room import Room, RoomState
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

HOUR = 3_600_000
DAY = 24 * HOUR
OLD_BACKUP, VERY_OLD_BACKUP = DAY, 3 * DAY
OLD_PROOF_DAYS = 7
RECENT_DAYS = 30

_NO_PASSWORD = Statement("SELECT count(*) FROM person WHERE active = 1 AND password = ''")
_PEOPLE = Statement("SELECT count(*) FROM person WHERE active = 1")
_TLS = Statement("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")


@dataclass(frozen=True, slots=True)
class Around:
    """What cannot be asked of the database itself; see `surroundings.look_around`.

    `locked` is None on a server. `last_backup` is milliseconds UTC; `place` where backups go, ""
    when none was chosen.
    """

    locked: bool | None = None
    passwords: int = 0
    paper_key: bool = False
    office_key: bool = False
    whole_disk: bool | None = None
    room: Room | None = None
    place: str = ""
    place_missing: bool = False
    same_disk: bool = False
    last_backup: int | None = None
    proven: date | None = None
    plain_copies: tuple[str, ...] = ()
    kept_badly: Sentence | None = None


def health(
    connection: Connection, clinic_id: int, around: Around, today: date, now: int
) -> Health:
    """Every row that applies here."""
    rows = [
        *_lock(around),
        *_backups(around, today, now),
        *_people(connection),
        *_server(connection),
        *_computer(around),
        *_left_over(connection, around, now),
        *_clock(connection, clinic_id, today),
    ]
    order = list(Guard)
    return Health(tuple(sorted(rows, key=lambda row: order.index(row.guard))))


# The lock and its keys


def _lock(around: Around) -> Iterator[Row]:
    if around.locked is None:
        return
    if not around.locked:
        yield Row(Guard.LOCK, State.OPEN, sentence(
            "The file is not locked: whoever has this computer or a copy of the file can read "
            "everything in it."), sentence("Lock this file with a key."), 90)  # fmt: skip
        return
    yield Row(Guard.LOCK, State.SAFE, sentence(
        "Locked with a key. Without a password or the paper key nothing in it can be read."))
    yield Row(Guard.PASSWORDS, State.SAFE, counted(
        "{n} person can open it with a password.", "{n} people can open it with their passwords.",
        around.passwords))  # fmt: skip
    yield _paper_key(around)
    yield _office_key(around)


def _paper_key(around: Around) -> Row:
    if around.paper_key:
        return Row(Guard.PAPER_KEY, State.SAFE, sentence(
            "Printed. It opens the file when every password is forgotten."),
            sentence("Check once a year that the paper is where it should be."))  # fmt: skip
    return Row(Guard.PAPER_KEY, State.OPEN, sentence(
        "Never printed. When the passwords are forgotten, nobody can open the file again."),
        sentence("Print the paper key and keep it away from this computer."), 80)  # fmt: skip


def _office_key(around: Around) -> Row:
    if around.office_key:
        return Row(Guard.OFFICE_KEY, State.SAFE, sentence("The office can open the file as well."))
    return Row(Guard.OFFICE_KEY, State.CHOICE, sentence(
        "No office can open this file. That is fine if the paper key is kept well."))


# Copies


def _backups(around: Around, today: date, now: int) -> Iterator[Row]:
    yield _last_backup(around, now)
    yield _proof(around, today)


def _last_backup(around: Around, now: int) -> Row:
    if around.last_backup is None:
        return _no_backup(around)
    old = now - around.last_backup
    told = sentence("Made {age}.", age=age(old))
    if around.place:
        told = sentence("Made {age} on {place}.", age=age(old), place=around.place)
    if around.place_missing:
        told = sentence("Made {age}. {place} is not in the computer now.",
                        age=age(old), place=around.place)  # fmt: skip
    if old <= OLD_BACKUP and around.same_disk:
        return Row(Guard.BACKUP, State.LOOK, sentence(
            "{told} It is on the disk of the computer itself: if the computer is lost, the backups "
            "are lost with it.", told=told),
            sentence("Choose a stick or a folder for backups."), 45)  # fmt: skip
    if old <= OLD_BACKUP:
        return Row(Guard.BACKUP, State.SAFE, told)
    state = State.OPEN if old > VERY_OLD_BACKUP else State.LOOK
    return Row(Guard.BACKUP, state, told, sentence("Put the stick in and make a backup now."),
               85 if state is State.OPEN else 60)  # fmt: skip


def _no_backup(around: Around) -> Row:
    if not around.place:
        return Row(Guard.BACKUP, State.OPEN, sentence(
            "No place for backups was chosen. If this computer is lost, everything is lost."),
            sentence("Choose a stick or a folder for backups."), 100)  # fmt: skip
    return Row(Guard.BACKUP, State.OPEN, sentence(
        "No backup was made yet on {place}.", place=around.place),
        sentence("Put the stick in and make a backup now."), 95)  # fmt: skip


def _proof(around: Around, today: date) -> Row:
    if around.proven is None:
        return Row(Guard.PROOF, State.LOOK, sentence(
            "No backup was opened yet to prove that it can be restored."),
            sentence("Amana does this by itself every week after a backup."),
            20 if around.last_backup is not None else 0)  # fmt: skip
    told = sentence("A backup was restored to prove it on {day}.", day=around.proven)
    if (today - around.proven).days <= OLD_PROOF_DAYS:
        return Row(Guard.PROOF, State.SAFE, told)
    return Row(Guard.PROOF, State.LOOK, told, sentence("Leave the stick in: Amana proves the next "
                                                       "backup by itself."), 30)  # fmt: skip


# People and the computer


def _people(connection: Connection) -> Iterator[Row]:
    ((everyone,),) = _PEOPLE.rows(connection, {})
    ((without,),) = _NO_PASSWORD.rows(connection, {})
    if not everyone:
        yield Row(Guard.PEOPLE, State.OPEN, sentence(
            "Nobody signs in here: what is done carries whatever name was typed."),
            sentence("Add the people who work here, each with a password."), 40)  # fmt: skip
        return
    if without:
        yield Row(Guard.PEOPLE, State.LOOK, counted(
            "{n} person has no password yet.", "{n} people have no password yet.", without),
            sentence("Give each person a password under People."), 50)  # fmt: skip
    else:
        yield Row(Guard.PEOPLE, State.SAFE, counted(
            "{n} person signs in with an own password.",
            "{n} people sign in, each with an own password.", everyone))  # fmt: skip
    yield Row(Guard.AUTO_LOCK, State.SAFE, counted(
        "The window locks after {n} minute without work, and later it drops the key.",
        "The window locks after {n} minutes without work, and later it drops the key.",
        lock_minutes(connection)))  # fmt: skip


def _server(connection: Connection) -> Iterator[Row]:
    if connection.dialect.name != "postgresql":
        return
    row = _TLS.row(connection, {})
    if row is not None and row[0]:
        yield Row(Guard.SERVER, State.SAFE, sentence(
            "What goes between this desk and the server cannot be read on the way. The server "
            "keeps the data without a lock of Amana: its disk should be encrypted."))  # fmt: skip
    else:
        yield Row(Guard.SERVER, State.OPEN, sentence(
            "What goes between this desk and the server can be read by others on the network."),
            sentence("Ask the manager for a connection file made by serve-setup."),
            70)  # fmt: skip


def _computer(around: Around) -> Iterator[Row]:
    yield _whole_disk(around)
    if around.room is not None and around.room.sentence is not None:
        empty = around.room.state is RoomState.NONE
        yield Row(Guard.ROOM, State.OPEN if empty else State.LOOK, around.room.sentence,
                  sentence("Remove old films, pictures or downloads soon."),
                  92 if empty else 55)  # fmt: skip
    elif around.room is not None:
        yield Row(Guard.ROOM, State.SAFE, sentence("There is enough room."))
    if around.kept_badly is not None:
        yield Row(Guard.PLACE, State.LOOK, around.kept_badly, sentence(
            "Copy the file to the disk of this computer and open it there."), 65)  # fmt: skip


def _whole_disk(around: Around) -> Row:
    if around.whole_disk:
        return Row(Guard.WHOLE_DISK, State.SAFE, sentence("The whole disk is encrypted."))
    help_ = sentence("Ask who looks after this computer to encrypt the whole disk.")
    if around.whole_disk is None:
        return Row(Guard.WHOLE_DISK, State.UNKNOWN, sentence(
            "Amana cannot see here whether the whole disk is encrypted."), help_)  # fmt: skip
    if around.locked:
        return Row(Guard.WHOLE_DISK, State.LOOK, sentence(
            "The disk is not encrypted. The file of the clinic is locked all the same; other "
            "files on this computer are not."), help_)  # fmt: skip
    return Row(Guard.WHOLE_DISK, State.OPEN, sentence("The disk is not encrypted."), help_)


# What was left behind


def _left_over(connection: Connection, around: Around, now: int) -> Iterator[Row]:
    if around.plain_copies:
        yield Row(Guard.PLAIN_COPIES, State.OPEN, sentence(
            "A copy that is not locked is still there: {files}.",
            files=", ".join(around.plain_copies)),
            sentence("Remove it when you are sure that the locked file works."), 75)  # fmt: skip
    since = now - RECENT_DAYS * DAY
    made = len(events(connection, since=since, kinds=(SecurityEvent.EXPORTED,)))
    if made:
        yield Row(Guard.EXPORTS, State.LOOK, counted(
            "{n} list was taken out of the program in the last 30 days. It can be read by "
            "whoever has it.",
            "{n} lists were taken out of the program in the last 30 days. They can be read by "
            "whoever has them.", made))  # fmt: skip


def _clock(connection: Connection, clinic_id: int, today: date) -> Iterator[Row]:
    told = clock_set_back(connection, clinic_id, today)
    if told is not None:
        yield Row(Guard.CLOCK, State.LOOK, told, sentence(
            "Set the date of the computer right. If the date is right now and was wrong before, "
            "accept it here."), 58)  # fmt: skip
