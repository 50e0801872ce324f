"""The file of a backup: a copy of the key file, then rows that are packed and locked.

AMANA-BACKUP 1, a letter (L locked, P plain), the length of the key file, the key file; then a
zstd stream of what `backup_format` says, locked with age to the key that the key file holds. A
plain one ends with the digest of all that comes before. Nothing but the first line and the slots
of the key file can be read without a key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Final, Protocol, cast

import pyrage
import zstandard
from pyrage import x25519

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage.backup_format import Header, OnRows, Reader, damaged
from inventory.storage.derived_keys import backup_identity, backup_recipient, derive

MAGIC: Final = b"AMANA-BACKUP 1\n"
_NEWER: Final = b"AMANA-BACKUP "
_LOCKED, _PLAIN = b"L", b"P"
_LENGTH: Final = 4
_MOST_KEYS: Final = 256 * 1024
_DIGEST: Final = 32
_AT_ONCE: Final = 256 * 1024
_LEVEL: Final = 3
_WINDOW: Final = 8 * 1024 * 1024
"""More memory than this no packed stream may ask for."""


class Source(Protocol):
    """What can be read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    """What can be written to."""

    def write(self, content: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What stands before the rows: whether they are locked, and the copy of the key file."""

    locked: bool
    key_file: bytes

    def to_bytes(self) -> bytes:
        kind = _LOCKED if self.locked else _PLAIN
        return MAGIC + kind + len(self.key_file).to_bytes(_LENGTH, "big") + self.key_file

    def digest(self) -> bytes:
        return hashlib.sha256(self.to_bytes()).digest()


def proof_key(master: bytes | None) -> bytes:
    """With a key nobody else can make a backup that is accepted; without one it finds damage."""
    return b"plain" if master is None else derive(master, "backup proof")


def read_wrapping(file: Source) -> Wrapping:
    """The beginning of a backup. Raises Refused: foreign, newer, damaged."""
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        raise _foreign(magic)
    kind, length = file.read(1), file.read(_LENGTH)
    size = int.from_bytes(length, "big")
    if kind not in (_LOCKED, _PLAIN) or len(length) != _LENGTH or size > _MOST_KEYS:
        raise damaged()
    key_file = file.read(size)
    if len(key_file) != size:
        raise damaged()
    return Wrapping(kind == _LOCKED, key_file)


def write_body(
    target: Sink, wrapping: Wrapping, text: Iterator[bytes], master: bytes | None
) -> None:
    """Write a whole backup; `text` is made as it is needed and never held as a whole.

    What goes wrong while reading `text` or writing to `target` comes out as it was.
    """
    watched = _WatchedSink(target, digest=not wrapping.locked)
    source = _WatchedSource(_Pieces(text))
    packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    packed = packer.stream_reader(cast(IO[bytes], source))
    watched.write(wrapping.to_bytes())
    if master is None:
        while piece := packed.read(_AT_ONCE):
            watched.write(piece)
        target.write(watched.digest())
        return
    recipient = x25519.Recipient.from_str(backup_recipient(master))
    try:
        pyrage.encrypt_io(packed, watched, [recipient])
    except pyrage.EncryptError as fault:
        raise source.fault or watched.fault or fault from fault


def read_body(
    file: BufferedIOBase,
    wrapping: Wrapping,
    master: bytes | None,
    on_header: Callable[[Header], None],
    on_rows: OnRows,
) -> Header:
    """Read what comes after the wrapping. Raises Refused unless all of it is as it was written.

    Rows come before that is known: who keeps them throws them away when this raises.
    """
    reader = Reader(proof_key(master), on_header, on_rows)
    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    unpacked = unpacker.stream_writer(cast(IO[bytes], reader), _AT_ONCE, closefd=False)
    source = _WatchedSource(file)
    try:
        if wrapping.locked:
            _unlock(source, unpacked, master)
        else:
            _unpack(source, unpacked, wrapping)
    except zstandard.ZstdError:
        raise damaged() from None
    header = reader.end()
    if header.wrapping != wrapping.digest():
        raise damaged()
    return header


def _unlock(source: _WatchedSource, target: Sink, master: bytes | None) -> None:
    if master is None:
        raise Refused("This backup is locked. It opens with a password or the paper key.").because(
            Trouble.LOCKED
        )
    identity = x25519.Identity.from_str(backup_identity(master))
    try:
        pyrage.decrypt_io(source, target, [identity])
    except (pyrage.DecryptError, OSError) as fault:
        if source.fault is not None:
            raise source.fault from fault
        raise damaged() from fault


def _unpack(source: _WatchedSource, target: Sink, wrapping: Wrapping) -> None:
    digest, last = hashlib.sha256(wrapping.to_bytes()), b""
    while piece := source.read(_AT_ONCE):
        last += piece
        now, last = last[:-_DIGEST], last[-_DIGEST:]
        digest.update(now)
        target.write(now)
    if last != digest.digest():
        raise damaged()


def _foreign(magic: bytes) -> Refused:
    version = magic[len(_NEWER) :].rstrip(b"\n")
    if magic.startswith(_NEWER) and version.isdigit():
        return Refused(
            "This backup was made by a newer Amana. Install that version to restore it."
        ).because(Trouble.BACKUP_FOREIGN)
    return Refused("This file is not a backup of Amana.").because(Trouble.BACKUP_FOREIGN)


class _Pieces:
    """Reads from pieces that are made one after the other."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


class _WatchedSource:
    """Remembers what went wrong: age tells only that something did."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.fault: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._source.read(size)
        except BaseException as fault:
            self.fault = fault
            raise


class _WatchedSink:
    """The same for writing; keeps the digest of what passed when it is asked to."""

    def __init__(self, target: Sink, *, digest: bool) -> None:
        self._target = target
        self._digest = hashlib.sha256() if digest else None
        self.fault: BaseException | None = None

    def write(self, content: bytes) -> int:
        try:
            self._target.write(content)
        except BaseException as fault:
            self.fault = fault
            raise
        if self._digest is not None:
            self._digest.update(content)
        return len(content)

    def flush(self) -> None:
        """The file is flushed when it is whole."""

    def digest(self) -> bytes:
        return b"" if self._digest is None else self._digest.digest()


def wrapping_of(path: Path) -> Wrapping:
    """The beginning of a backup that lies at `path`. Raises Refused."""
    with path.open("rb") as file:
        return read_wrapping(file)
