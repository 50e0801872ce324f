"""How a desk finds its server: the connection file it is given, and the file it keeps.

The connection file is carried on a stick, locked with twelve words that are shown once. The desk
keeps what is in it under its own key, which people of the clinic open with their password, as they
would open a database on this computer. Without people it is only hidden from other users.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pyrage import x25519

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage.certificates import checked_host, is_authority
from inventory.storage.derived_keys import backup_identity, backup_recipient, derive
from inventory.storage.paper_words import BITS, PaperKey, paper_key, secret_of
from inventory.storage.server_roles import checked_name
from inventory.storage.whole_file import write_whole

CONNECTION: Final = b"AMANA-CONNECTION 1\n"
SERVER: Final = b"AMANA-SERVER 1\n"
MOST_BYTES: Final = 64 * 1024
_NONCE: Final = 12
_LOCKED, _OPEN = b"locked\n", b"open\n"
_LIMITS = {"host": 253, "database": 31, "user": 100, "password": 200, "authority": 8192}


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """Everything a desk must know of its server, and one secret."""

    host: str
    port: int
    database: str
    user: str
    authority: str
    password: str = field(repr=False)

    def address(self, authority: Path) -> str:
        """For SQLAlchemy; the server must prove itself with a certificate of that authority."""
        named = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        asked = urlencode({"sslmode": "verify-full", "sslrootcert": str(authority)})
        return f"postgresql+psycopg://{named}@{host}:{self.port}/{self.database}?{asked}"


def lock_connection(place: ServerPlace) -> tuple[bytes, PaperKey]:
    """The content of a connection file, and the words that open it."""
    secret = os.urandom(BITS // 8)
    recipient = x25519.Recipient.from_str(backup_recipient(_lock_of(secret)))
    return CONNECTION + pyrage.encrypt(_written(place), [recipient]), paper_key(secret)


def open_connection(path: Path, words: str) -> ServerPlace:
    """Raises Refused when it is no connection file, is damaged, or has other words."""
    content = _read(path)
    if not content.startswith(CONNECTION):
        raise _foreign(path)
    identity = x25519.Identity.from_str(backup_identity(_lock_of(secret_of(words))))
    try:
        plain = bytes(pyrage.decrypt(content[len(CONNECTION) :], [identity]))
    except pyrage.DecryptError as fault:
        raise Refused(
            "These words do not open {file}, or the file is damaged. Nothing was changed.",
            file=path.name,
        ) from fault
    return _place_in(plain, path)


def keep_server(path: Path, place: ServerPlace, key: bytes | None) -> None:
    """Write the desk's own file, locked with `key`. Raises OSError."""
    if key is None:
        write_whole(path, SERVER + _OPEN + _written(place))
        return
    nonce = os.urandom(_NONCE)
    sealed = _cipher(key).encrypt(nonce, _written(place), SERVER)
    write_whole(path, SERVER + _LOCKED + nonce + sealed)


def server_in(path: Path, key: bytes | None) -> ServerPlace:
    """What the desk's own file says. Raises Refused."""
    content = _read(path)
    if not content.startswith(SERVER):
        raise _foreign(path)
    body = content[len(SERVER) :]
    if body.startswith(_OPEN):
        return _place_in(body[len(_OPEN) :], path)
    if key is None:
        raise Refused("{file} is locked with a key. Sign in to open it.",
                      file=path.name).because(Trouble.LOCKED)  # fmt: skip
    sealed = body[len(_LOCKED) :]
    try:
        plain = _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], SERVER)
    except (InvalidTag, ValueError) as fault:
        raise Refused("{file} cannot be opened with this key. Nothing was changed.",
                      file=path.name).because(Trouble.WRONG_KEY) from fault  # fmt: skip
    return _place_in(plain, path)


def is_locked_file(path: Path) -> bool:
    """Whether the desk's own file keeps the server's password under a key."""
    return not _read(path).startswith(SERVER + _OPEN)


def address_in(path: Path, key: bytes | None) -> str:
    """The address of the server. The authority is laid beside the file, as its driver wants it."""
    place = server_in(path, key)
    beside = path.with_name(f"{path.name}.pem")
    wanted = place.authority.encode()
    try:
        if not beside.is_file() or beside.read_bytes() != wanted:
            write_whole(beside, wanted)
    except OSError as fault:
        raise Refused("{file} cannot be opened in this folder. Nothing was changed.",
                      file=path.name).because(Trouble.FOLDER_SHUT) from fault  # fmt: skip
    return place.address(beside)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Refused("{file} cannot be read: {reason}.", file=path.name,
                      reason=fault.strerror or str(fault)) from fault  # fmt: skip
    if len(content) > MOST_BYTES:
        raise _foreign(path)
    return content


def _written(place: ServerPlace) -> bytes:
    return json.dumps(asdict(place), sort_keys=True, separators=(",", ":")).encode("ascii")


def _place_in(plain: bytes, path: Path) -> ServerPlace:
    """Only exactly what `_written` writes is taken."""
    try:
        place = _checked(json.loads(plain))
    except (ValueError, RecursionError, TypeError, Refused) as fault:
        raise _foreign(path) from fault
    if _written(place) != plain:
        raise _foreign(path)
    return place


def _checked(record: Any) -> ServerPlace:
    """Raises ValueError, TypeError or Refused for what no server of ours would say."""
    if not isinstance(record, dict):
        raise ValueError
    place = ServerPlace(**record)
    for name, most in _LIMITS.items():
        value = getattr(place, name)
        if not isinstance(value, str) or not 0 < len(value) <= most or not value.isascii():
            raise ValueError
    if type(place.port) is not int or not 0 < place.port < 65536:
        raise ValueError
    if checked_host(place.host) != place.host or not is_authority(place.authority.encode()):
        raise ValueError
    checked_name(place.database)
    if not all(letter.isalnum() or letter == "_" for letter in place.user):
        raise ValueError
    if not place.password.isprintable():
        raise ValueError
    return place


def _foreign(path: Path) -> Refused:
    return Refused("{file} is not a connection file of Amana, or it is damaged. "
                   "Nothing was changed.", file=path.name)  # fmt: skip


def _lock_of(secret: bytes) -> bytes:
    return derive(secret, "connection")


def _cipher(key: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derive(key, "server file"))
