"""What recorder.c wrote down, read back."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path, PurePosixPath
from typing import Any

_HEAD = struct.Struct("=IIQQQ")


class Op(IntEnum):
    """As in recorder.c."""

    MADE = 1
    WRITTEN = 2
    CUT = 3
    SYNCED = 4
    FOLDER_SYNCED = 5
    RENAMED = 6
    REMOVED = 7
    FOLDER_MADE = 8
    MARKED = 9
    FLUSH_FAILED = 10
    LINKED = 11


@dataclass(frozen=True, slots=True)
class Record:
    """One change. `offset` is the new length of a cut; `data` the new name of a rename."""

    op: Op
    path: PurePosixPath
    inode: int
    offset: int
    data: bytes

    @property
    def renamed_to(self) -> PurePosixPath:
        return PurePosixPath(self.data.decode())

    @property
    def said(self) -> dict[str, Any]:
        """What a mark says."""
        words: dict[str, Any] = json.loads(self.data)
        return words


def packed(op: Op, path: str, inode: int = 0, offset: int = 0, data: bytes = b"") -> bytes:
    name = path.encode()
    return _HEAD.pack(op, len(name), inode, offset, len(data)) + name + data


def read_log(path: Path) -> Iterator[Record]:
    """The records of a log, in the order in which they happened."""
    log, at = path.read_bytes(), 0
    while at < len(log):
        op, name_length, inode, offset, length = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        name = log[at : at + name_length].decode()
        data = log[at + name_length : at + name_length + length]
        at += name_length + length
        yield Record(Op(op), PurePosixPath(name), inode, offset, data)
