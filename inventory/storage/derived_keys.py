"""What is made of the one random key: the key of the database, and the key of its backups."""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER_BYTES: Final = 32
_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def derive(secret: bytes, purpose: str, salt: bytes | None = None, size: int = 32) -> bytes:
    """A key for one purpose; keys for other purposes tell nothing about it."""
    return HKDF(SHA256(), size, salt, f"amana {purpose} 1".encode()).derive(secret)


def database_key(master: bytes) -> bytes:
    """The raw key of SQLCipher."""
    return derive(master, "database")


def backup_identity(master: bytes) -> str:
    """What opens the backups, as the age tools write it: a secret."""
    return _bech32("age-secret-key-", derive(master, "backup")).upper()


def backup_recipient(master: bytes) -> str:
    """What backups are locked to; it opens nothing."""
    from pyrage import x25519

    return str(x25519.Identity.from_str(backup_identity(master)).to_public())


def _bech32(prefix: str, content: bytes) -> str:
    """The encoding of BIP 173, which age uses for its keys."""
    number, size = int.from_bytes(content, "big"), len(content) * 8
    padding = -size % 5
    number, groups = number << padding, (size + padding) // 5
    values = [number >> 5 * place & 31 for place in reversed(range(groups))]
    spread = [*(ord(c) >> 5 for c in prefix), 0, *(ord(c) & 31 for c in prefix)]
    check = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_LETTERS[value] for value in values)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            check ^= factor if top >> place & 1 else 0
    return check
