"""The key file beside a protected database: one random key, locked in a slot for each way in.

It holds no name. Without a password, the paper key or the office it is worth nothing; without it
the database is worth nothing, so it stands there twice and every backup carries a copy.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage import stretching
from inventory.storage.derived_keys import (
    MASTER_BYTES,
    backup_identity,
    backup_recipient,
    database_key,
    derive,
)
from inventory.storage.key_place import copy_path, key_path
from inventory.storage.key_slots import (
    Malformed,
    OfficeSlot,
    PaperSlot,
    PasswordSlot,
    fields,
    mark_of,
    owner_of,
    raw,
)
from inventory.storage.paper_words import BITS, PaperKey, paper_key, secret_of
from inventory.storage.stretching import Cost
from inventory.storage.whole_file import write_whole

__all__ = [
    "KeyFile", "KeyFileDamaged", "KeyFileLost", "Unlocked", "WrongKey", "backup_identity",
    "backup_recipient", "copy_path", "database_key", "key_path", "new_keys",
]  # fmt: skip

_MAGIC: Final = b"AMANA-KEY 1\n"
_NEWER: Final = b"AMANA-KEY "
_FILE_BYTES: Final = 16
_MAC_BYTES: Final = 32
_MOST_BYTES: Final = 256 * 1024
_MOST_SLOTS: Final = 200
# Two people may share a mark, and a person has two slots while a password is being changed.
_MOST_TRIED: Final = 8
_MOST_PAPERS: Final = 2


class WrongKey(Refused):
    """A password, paper key or office key that does not open this file."""


class KeyFileLost(Refused):
    """The database is there, its key file is not."""

    trouble = Trouble.KEY_FILE_MISSING


class KeyFileDamaged(Refused):
    """What was read is not a key file, or not the one that was written."""

    trouble = Trouble.KEY_FILE_DAMAGED


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The random key, and whose password opened it; empty for the paper key and the office."""

    master: bytes = field(repr=False)
    person_uid: str = ""
    slot: PasswordSlot | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All slots of one database. `uid` tells nothing, it binds the slots to this file."""

    uid: bytes
    passwords: tuple[PasswordSlot, ...]
    papers: tuple[PaperSlot, ...]
    office: OfficeSlot | None
    mac: bytes = b""

    def unlock(self, name: str, password: str) -> Unlocked:
        """Raises WrongKey when the name or the password is another."""
        mark = mark_of(self.uid, name)
        marked = [slot for slot in self.passwords if slot.mark == mark]
        # A name that nobody has takes as long as one that somebody has.
        for slot in marked[-_MOST_TRIED:] or self.passwords[-1:]:
            found = slot.open(self.uid, name, password)
            if found is not None:
                return self._proved(Unlocked(*found, slot))
        raise WrongKey("The name or the password is wrong.")

    def unlock_paper(self, text: str) -> Unlocked:
        """With the words, their numbers, or the text of the QR symbol."""
        secret = secret_of(text)
        opened = [slot.open(self.uid, secret) for slot in self.papers]
        master = next((found for found in opened if found is not None), None)
        if master is None:
            raise WrongKey("This paper key does not open this database. Another one may have "
                           "been printed since, or it belongs to another clinic.")  # fmt: skip
        return self._proved(Unlocked(master))

    def unlock_office(self, identity: str) -> Unlocked:
        """With the secret key of the office."""
        master = None if self.office is None else self.office.open(identity)
        if master is None or len(master) != MASTER_BYTES:
            raise WrongKey("The key of this office does not open this database.")
        return self._proved(Unlocked(master))

    def with_password(
        self, master: bytes, person_uid: str, name: str, password: str, cost: Cost | None = None
    ) -> Self:
        """One more slot for that person; those the person has stay until `only`.

        It costs what the others cost; the first one what this computer bears.
        """
        if len(self.passwords) >= _MOST_SLOTS:
            raise Refused("There is no room for more than {count} people.", count=_MOST_SLOTS)
        chosen = cost or self.cost or stretching.calibrated()
        slot = PasswordSlot.seal(self.uid, master, person_uid, name, password, chosen)
        return self._proven_by(master, passwords=(*self.passwords, slot))

    def only(self, master: bytes, person_uid: str, slot: PasswordSlot) -> Self:
        """Without the person's other slots."""
        owner = owner_of(master, person_uid)
        kept = tuple(one for one in self.passwords if one is slot or one.owner != owner)
        return self._proven_by(master, passwords=kept)

    def without_person(self, master: bytes, person_uid: str) -> Self:
        owner = owner_of(master, person_uid)
        rest = tuple(slot for slot in self.passwords if slot.owner != owner)
        return self._proven_by(master, passwords=rest)

    def with_paper(self, master: bytes) -> tuple[Self, PaperKey]:
        """A new paper key. The one before it works on until `only_newest_paper`: the printer may
        not have printed this one.
        """
        secret = os.urandom(BITS // 8)
        slot = PaperSlot.seal(self.uid, master, secret)
        papers = (*self.papers, slot)[-_MOST_PAPERS:]
        return self._proven_by(master, papers=papers), paper_key(secret)

    def only_newest_paper(self, master: bytes) -> Self:
        """Paper keys that were printed before open nothing any more."""
        return self._proven_by(master, papers=self.papers[-1:])

    def with_office(self, master: bytes, recipient: str | None) -> Self:
        """Sealed to that office as well, or with None to none."""
        slot = None if recipient is None else OfficeSlot.seal(master, recipient)
        return self._proven_by(master, office=slot)

    def slots_of(self, master: bytes, person_uid: str) -> list[PasswordSlot]:
        """Oldest first."""
        owner = owner_of(master, person_uid)
        return [slot for slot in self.passwords if slot.owner == owner]

    @property
    def cost(self) -> Cost | None:
        """What a guess costs here; None before the first password."""
        return self.passwords[-1].cost if self.passwords else None

    def to_bytes(self) -> bytes:
        """The one way to write this key file."""
        record = {**self._body(), "mac": self.mac.hex()}
        content = _MAGIC + _canonical(record) + b"\n"
        return content + sha256(content).hexdigest().encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Raises KeyFileDamaged unless it is exactly what `to_bytes` wrote."""
        if content.startswith(_NEWER) and not content.startswith(_MAGIC):
            version = content[len(_NEWER) :].split(b"\n")[0]
            if version.isdigit() and len(version) < 5:
                raise KeyFileDamaged("The key file was made by a newer Amana. Install that "
                                     "version to open it; nothing was changed.")  # fmt: skip
        try:
            found = cls._read(content)
        except (Malformed, ValueError, RecursionError):
            found = None
        if found is None or found.to_bytes() != content:
            raise KeyFileDamaged("The key file is damaged. Nothing was changed. Every backup "
                                 "carries a copy of it.")  # fmt: skip
        return found

    @classmethod
    def _read(cls, content: bytes) -> Self | None:
        lines = content.split(b"\n")
        if len(content) > _MOST_BYTES or not content.startswith(_MAGIC) or len(lines) != 4:
            return None
        uid, passwords, papers, office, mac = fields(
            json.loads(lines[1]), "uid", "passwords", "papers", "office", "mac"
        )
        if not isinstance(passwords, list) or len(passwords) > _MOST_SLOTS:
            return None
        if not isinstance(papers, list) or len(papers) > _MOST_PAPERS:
            return None
        return cls(
            raw(uid, _FILE_BYTES),
            tuple(PasswordSlot.from_record(one) for one in passwords),
            tuple(PaperSlot.from_record(one) for one in papers),
            None if office is None else OfficeSlot.from_record(office),
            raw(mac, _MAC_BYTES),
        )

    def write(self, path: Path) -> None:
        """To its place and to the copy beside it. Raises Refused."""
        content = self.to_bytes()
        try:
            for place in (path, copy_path(path)):
                write_whole(place, content)
        except OSError as fault:
            raise Refused("The key file cannot be written: {reason}. Nothing was changed.",
                          reason=fault.strerror or str(fault)) from fault  # fmt: skip

    @classmethod
    def read(cls, path: Path) -> Self:
        """From its place, or from the copy beside it when that is damaged or gone.

        Raises KeyFileLost or KeyFileDamaged.
        """
        damage: KeyFileDamaged | None = None
        for place in (path, copy_path(path)):
            try:
                with place.open("rb") as file:
                    return cls.from_bytes(file.read(_MOST_BYTES + 1))
            except KeyFileDamaged as refusal:
                damage = damage or refusal
            except FileNotFoundError:
                continue
            except OSError as fault:
                raise Refused("The key file cannot be read: {reason}.",
                              reason=fault.strerror or str(fault)) from fault  # fmt: skip
        raise damage or KeyFileLost(
            "{file} is not there, and without it nobody can open the database. Every backup "
            "carries a copy of it.",
            file=path.name,
        )

    def stands_twice(self, path: Path) -> bool:
        """Whether the file and its copy are both this one."""
        places = (path, copy_path(path))
        return all(one.is_file() and one.read_bytes() == self.to_bytes() for one in places)

    def _body(self) -> dict[str, Any]:
        return {
            "uid": self.uid.hex(),
            "passwords": [slot.record() for slot in self.passwords],
            "papers": [slot.record() for slot in self.papers],
            "office": self.office and self.office.record(),
        }

    def _mac_by(self, master: bytes) -> bytes:
        return hmac.digest(derive(master, "key file"), _canonical(self._body()), "sha256")

    def _proven_by(self, master: bytes, **changes: Any) -> Self:
        changed = replace(self, **changes)
        return replace(changed, mac=changed._mac_by(master))

    def _proved(self, unlocked: Unlocked) -> Unlocked:
        """Nobody without the key has added, taken or exchanged a slot."""
        if not hmac.compare_digest(self.mac, self._mac_by(unlocked.master)):
            raise KeyFileDamaged("Somebody changed the key file. Nothing was opened. Every "
                                 "backup carries a copy of it.")  # fmt: skip
        return unlocked


def new_keys() -> tuple[KeyFile, bytes]:
    """A key file without any way in, and its new random key."""
    master = os.urandom(MASTER_BYTES)
    empty = KeyFile(os.urandom(_FILE_BYTES), (), (), None)
    return empty._proven_by(master), master


def _canonical(record: dict[str, Any]) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode("ascii")
