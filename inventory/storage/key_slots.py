"""The ways to the one random key: each slot holds it, locked with something a person has.

A slot is bound to its file, its parameters and its person, so none can be moved or altered.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any, Final, Self

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pyrage import x25519

from inventory.domain.folding import fold
from inventory.domain.sentence import Refused
from inventory.storage import stretching
from inventory.storage.derived_keys import MASTER_BYTES, derive
from inventory.storage.stretching import SALT_BYTES, Cost

NONCE_BYTES: Final = 12
OWNER_BYTES: Final = 8
UID_BYTES: Final = 16
_TAG_BYTES: Final = 16
_MOST_OFFICE: Final = 1024


class Malformed(ValueError):
    """What was read is not a slot of ours."""


@dataclass(frozen=True, slots=True)
class PasswordSlot:
    """The key and its person's uid, under a password.

    `mark` is one byte of the name's digest, so that not every slot must be tried; `owner` tells
    which slots belong to one person, and only to who has the key.
    """

    mark: int
    owner: bytes
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes = field(repr=False)

    @classmethod
    def seal(cls, file: bytes, master: bytes, uid: str, name: str, password: str,
             cost: Cost) -> Self:  # fmt: skip
        salt, nonce, owner = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES), owner_of(master, uid)
        mark = mark_of(file, name)
        key = ChaCha20Poly1305(stretching.stretch(password, salt, cost))
        about = _about(file, mark, owner, cost, name)
        return cls(mark, owner, cost, salt, nonce,
                   key.encrypt(nonce, master + bytes.fromhex(uid), about))  # fmt: skip

    def open(self, file: bytes, name: str, password: str) -> tuple[bytes, str] | None:
        """The key and the person's uid; None when name or password is another."""
        key = ChaCha20Poly1305(stretching.stretch(password, self.salt, self.cost))
        about = _about(file, self.mark, self.owner, self.cost, name)
        try:
            plain = key.decrypt(self.nonce, self.sealed, about)
        except InvalidTag:
            return None
        return plain[:MASTER_BYTES], plain[MASTER_BYTES:].hex()

    def record(self) -> dict[str, Any]:
        cost = self.cost
        return {"mark": self.mark, "owner": self.owner.hex(), "memory": cost.memory,
                "passes": cost.passes, "lanes": cost.lanes, "salt": self.salt.hex(),
                "nonce": self.nonce.hex(), "sealed": self.sealed.hex()}  # fmt: skip

    @classmethod
    def from_record(cls, record: object) -> Self:
        mark, owner, memory, passes, lanes, salt, nonce, sealed = fields(
            record, "mark", "owner", "memory", "passes", "lanes", "salt", "nonce", "sealed"
        )
        cost = Cost(whole(memory), whole(passes), whole(lanes))
        if not stretching.bearable(cost) or not 0 <= whole(mark) <= 255:
            raise Malformed
        size = MASTER_BYTES + UID_BYTES + _TAG_BYTES
        return cls(mark, raw(owner, OWNER_BYTES), cost, raw(salt, SALT_BYTES),
                   raw(nonce, NONCE_BYTES), raw(sealed, size))  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """The key under the 128 random bits that are printed on paper."""

    salt: bytes
    nonce: bytes
    sealed: bytes = field(repr=False)

    @classmethod
    def seal(cls, file: bytes, master: bytes, secret: bytes) -> Self:
        salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
        key = ChaCha20Poly1305(derive(secret, "paper", salt))
        return cls(salt, nonce, key.encrypt(nonce, master, b"amana paper 1" + file))

    def open(self, file: bytes, secret: bytes) -> bytes | None:
        key = ChaCha20Poly1305(derive(secret, "paper", self.salt))
        try:
            return key.decrypt(self.nonce, self.sealed, b"amana paper 1" + file)
        except InvalidTag:
            return None

    def record(self) -> dict[str, Any]:
        return {"salt": self.salt.hex(), "nonce": self.nonce.hex(), "sealed": self.sealed.hex()}

    @classmethod
    def from_record(cls, record: object) -> Self:
        salt, nonce, sealed = fields(record, "salt", "nonce", "sealed")
        return cls(raw(salt, SALT_BYTES), raw(nonce, NONCE_BYTES),
                   raw(sealed, MASTER_BYTES + _TAG_BYTES))  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfficeSlot:
    """The key sealed with age to a key that only the office holds."""

    recipient: str
    sealed: bytes = field(repr=False)

    @classmethod
    def seal(cls, master: bytes, recipient: str) -> Self:
        """Raises Refused when the recipient is none."""
        try:
            to = x25519.Recipient.from_str(recipient.strip())
        except pyrage.RecipientError:
            raise Refused("This is not a key of an office. It begins with age1.") from None
        return cls(str(to), pyrage.encrypt(master, [to]))

    def open(self, identity: str) -> bytes | None:
        """Raises Refused when the identity is none."""
        try:
            own = x25519.Identity.from_str(identity.strip())
        except pyrage.IdentityError:
            raise Refused("This is not the secret key of an office. It begins with "
                          "AGE-SECRET-KEY-1.") from None  # fmt: skip
        try:
            return bytes(pyrage.decrypt(self.sealed, [own]))
        except pyrage.DecryptError:
            return None

    def record(self) -> dict[str, Any]:
        return {"recipient": self.recipient, "sealed": self.sealed.hex()}

    @classmethod
    def from_record(cls, record: object) -> Self:
        recipient, sealed = fields(record, "recipient", "sealed")
        try:
            to = x25519.Recipient.from_str(words(recipient))
        except pyrage.RecipientError:
            raise Malformed from None
        if str(to) != recipient:
            raise Malformed
        return cls(recipient, raw(sealed))


def mark_of(file: bytes, name: str) -> int:
    """One byte of a name: it cannot be read back, and hardly tells whether somebody works here."""
    return derive(fold(name).encode(), "name", file, 1)[0]


def owner_of(master: bytes, uid: str) -> bytes:
    """What a person's slots have in common."""
    return derive(master, f"owner {uid}", size=OWNER_BYTES)


def _about(file: bytes, mark: int, owner: bytes, cost: Cost, name: str) -> bytes:
    parts = (b"amana password 1", file.hex().encode(), str(mark).encode(), owner.hex().encode(),
             str((cost.memory, cost.passes, cost.lanes)).encode(), fold(name).encode())  # fmt: skip
    return b"\n".join(parts)


def fields(record: object, *names: str) -> list[Any]:
    """The values of exactly these fields."""
    if not isinstance(record, dict) or set(record) != set(names):
        raise Malformed
    return [record[name] for name in names]


def whole(value: object) -> int:
    if type(value) is not int:
        raise Malformed
    return value


def words(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_OFFICE:
        raise Malformed
    return value


def raw(value: object, size: int | None = None) -> bytes:
    """Bytes of a known length, or a few of them."""
    text = words(value) if size is None else value
    if not isinstance(text, str) or (size is not None and len(text) != 2 * size):
        raise Malformed
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Malformed from None
