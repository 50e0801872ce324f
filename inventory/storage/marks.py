"""How far this computer has seen each stream, kept outside of any database.

One small file for each stream, named by its uid; it says a number, a hash, and whether the ledger
went on elsewhere. A file that somebody copied back knows less than these do. And one for each
clinic: the highest number on its papers.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from inventory.storage.locations import state_folder

_FOLDER: Final = "whereabouts"
_INSTALLATION: Final = "installation"
_UID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_NUMBERS: Final = re.compile(r"(\d{4}) (\d{1,9})\n", re.ASCII)
_MARK: Final = re.compile(r"(\d{1,18}) ([0-9a-f]{64}|-) ([01])\n", re.ASCII)
_MOST_BYTES: Final = 256


@dataclass(frozen=True, slots=True, order=True)
class Numbers:
    """The highest number that was printed on a paper of a clinic in a year."""

    year: int
    highest: int

    def to_text(self) -> str:
        return f"{self.year} {self.highest}\n"

    @classmethod
    def read(cls, text: str) -> Numbers | None:
        """None when it is not what `to_text` writes."""
        found = _NUMBERS.fullmatch(text)
        return None if found is None else cls(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stream was seen to end in `head` at number `seq`; `continued`: it must not grow again."""

    seq: int
    head: bytes
    continued: bool = False

    def to_text(self) -> str:
        return f"{self.seq} {self.head.hex() or '-'} {int(self.continued)}\n"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """None when it is not what `to_text` writes."""
        found = _MARK.fullmatch(text)
        if found is None:
            return None
        seq, head, continued = found.groups()
        return cls(int(seq), b"" if head == "-" else bytes.fromhex(head), continued == "1")

    def with_later(self, other: Mark) -> Mark:
        """What both together tell."""
        last = max(self, other, key=lambda mark: mark.seq)
        return Mark(last.seq, last.head, self.continued or other.continued)


class Marks:
    """Those of one user of this computer. Where nothing can be kept, nothing is remembered."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or state_folder()) / _FOLDER

    def installation(self) -> str:
        """A number drawn once for this user of this computer; "" where nothing can be kept."""
        known = self._read(_INSTALLATION).strip()
        if _UID.fullmatch(known):
            return known
        drawn = secrets.token_hex(16)
        return drawn if self._write(_INSTALLATION, f"{drawn}\n", durable=True) else ""

    def seen(self, stream: str) -> Mark | None:
        """How far a stream was seen."""
        return Mark.read(self._read(stream)) if _UID.fullmatch(stream) else None

    def note(self, stream: str, mark: Mark, *, durable: bool = False) -> None:
        """Remember it. Nothing that was known before is forgotten."""
        if not _UID.fullmatch(stream):
            return
        before = self.seen(stream)
        now = mark if before is None else before.with_later(mark)
        if now != before:
            self._write(stream, now.to_text(), durable=durable)

    def numbers(self, clinic: str) -> Numbers | None:
        """The highest number this computer has seen on a clinic's papers."""
        return Numbers.read(self._read(clinic)) if _UID.fullmatch(clinic) else None

    def note_numbers(self, clinic: str, numbers: Numbers) -> None:
        """Remember it. Nothing that was known before is forgotten."""
        before = self.numbers(clinic)
        if _UID.fullmatch(clinic) and (before is None or before < numbers):
            self._write(clinic, numbers.to_text(), durable=False)

    def _read(self, name: str) -> str:
        try:
            with (self._folder / name).open("rb") as file:
                return file.read(_MOST_BYTES).decode("ascii", "replace")
        except OSError:
            return ""

    def _write(self, name: str, text: str, *, durable: bool) -> bool:
        beside = self._folder / f".{name}.{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with beside.open("xb") as file:
                file.write(text.encode())
                if durable:
                    file.flush()
                    os.fsync(file.fileno())
            beside.replace(self._folder / name)
        except OSError:
            with suppress(OSError):
                beside.unlink()
            return False
        return True
