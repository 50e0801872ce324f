"""Work in progress while the server is away, kept at the desk until it is back.

It lies in a file only where the desk has a key to lock it with; elsewhere only in memory, because
a basket says what somebody was given.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from inventory.storage.derived_keys import derive
from inventory.storage.whole_file import write_whole

_MAGIC: Final = b"AMANA-DRAFTS 1\n"
_NONCE: Final = 12
_MOST_BYTES: Final = 8 * 1024 * 1024

Place = tuple[int, str, str]
"""Clinic, kind and key of a draft."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The last that was done with a draft: its body, or None when it was dropped."""

    body: Any
    dropped: bool
    at: int


class KeptDrafts:
    """What waits to be written; `path` None keeps it in memory only."""

    def __init__(self, path: Path | None, key: bytes | None) -> None:
        self._path = path if key is not None else None
        self._cipher = None if key is None else ChaCha20Poly1305(derive(key, "kept drafts"))
        self._kept: dict[Place, Kept] = self._read()

    @property
    def in_file(self) -> bool:
        """Whether it survives the end of the program."""
        return self._path is not None

    def put(self, place: Place, kept: Kept) -> None:
        """Over what was kept of it before. A disk that refuses costs only what it would save."""
        self._kept[place] = kept
        self._write()

    def get(self, place: Place) -> Kept | None:
        return self._kept.get(place)

    def all(self) -> dict[Place, Kept]:
        return dict(self._kept)

    def forget(self, place: Place) -> None:
        """It was written where it belongs."""
        if self._kept.pop(place, None) is not None:
            self._write()

    def _write(self) -> None:
        if self._path is None or self._cipher is None:
            return
        try:
            if not self._kept:
                self._path.unlink(missing_ok=True)
                return
            rows = [[*place, k.body, k.dropped, k.at] for place, k in self._kept.items()]
            nonce = os.urandom(_NONCE)
            plain = json.dumps(rows).encode()
            write_whole(self._path, _MAGIC + nonce + self._cipher.encrypt(nonce, plain, _MAGIC))
        except OSError:
            self._path = None

    def _read(self) -> dict[Place, Kept]:
        """What was left by a program that ended; nothing when it was tampered with."""
        if self._path is None or self._cipher is None:
            return {}
        try:
            with self._path.open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
            if len(content) > _MOST_BYTES or not content.startswith(_MAGIC):
                return {}
            sealed = content[len(_MAGIC) :]
            rows = json.loads(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _MAGIC))
        except (OSError, ValueError, InvalidTag):
            return {}
        return {(clinic, kind, key): Kept(body, dropped, at)
                for clinic, kind, key, body, dropped, at in rows}  # fmt: skip
