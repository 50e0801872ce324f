"""Damage as it happens: a bit that flips, an end that is missing, a sector of nothing."""

from __future__ import annotations

from random import Random

_SECTOR = 512


def flipped(content: bytes, bit: int) -> bytes:
    """The content with one bit the other way round."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def flipped_anywhere(content: bytes, chance: Random) -> bytes:
    return flipped(content, chance.randrange(len(content) * 8))


def cut(content: bytes, chance: Random) -> bytes:
    """Only the beginning of it; sometimes nothing at all."""
    return content[: chance.randrange(len(content))]


def blanked(content: bytes, chance: Random) -> bytes:
    """One sector that came back as nothing, as from a worn stick."""
    at = chance.randrange(0, len(content), _SECTOR)
    hole = bytes(min(_SECTOR, len(content) - at))
    return content[:at] + hole + content[at + len(hole) :]


def swapped(content: bytes, chance: Random) -> bytes:
    """Two sectors in each other's place."""
    sectors = [content[at : at + _SECTOR] for at in range(0, len(content), _SECTOR)]
    one, two = chance.randrange(len(sectors)), chance.randrange(len(sectors))
    sectors[one], sectors[two] = sectors[two], sectors[one]
    return b"".join(sectors)


def longer(content: bytes, chance: Random) -> bytes:
    """With something after its end."""
    return content + chance.randbytes(chance.randrange(1, 64))


_WAYS = (*[flipped_anywhere] * 3, cut, cut, blanked, swapped, longer)


def damaged(content: bytes, chance: Random) -> bytes:
    """Any of these; mostly a flipped bit or a missing end."""
    while True:
        changed = chance.choice(_WAYS)(content, chance)
        if changed != content:
            return changed
