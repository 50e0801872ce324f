"""Is the work that waits beside a file whole? Looked at before SQLite takes it in.

After a crash SQLite takes what waits in the `-wal` up to the first frame that does not fit, and
drops the rest in silence. A power cut can only spoil what was never confirmed: one change at the
end. Where confirmed changes follow a frame that does not fit, the disk or a person spoiled it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble

_MAGIC = 0x377F0682
_VERSION = 3_007_000
_HEADER, _FRAME, _SMALLEST_PAGE = 32, 24, 512
_TRIES = 3
_MOST = 64 * 1024 * 1024

Sums = tuple[int, int]


def check_unfinished(path: Path) -> None:
    """Raises Refused when confirmed work beside the file is damaged."""
    if is_spoiled(path.with_name(f"{path.name}-wal")):
        raise Refused(
            "The last entries of {file} wait beside it and are damaged. Nothing was written; "
            "restore the last backup.",
            file=path.name,
        ).because(Trouble.DAMAGED)


def is_spoiled(wal: Path) -> bool:
    """Whether something confirmed in it can no longer be read.

    Another program may be writing it just now: then it is looked at again.
    """
    for _ in range(_TRIES):
        try:
            if wal.stat().st_size > _MOST:  # an interrupted import; reading it would take long
                return False
            content = wal.read_bytes()
            with wal.open("rb") as file:
                header = file.read(_HEADER)
        except FileNotFoundError:
            return False
        if content[:_HEADER] == header:
            # A full disk leaves less than a frame, and nothing confirmed in it.
            return len(content) >= _HEADER + _FRAME + _SMALLEST_PAGE and _spoiled(content)
    return False


@dataclass(frozen=True, slots=True)
class _Log:
    """What the header says of the frames that follow it."""

    big_endian: bool
    page: int
    salts: bytes
    sums: Sums

    def add(self, sums: Sums, part: bytes) -> Sums:
        """The running sums of SQLite over a part, whose length is a multiple of eight."""
        words = struct.unpack(f"{'>' if self.big_endian else '<'}{len(part) // 4}I", part)
        first, second = sums
        for one, two in zip(words[::2], words[1::2], strict=True):
            first = (first + one + second) & 0xFFFFFFFF
            second = (second + two + first) & 0xFFFFFFFF
        return first, second


def _spoiled(content: bytes) -> bool:
    log = _read_header(content[:_HEADER])
    # The header was on the disk before the first frame was written.
    return log is None or _confirmed_after_a_break(content, log)


def _read_header(header: bytes) -> _Log | None:
    magic, version, page = struct.unpack(">III", header[:12])
    if magic & ~1 != _MAGIC or version != _VERSION:
        return None
    log = _Log(bool(magic & 1), page, header[16:24], struct.unpack(">II", header[24:32]))
    whole = log.add((0, 0), header[:24]) == log.sums
    return log if whole and 512 <= page <= 65_536 and page % 8 == 0 else None


def _confirmed_after_a_break(content: bytes, log: _Log) -> bool:
    """Whether two changes in a row are confirmed in frames behind one that does not fit.

    Frames left over from a change that failed long ago fit nothing before them, and are one.
    """
    sums, broken, confirmed = log.sums, False, 0
    for at in range(_HEADER, len(content) - _FRAME - log.page + 1, _FRAME + log.page):
        head = content[at : at + _FRAME]
        if head[8:16] != log.salts:
            broken, confirmed = True, 0
            continue
        stored: Sums = struct.unpack(">II", head[16:24])
        page = content[at + _FRAME : at + _FRAME + log.page]
        if log.add(log.add(sums, head[:8]), page) != stored:
            broken, confirmed = True, 0
        sums = stored
        confirmed += any(head[4:8])
        if broken and confirmed > 1:
            return True
    return False
