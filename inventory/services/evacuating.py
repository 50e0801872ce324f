"""Leave with nothing about people: totals go into a locked file, visit data is removed for good.

The ledger stays: what was received, dispensed and lost, without whose visit it was. Seals never
covered visits, so everything still checks. Older copies still hold visits; that is said, and they
can be removed too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import sqlcipher3
from sqlalchemy import Connection

from inventory.domain.roles import Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.domain.stamp import Stamp
from inventory.queries.backup_mark import mark_of
from inventory.queries.clinics import clinics
from inventory.services import baskets, security_log
from inventory.services.backing_up import backups_in, in_words, remove
from inventory.services.permits import NOTHING_ASKED, Consent, ask_second, require
from inventory.services.totals import write_totals
from inventory.storage.database import Database
from inventory.storage.statement import Statement

_VISITS = Statement("SELECT count(*) FROM visit")
_DRAFTS = Statement("SELECT count(*) FROM draft WHERE kind = :kind")
_REMOVE = Statement("DELETE FROM visit")
_REMOVE_DRAFTS = Statement("DELETE FROM draft WHERE kind = :kind")
_GUARD: Final = "visit_no_DELETE"
_GUARD_TEXT = Statement("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
_OWNED = Statement("""
SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'visit'::regclass
""")


@dataclass(frozen=True, slots=True)
class Evacuated:
    """`totals` is the file that was written; `elsewhere` are older files beside the database that
    still hold visits; `swept` tells whether the freed space was written over.
    """

    totals: Path
    visits: int
    drafts: int
    swept: bool
    elsewhere: tuple[Path, ...]

    @property
    def told(self) -> list[Sentence]:
        """What was done, and what is still there."""
        said = [counted("{n} visit was removed. Stock, use and documents are all still here.",
                        "{n} visits were removed. Stock, use and documents are all still here.",
                        self.visits)]  # fmt: skip
        if not self.swept:
            said.append(sentence("Another window still has the file open, so its free space was "
                                 "not written over. Close it and do this again."))  # fmt: skip
        if self.elsewhere:
            files = ", ".join(path.name for path in self.elsewhere)
            said.append(
                sentence("Older files on this computer still hold visits: {files}.", files=files)
            )
        return said


def evacuate(
    database: Database,
    stamp: Stamp,
    master: bytes | None,
    key_file: bytes,
    folder: str | Path,
    *,
    emergency: bool = False,
) -> Evacuated:
    """Write the totals into the folder, then remove every visit and every open basket.

    Somebody else has to confirm it, unless it is an emergency. Raises Refused or NeedsSecond with
    nothing removed. Done again it sweeps again.
    """
    place = Path(folder).expanduser()
    with database.read() as connection:
        consent = _agreed(connection, stamp, emergency)
        totals = write_totals(connection, master, key_file, place, stamp.now, stamp.today)
    with database.reshape() as connection:
        visits, drafts = _remove(connection)
        for clinic in clinics(connection):
            security_log.record(
                connection, replace(stamp, clinic_id=clinic.id), SecurityEvent.EVACUATED,
                {"visits": visits, "drafts": drafts, "emergency": int(emergency)},
                second=stamp.second,
            )  # fmt: skip
        consent.record(connection, stamp)
    if database.watch is not None:
        database.watch.after()
    return Evacuated(totals, visits, drafts, _sweep(database), _elsewhere(database))


def backups_with_visits(database: Database, folder: str | Path) -> list[Path]:
    """The backups of this database that lie there: all of them were made while visits were kept."""
    with database.read() as connection:
        mark = mark_of(connection)
    return [path for _, path in backups_in(folder, mark)]


def tell_backups(paths: Iterable[Path]) -> Sentence | None:
    """What to say of them; None when there are none."""
    many = len(list(paths))
    if not many:
        return None
    return counted(
        "{n} older backup there still holds visits. Whoever has it and a password or the paper "
        "key can read them.",
        "{n} older backups there still hold visits. Whoever has them and a password or the paper "
        "key can read them.", many)  # fmt: skip


def remove_backups(paths: Iterable[Path]) -> None:
    """Remove backups that hold visits. A stick may keep what was removed for a while, locked."""
    with in_words():
        remove(list(paths))


def _agreed(connection: Connection, stamp: Stamp, emergency: bool) -> Consent:
    require(connection, stamp, Permission.EVACUATE)
    if connection.dialect.name == "postgresql" and _OWNED.row(connection, {}) != (True,):
        raise Refused("On a server this is done by the person who set it up.")
    if emergency:
        return NOTHING_ASKED
    return ask_second(connection, stamp, Permission.EVACUATE)


def _remove(connection: Connection) -> tuple[int, int]:
    """How many visits and baskets were removed. The guard is back before the transaction ends."""
    kind = {"kind": baskets.KIND}
    ((visits,),), ((drafts,),) = _VISITS.rows(connection, {}), _DRAFTS.rows(connection, kind)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
        ((guard,),) = _GUARD_TEXT.rows(connection, {"name": _GUARD})
        connection.exec_driver_sql(f'DROP TRIGGER "{_GUARD}"')
        _REMOVE.run(connection, {})
        connection.exec_driver_sql(guard)
    else:
        connection.exec_driver_sql("ALTER TABLE visit DISABLE TRIGGER visit_fact")
        _REMOVE.run(connection, {})
        connection.exec_driver_sql("ALTER TABLE visit ENABLE TRIGGER visit_fact")
    _REMOVE_DRAFTS.run(connection, kind)
    return int(visits), int(drafts)


def _sweep(database: Database) -> bool:
    """Nothing stays in free pages or in what waits beside the file. Whether that was possible."""
    with database.driver() as raw:
        if not database.is_file:
            _sweep_server(raw)
            return True
        raw.execute("PRAGMA secure_delete=ON")
        try:
            raw.execute("VACUUM")
        except sqlcipher3.OperationalError:
            # In use, or no room for a second file: the rows themselves were written over.
            return False
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return bool(busy is not None and busy[0] == 0)


def _sweep_server(raw: Any) -> None:
    raw.rollback()
    raw.autocommit = True
    try:
        for table in ("visit", "draft"):
            raw.execute(f"VACUUM FULL {table}")
    finally:
        raw.autocommit = False


def _elsewhere(database: Database) -> tuple[Path, ...]:
    """Older files beside the database: kept before an upgrade, a restore, a key."""
    if not database.is_file:
        return ()
    path = Path(database.address)
    beside = path.parent.glob(f"{path.stem}-*{path.suffix}")
    return tuple(sorted(one for one in beside if one.is_file()))
