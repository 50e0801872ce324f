"""What a database fault means in words."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from inventory.domain.sentence import Refused, Sentence, sentence

_FULL = ("disk is full", "database or disk is full", "no space left", "could not extend file")
_READ_ONLY = ("readonly database", "read-only transaction", "attempt to write a readonly")
_FOREIGN = ("file is not a database", "hmac check failed")
_BROKEN = ("malformed", "disk image")
_BUSY = ("database is locked", "database table is locked", "lock timeout")
_AWAY = ("connection refused", "server closed the connection", "could not connect",
         "connection failed", "terminating connection", "connection is closed")  # fmt: skip
_CANNOT_OPEN = ("unable to open database",)
_DISK = ("disk i/o error", "input/output error")

_MEANINGS: tuple[tuple[tuple[str, ...], str], ...] = (
    (_FULL, "The disk is full. Nothing was lost; free 50 MB and try again."),
    (_READ_ONLY, "{file} can be read but not written here. Nothing was changed."),
    (_FOREIGN, "{file} is not an Amana database, or it is locked with a key."),
    (_BROKEN, "{file} is damaged. Nothing was written; restore the last backup."),
    (_BUSY, "Another program is using {file}. Nothing was changed; try again."),
    (_AWAY, "The database server does not answer. Nothing was changed; try again."),
    (_CANNOT_OPEN, "{file} cannot be opened in this folder. Nothing was changed."),
    (_DISK, "The disk reported an error on {file}. Nothing was lost; start Amana again."),
)


def meaning(fault: DBAPIError, file: str) -> Sentence | None:
    """The sentence for a fault that a person can act on; None when it is ours to mend."""
    said = str(fault.orig).lower()
    for marks, text in _MEANINGS:
        if any(mark in said for mark in marks):
            return sentence(text, file=file) if "{file}" in text else sentence(text)
    return None


def refused(fault: DBAPIError, file: str) -> Refused | None:
    """The same, ready to raise."""
    words = meaning(fault, file)
    return None if words is None else Refused(words)
