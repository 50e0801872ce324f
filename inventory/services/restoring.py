"""Restore a backup: on this computer or another one, with a password or the paper key.

Everything happens in a new file that gets its name when it is whole and checked; the old file is
kept aside. The ledger goes on in a new stream, numbers of papers leap, and what is missing is
said.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.backup_names import BackupName
from inventory.domain.login import Login
from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.domain.troubles import Trouble
from inventory.queries.clinics import clinics
from inventory.queries.people import PersonRow, has_people, person_by_uid
from inventory.services.backing_up import BackupFacts, verify_backup
from inventory.services.checking import check
from inventory.services.clinics import save_setting
from inventory.services.people import authenticate
from inventory.services.permits import Consent, ask_second, require
from inventory.services.restored_rows import fill_from
from inventory.services.stick_marks import numbers_on_stick
from inventory.services.streams import StreamReason, open_next
from inventory.services.whereabouts import INSTALLATION, holder_of, settle_marks
from inventory.storage.backup_file import Wrapping, wrapping_of
from inventory.storage.database import connect
from inventory.storage.key_file import KeyFile, Unlocked, WrongKey, database_key
from inventory.storage.key_place import copy_path, key_path
from inventory.storage.marks import Marks, Numbers
from inventory.storage.moved import MOVED
from inventory.storage.opening import create_database, discard, sync_folder
from inventory.storage.sqlite_file import JOURNAL
from inventory.storage.statement import Statement
from inventory.storage.whole_file import write_whole

_ASIDE: Final = "before-restore"
_PATIENCE: Final = "PRAGMA busy_timeout=1000"
_FORGET = Statement("DELETE FROM setting WHERE scope = 0 AND key = :key")


@dataclass(frozen=True, slots=True)
class WayIn:
    """What a person has to open a backup with: one of these, or nothing for a plain one."""

    login: Login | None = None
    paper: str = field(default="", repr=False)
    office: str = field(default="", repr=False)

    def open(self, keys: KeyFile) -> Unlocked:
        """Raises WrongKey."""
        if self.paper:
            return keys.unlock_paper(self.paper)
        if self.office:
            return keys.unlock_office(self.office)
        if self.login is None:
            raise Refused("This backup is locked. It opens with a password or the paper key.")
        return keys.unlock(self.login.name, self.login.password)

    @property
    def name(self) -> str:
        """How the security log calls it."""
        return "paper" if self.paper else "office" if self.office else "password"


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that was read to its end, with the way in that opened it."""

    facts: BackupFacts
    way: WayIn
    key_file: bytes = field(repr=False)
    master: bytes | None = field(default=None, repr=False)
    person_uid: str = ""

    @property
    def made_at(self) -> int:
        return self.facts.header.made_at

    @property
    def made_on(self) -> datetime:
        """By the clock of this place."""
        return datetime.fromtimestamp(self.made_at // 1000)

    @property
    def what_is_here(self) -> Sentence:
        """What will be here after a restore, and what will not."""
        made = self.made_on
        return sentence(
            "Everything until {day}, {time} is here. What was written after that on the old "
            "computer is not.",
            day=made.date(), time=f"{made:%H:%M}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Restored:
    """`problems` is what `check` found in what was backed up; empty when all is well."""

    address: str
    made_at: int
    what_is_here: Sentence
    kept_old: Path | None
    problems: tuple[Sentence, ...]
    person: str


def needs_key(path: str | Path) -> bool:
    """Whether a backup is locked. Raises Refused when it is none."""
    return _wrapping(Path(path).expanduser()).locked


def master_of(path: str | Path, way: WayIn) -> bytes | None:
    """The key of such a file; None when it is not locked. Raises Refused."""
    wrapping = _wrapping(Path(path).expanduser())
    return way.open(KeyFile.from_bytes(wrapping.key_file)).master if wrapping.locked else None


def look_at(path: str | Path, way: WayIn) -> Opened:
    """Open a backup and read all of it. Raises Refused: wrong key, damaged, foreign, newer."""
    place = Path(path).expanduser()
    wrapping = _wrapping(place)
    if not wrapping.locked:
        return Opened(verify_backup(place, None), way, wrapping.key_file)
    unlocked = way.open(KeyFile.from_bytes(wrapping.key_file))
    facts = verify_backup(place, unlocked.master)
    return Opened(facts, way, wrapping.key_file, unlocked.master, unlocked.person_uid)


def restore(
    opened: Opened,
    target: str | Path,
    *,
    today: date,
    now: int,
    second: Login | None = None,
    user: str = "",
    state: Path | None = None,
) -> Restored:
    """Make the database anew at `target`, a file or an empty database on a server.

    `user` is written down where nobody signs in. Raises Refused, or NeedsSecond when somebody
    else has to confirm; then everything is as it was.
    """
    asked = _Asked(opened, second, user, today, now, Marks(state))
    if "://" in str(target):
        return _on_server(opened, str(target), asked, state)
    path = Path(target).expanduser()
    draft = path.with_name(f"{path.name}.restored")
    key = None if opened.master is None else database_key(opened.master)
    try:
        discard(draft)
        create_database(draft, key=key, fill=asked.fill, version=asked.version).close()
        kept = _swap(draft, path, opened, now)
    except OSError as fault:
        raise Refused("{file} cannot be made in this folder: {reason}.", file=path.name,
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip
    finally:
        discard(draft)
    _remember(str(path), key, state)
    return asked.told(str(path), kept)


def _on_server(opened: Opened, address: str, asked: _Asked, state: Path | None) -> Restored:
    create_database(address, fill=asked.fill, version=asked.version).close()
    _remember(address, None, state)
    return asked.told(address, None)


@dataclass(slots=True)
class _Asked:
    """Fills the new database and notes what is to be told of it."""

    opened: Opened
    second: Login | None
    user: str
    today: date
    now: int
    marks: Marks
    problems: tuple[Sentence, ...] = ()
    person: str = ""

    @property
    def version(self) -> str:
        return fill_from(self.opened.facts).version

    def fill(self, connection: Connection) -> None:
        """Rows as they were, then what belongs to this restore, then the check."""
        fill_from(self.opened.facts).fill(connection, self.opened.master)
        stamp, consent = self._who(connection)
        _FORGET.run(connection, {"key": MOVED})
        for clinic in clinics(connection):
            own = replace(stamp, clinic_id=clinic.id)
            says: dict[str, str | int] = {
                "made_at": self.opened.made_at,
                "way": self.opened.way.name,
            }
            open_next(connection, clinic.id, own, StreamReason.RESTORE,
                      event=SecurityEvent.RESTORED, says=says, leap=True,
                      above=self._seen(clinic.uid))  # fmt: skip
        if clinics(connection):
            consent.record(connection, stamp)
        holder = holder_of(connection, self.marks.installation())
        save_setting(connection, 0, INSTALLATION, holder)
        self.problems = tuple(check(connection))

    def _seen(self, clinic: str) -> Numbers | None:
        """The highest number on papers that this computer or the stick knows of."""
        path = self.opened.facts.path
        name = BackupName.read(path.name)
        stick = None if name is None else numbers_on_stick(path.parent, name.mark).get(clinic)
        return max((one for one in (self.marks.numbers(clinic), stick) if one), default=None)

    def told(self, address: str, kept: Path | None) -> Restored:
        opened = self.opened
        return Restored(address, opened.made_at, opened.what_is_here, kept, self.problems,
                        self.person)  # fmt: skip

    def _who(self, connection: Connection) -> tuple[Stamp, Consent]:
        """Who restores and who confirms it. Raises Refused, or NeedsSecond."""
        first = clinics(connection)[:1]
        stamp = Stamp(first[0].id if first else 0, self.user, self.today, self.now, uuid7().hex)
        if not has_people(connection) or self.opened.way.name != "password":
            # The paper key and the office stand above the roles: they are for a lost clinic.
            return stamp, Consent(None)
        self.person = self._person(connection).name
        stamp = replace(stamp, user=self.person)
        require(connection, stamp, Permission.RESTORE)
        if self.second is not None:
            stamp = replace(stamp, second=self._confirmer(connection, self.second))
        return stamp, ask_second(connection, stamp, Permission.RESTORE)

    def _person(self, connection: Connection) -> PersonRow:
        login = self.opened.way.login
        if self.opened.master is not None:
            return _working(person_by_uid(connection, self.opened.person_uid))
        if login is None:
            raise Refused("Somebody has to sign in to restore this backup.")
        return authenticate(connection, login.name, login.password)

    def _confirmer(self, connection: Connection, login: Login) -> str:
        if self.opened.master is None:
            return authenticate(connection, login.name, login.password).name
        keys = KeyFile.from_bytes(self.opened.key_file)
        uid = keys.unlock(login.name, login.password).person_uid
        return _working(person_by_uid(connection, uid)).name


def _working(person: PersonRow | None) -> PersonRow:
    if person is None or not person.active:
        raise WrongKey("The name or the password is wrong.")
    return person


def _wrapping(path: Path) -> Wrapping:
    try:
        return wrapping_of(path)
    except OSError as fault:
        raise Refused("The backup cannot be read: {reason}. Put the stick in again.",
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip


def _remember(address: str, key: bytes | None, state: Path | None) -> None:
    """The old streams must not grow again in any copy on this computer."""
    database = connect(address, key=key)
    try:
        settle_marks(database, state)
    finally:
        database.close()


def _swap(draft: Path, path: Path, opened: Opened, now: int) -> Path | None:
    """The old file steps aside with its keys, the new one takes its place with its own."""
    kept = _step_aside(path, now, opened.master)
    try:
        if opened.master is not None:
            KeyFile.from_bytes(opened.key_file).write(key_path(path))
        draft.replace(path)
    except BaseException:
        if kept is not None:
            _move(kept, path)
        raise
    sync_folder(path.parent)
    return kept


def _step_aside(path: Path, now: int, master: bytes | None) -> Path | None:
    """Where the old file lies now; None when there was none. Raises Refused when it is in use."""
    if not path.exists():
        _move(path, path.with_name(f"{path.name}.key-{_moment(now)}"), only_keys=True)
        return None
    _close_up(path, master)
    aside = path.with_name(f"{path.stem}-{_ASIDE}-{_moment(now)}{path.suffix}")
    _move(path, aside)
    return aside


def _move(path: Path, aside: Path, *, only_keys: bool = False) -> None:
    endings = () if only_keys else ("", "-wal", "-shm", "-journal")
    pairs = [(Path(f"{path}{end}"), Path(f"{aside}{end}")) for end in endings]
    keys: list[Callable[[Path], Path]] = [key_path, lambda place: copy_path(key_path(place))]
    if not only_keys and key_path(path).exists():
        # At no moment does the file stand without its keys.
        write_whole(key_path(aside), key_path(path).read_bytes())
    for old, new in [*pairs, *((of(path), of(aside)) for of in keys)]:
        if old.exists():
            old.replace(new)
            sync_folder(path.parent)


def _close_up(path: Path, master: bytes | None) -> None:
    """Whatever waits beside the old file goes into it. One that cannot be opened is left alone.

    Raises Refused when another window has it open.
    """
    for key in (None if master is None else database_key(master), None):
        old = connect(path, key=key)
        try:
            with old.driver() as raw:
                raw.execute(_PATIENCE)
                # Nobody else may have it open for this; then it is as it was, in one file.
                raw.execute("PRAGMA journal_mode=DELETE")
                raw.execute(f"PRAGMA journal_mode={JOURNAL}")
            return
        except Refused as refusal:
            if refusal.trouble is Trouble.BUSY:
                raise Refused("{file} is open in another window. Close it and try again.",
                              file=path.name) from refusal  # fmt: skip
        finally:
            with suppress(Refused):
                old.close()


def _moment(now: int) -> str:
    return f"{datetime.fromtimestamp(now / 1000):%Y%m%d-%H%M%S}"
