"""Backups that were damaged by chance or made by a stranger; for tests of any size."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from random import Random

import zstandard

from inventory.domain.sentence import Refused
from inventory.storage.backup_file import Wrapping, read_body, read_wrapping, write_body


def accepts(content: bytes, master: bytes | None) -> bool:
    """Whether these bytes pass as a backup. Anything but a refusal is a fault of ours."""
    file = io.BytesIO(content)
    try:
        wrapping = read_wrapping(file)
        read_body(file, wrapping, master, lambda header: None, lambda part, rows: None)
    except Refused:
        return False
    return True


def cuts(content: bytes, step: int = 1) -> Iterator[bytes]:
    """Cut short at every boundary."""
    return (content[:length] for length in range(0, len(content), step))


def flips(content: bytes, random: Random, many: int) -> Iterator[bytes]:
    """One bit turned over, anywhere."""
    for _ in range(many):
        bit = random.randrange(len(content) * 8)
        turned = bytearray(content)
        turned[bit // 8] ^= 1 << bit % 8
        yield bytes(turned)


def mixes(content: bytes, random: Random, many: int) -> Iterator[bytes]:
    """Parts left out, doubled, moved, added."""
    for _ in range(many):
        a, b = sorted(random.sample(range(len(content) + 1), 2))
        part, rest = content[a:b], content[:a] + content[b:]
        place = random.randrange(len(rest) + 1)
        yield from (
            rest,
            content[:b] + part + content[b:],
            rest[:place] + part + rest[place:],
            content + part,
            content[:a] + random.randbytes(b - a) + content[b:],
        )


def accepted_damage(content: bytes, master: bytes | None, many: int, seed: int) -> int:
    """How many damaged backups passed, of about six times `many`: 0, or somebody loses data."""
    random = Random(seed)
    step = max(1, len(content) // many)
    tries: Iterable[bytes]
    passed = 0
    for tries in (cuts(content, step), flips(content, random, many), mixes(content, random, many)):
        passed += sum(one != content and accepts(one, master) for one in tries)
    return passed


def plain(lines: Iterable[bytes], *, wrapping: Wrapping | None = None) -> bytes:
    """A plain backup with any text inside, sealed as a real one is."""
    target = io.BytesIO()
    write_body(target, wrapping or Wrapping(False, b""), iter(lines), None)
    return target.getvalue()


def sealed(packed: bytes) -> bytes:
    """A plain backup with anything in the place of the packed stream."""
    start = Wrapping(False, b"").to_bytes() + packed
    return start + hashlib.sha256(start).digest()


def packed(text: bytes, **how: int) -> bytes:
    return zstandard.ZstdCompressor(**how).compress(text)


def line(content: object) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode() + b"\n"
