"""Connection files: what a desk is given and what it keeps, and that nothing else is taken."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyrage import x25519
from sqlalchemy import make_url

from inventory.domain.sentence import Refused
from inventory.storage.certificates import (
    checked_host,
    is_authority,
    make_authority,
    make_server,
    names_in,
)
from inventory.storage.derived_keys import backup_identity, backup_recipient, derive
from inventory.storage.key_place import is_server_file
from inventory.storage.paper_words import secret_of
from inventory.storage.server_file import (
    CONNECTION,
    MOST_BYTES,
    SERVER,
    ServerPlace,
    address_in,
    is_locked_file,
    keep_server,
    lock_connection,
    open_connection,
    server_in,
)

AUTHORITY = make_authority()
PLACE = ServerPlace(
    "192.168.1.5", 5432, "amana", "amana_desk_1", AUTHORITY.certificate.decode(), "s3cret-_x"
)
KEY = bytes(range(32))


def _opens(content: bytes, words: str, folder: Path) -> ServerPlace:
    path = folder / "a.amana-connection"
    path.write_bytes(content)
    return open_connection(path, words)


def test_a_connection_file_opens_with_its_words_and_no_others(tmp_path: Path) -> None:
    content, words = lock_connection(PLACE)
    assert _opens(content, " ".join(words.words), tmp_path) == PLACE
    assert _opens(content, " ".join(words.numbers), tmp_path) == PLACE
    _, others = lock_connection(PLACE)
    with pytest.raises(Refused, match="do not open"):
        _opens(content, " ".join(others.words), tmp_path)


def test_nothing_in_it_can_be_read(tmp_path: Path) -> None:
    content, words = lock_connection(PLACE)
    for secret in (PLACE.password, PLACE.host, PLACE.user, PLACE.database, "BEGIN CERT"):
        assert secret.encode() not in content
    assert PLACE.password not in repr(PLACE)
    assert words.words[0] not in repr(words)


def test_cuts_and_flipped_bits_are_noticed(tmp_path: Path) -> None:
    content, words = lock_connection(PLACE)
    said = " ".join(words.words)
    for place in range(0, len(content), 3):
        with pytest.raises(Refused):
            _opens(content[:place], said, tmp_path)
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        with pytest.raises(Refused):
            _opens(bytes(changed), said, tmp_path)


CONTENT, WORDS = lock_connection(PLACE)
SAID = " ".join(WORDS.words)
RECIPIENT = x25519.Recipient.from_str(backup_recipient(derive(secret_of(SAID), "connection")))
HOSTILE: list[Any] = [
    {"host": "a b"}, {"host": "-evil"}, {"host": "a'; --"}, {"host": "/tmp"}, {"host": ""},
    {"host": "x" * 300}, {"host": "a,b"}, {"host": None}, {"port": 0}, {"port": 70000},
    {"port": True}, {"port": "5432"}, {"port": 5432.0}, {"database": "a?host=evil"},
    {"database": "Ä"}, {"user": "a:b@c"}, {"user": "a/b"}, {"user": ""}, {"password": "a\nb"},
    {"password": ""}, {"password": "x" * 300}, {"password": 5}, {"authority": ""},
    {"authority": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"},
    {"authority": AUTHORITY.certificate.decode() * 2},
    {"authority": AUTHORITY.key.decode()}, {"sslmode": "disable"}, {"options": "-c role=x"},
]  # fmt: skip


@pytest.mark.parametrize("changes", HOSTILE, ids=lambda changes: str(HOSTILE.index(changes)))
def test_a_file_made_by_somebody_with_the_words_is_still_checked(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    plain = json.dumps({**asdict(PLACE), **changes}, sort_keys=True, separators=(",", ":"))
    with pytest.raises(Refused):
        _opens(CONNECTION + pyrage.encrypt(plain.encode(), [RECIPIENT]), SAID, tmp_path)


@given(st.binary(max_size=400), st.booleans())
@example(b"", True)
@example(b'{"host":' * 50, True)
@example(b"[" * 399, True)
def test_any_bytes_are_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, inside: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    whole = pyrage.encrypt(content, [RECIPIENT]) if inside else content
    with pytest.raises(Refused):
        _opens(CONNECTION + whole, SAID, folder)
    kept = folder / "any.server"
    kept.write_bytes(SERVER + content)
    for key in (KEY, None):
        with pytest.raises(Refused):
            server_in(kept, key)


@given(st.text(max_size=200))
def test_any_words_are_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    with pytest.raises(Refused):
        _opens(CONTENT, words, tmp_path_factory.getbasetemp())


@given(st.text(max_size=60))
def test_a_host_is_a_name_or_an_address(name: str) -> None:
    try:
        host = checked_host(name)
    except Refused:
        return
    assert host == checked_host(host)
    assert not set(host) & set(" /?@'\"\\,;#%")


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.amana-connection"
    with path.open("wb") as file:
        file.write(CONNECTION)
        file.truncate(10 * MOST_BYTES)
    with pytest.raises(Refused):
        open_connection(path, SAID)


def test_a_folder_or_nothing_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(Refused):
            open_connection(path, SAID)


def test_the_desk_keeps_it_under_its_key(tmp_path: Path) -> None:
    path = tmp_path / "amana.server"
    keep_server(path, PLACE, KEY)
    assert is_server_file(path)
    assert is_locked_file(path)
    assert PLACE.password.encode() not in path.read_bytes()
    assert server_in(path, KEY) == PLACE
    with pytest.raises(Refused, match="Sign in"):
        server_in(path, None)
    with pytest.raises(Refused, match="this key"):
        server_in(path, bytes(32))


def test_without_people_it_is_hidden_from_other_users(tmp_path: Path) -> None:
    path = tmp_path / "amana.server"
    keep_server(path, PLACE, None)
    assert not is_locked_file(path)
    assert server_in(path, None) == PLACE
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_the_address_demands_proof_of_the_server(tmp_path: Path) -> None:
    path = tmp_path / "amana.server"
    odd = replace(PLACE, password="p@ss/w?rd:#%", host="fd00::5")
    keep_server(path, odd, KEY)
    url = make_url(address_in(path, KEY))
    assert (url.password, url.host, url.query["sslmode"]) == (odd.password, odd.host, "verify-full")
    authority = Path(str(url.query["sslrootcert"]))
    authority.write_text("another one laid there")
    address_in(path, KEY)
    assert authority.read_bytes() == AUTHORITY.certificate


def test_a_file_is_told_by_its_name_and_never_opened(tmp_path: Path) -> None:
    assert not is_server_file(tmp_path / "amana.db")
    assert not is_server_file("postgresql+psycopg://host/amana.server")


def test_a_certificate_names_its_server() -> None:
    made = make_server(AUTHORITY, ["pharmacy.local", "192.168.1.5", "fd00::5"])
    assert names_in(made.certificate) == ["pharmacy.local", "192.168.1.5", "fd00::5"]
    assert not is_authority(made.certificate)
    assert is_authority(AUTHORITY.certificate)
    for words in (repr(made), repr(AUTHORITY)):
        assert "PRIVATE" not in words


def test_only_its_own_secret_opens_it() -> None:
    secret = secret_of(SAID)
    assert backup_identity(derive(secret, "connection")) != backup_identity(secret.ljust(32))
