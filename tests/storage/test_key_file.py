"""The key file: who gets in, who does not, and that no other file is ever taken for one."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from argon2.exceptions import HashingError
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import x25519

from inventory.domain.sentence import Refused
from inventory.storage import stretching
from inventory.storage.key_file import (
    KeyFile,
    KeyFileDamaged,
    KeyFileLost,
    WrongKey,
    backup_identity,
    backup_recipient,
    copy_path,
    database_key,
    key_path,
    new_keys,
)
from inventory.storage.paper_words import PaperKey, secret_of
from inventory.storage.stretching import Cost
from tests.house.tree import ROOT

RANA, SAMI = "01" * 16, "02" * 16
OFFICE = x25519.Identity.generate()
PASSWORD = "a quiet long password"
CHEAP = Cost(8, 1, 1)


def made() -> tuple[KeyFile, bytes, PaperKey]:
    keys, master = new_keys()
    keys = keys.with_password(master, RANA, "Rana Qadir", PASSWORD, CHEAP)
    keys = keys.with_password(master, SAMI, "سامي", "كلمة سر طويلة", CHEAP)
    keys, paper = keys.with_paper(master)
    return keys.with_office(master, str(OFFICE.to_public())), master, paper


@pytest.fixture
def everything() -> tuple[KeyFile, bytes, PaperKey]:
    return made()


def test_every_way_opens_the_same_key(everything: tuple[KeyFile, bytes, PaperKey]) -> None:
    keys, master, paper = everything
    read = KeyFile.from_bytes(keys.to_bytes())
    assert read == keys
    for unlocked, uid in (
        (read.unlock("rana  QADIR", PASSWORD), RANA),
        (read.unlock("سامي", "كلمة سر طويلة"), SAMI),
        (read.unlock_paper(" ".join(paper.words)), ""),
        (read.unlock_office(str(OFFICE)), ""),
    ):
        assert (unlocked.master, unlocked.person_uid) == (master, uid)


@pytest.mark.parametrize(
    ("name", "password"),
    [("Rana Qadir", PASSWORD + " "), ("Rana Qadir", PASSWORD.upper()), ("Rana Qadir", ""),
     ("Rana", PASSWORD), ("سامي", PASSWORD), ("", PASSWORD), ("Rana\x00Qadir", "\ud800")],
)  # fmt: skip
def test_nothing_else_opens_it(
    everything: tuple[KeyFile, bytes, PaperKey], name: str, password: str
) -> None:
    with pytest.raises(WrongKey, match="wrong"):
        everything[0].unlock(name, password)


def test_other_papers_and_offices_open_nothing(
    everything: tuple[KeyFile, bytes, PaperKey],
) -> None:
    keys, _, _ = everything
    _, _, other = made()
    with pytest.raises(WrongKey):
        keys.unlock_paper(other.qr_text)
    with pytest.raises(WrongKey):
        keys.unlock_office(str(x25519.Identity.generate()))
    for nonsense in ("", "AGE-SECRET-KEY-1", "ä" * 50, str(OFFICE.to_public())):
        with pytest.raises(Refused):
            keys.unlock_office(nonsense)
    with pytest.raises(Refused):
        keys.with_office(bytes(32), "age1nonsense")


def test_two_spellings_of_the_same_letters_are_one_password() -> None:
    keys, master = new_keys()
    keys = keys.with_password(master, RANA, "Rana", "mot de passe \u00e9t\u00e9")
    assert keys.unlock("Rana", "mot de passe e\u0301te\u0301").master == master


def test_a_new_password_and_one_that_left(everything: tuple[KeyFile, bytes, PaperKey]) -> None:
    keys, master, _ = everything
    both = keys.with_password(master, RANA, "Rana Qadir", "another password")
    assert both.unlock("Rana Qadir", PASSWORD).master == master
    assert len(both.slots_of(master, RANA)) == 2
    new = both.only(master, RANA, both.passwords[-1])
    assert new.unlock("Rana Qadir", "another password").master == master
    with pytest.raises(WrongKey):
        new.unlock("Rana Qadir", PASSWORD)
    gone = new.without_person(master, RANA)
    with pytest.raises(WrongKey):
        gone.unlock("Rana Qadir", "another password")
    assert gone.unlock("سامي", "كلمة سر طويلة").master == master


def test_the_paper_key_before_works_until_the_new_one_is_printed(
    everything: tuple[KeyFile, bytes, PaperKey],
) -> None:
    keys, master, first = everything
    both, second = keys.with_paper(master)
    assert both.unlock_paper(first.qr_text).master == both.unlock_paper(second.qr_text).master
    printed = both.only_newest_paper(master)
    assert printed.unlock_paper(second.qr_text).master == master
    with pytest.raises(WrongKey):
        printed.unlock_paper(first.qr_text)


def test_no_name_password_or_key_can_be_read(
    everything: tuple[KeyFile, bytes, PaperKey],
) -> None:
    keys, master, paper = everything
    content = keys.to_bytes().lower()
    shown = repr((keys, keys.unlock("Rana Qadir", PASSWORD), paper)).lower()
    secrets = ["rana", "qadir", "سامي", PASSWORD, master.hex(), database_key(master).hex(),
               secret_of(paper.qr_text).hex(), " ".join(paper.words[:2])]  # fmt: skip
    for secret in secrets:
        assert secret.encode() not in content
        assert secret not in shown
    assert master not in content


def test_keys_for_different_purposes_differ(everything: tuple[KeyFile, bytes, PaperKey]) -> None:
    _, master, _ = everything
    secret = backup_identity(master)
    assert str(x25519.Identity.from_str(secret)) == secret
    assert str(x25519.Identity.from_str(secret).to_public()) == backup_recipient(master)
    keys = [master.hex(), database_key(master).hex(), secret, backup_recipient(master)]
    assert all(a not in b and b not in a for a, b in combinations(keys, 2))
    assert database_key(made()[1]) != database_key(master)


WHOLE, _MASTER, _PAPER = made()
CONTENT = WHOLE.to_bytes()
_UNDERNEATH = json.loads(CONTENT.split(b"\n")[1])


@settings(max_examples=300)
@given(st.data())
def test_every_damage_is_refused_in_a_sentence(data: st.DataObject) -> None:
    damaged = bytearray(CONTENT)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        match data.draw(st.sampled_from(("flip", "cut", "add", "drop"))):
            case "flip":
                damaged[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del damaged[place:]
            case "add":
                damaged.insert(place, data.draw(st.integers(0, 255)))
            case _:
                del damaged[place : place + data.draw(st.integers(1, 40))]
        if not damaged:
            break
    if bytes(damaged) != CONTENT:
        with pytest.raises(KeyFileDamaged):
            KeyFile.from_bytes(bytes(damaged))


def sealed_again(record: Any) -> bytes:
    """What somebody writes who knows the format."""
    body = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
    content = b"AMANA-KEY 1\n" + body + b"\n"
    return content + sha256(content).hexdigest().encode() + b"\n"


_ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 300), st.integers(2**22), st.floats(),
    st.text(max_size=70),
    st.lists(st.none(), max_size=2), st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)  # fmt: skip


@settings(max_examples=60)
@given(st.data())
def test_a_file_written_by_somebody_else_opens_nothing(data: st.DataObject) -> None:
    record = json.loads(json.dumps(_UNDERNEATH))
    target = data.draw(st.sampled_from(
        [record, record["passwords"][0], record["papers"][0], record["office"]]
    ))  # fmt: skip
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(_ODD)
    content = sealed_again(record)
    if content == CONTENT:
        return
    try:
        read = KeyFile.from_bytes(content)
    except KeyFileDamaged:
        return
    for way in (
        lambda: read.unlock("Rana Qadir", PASSWORD),
        lambda: read.unlock("سامي", "كلمة سر طويلة"),
        lambda: read.unlock_paper(_PAPER.qr_text),
        lambda: read.unlock_office(str(OFFICE)),
    ):
        with pytest.raises((WrongKey, KeyFileDamaged)):
            way()


def test_a_slot_of_another_file_is_not_taken(
    everything: tuple[KeyFile, bytes, PaperKey],
) -> None:
    mine = json.loads(CONTENT.split(b"\n")[1])
    theirs = json.loads(everything[0].to_bytes().split(b"\n")[1])
    mine["passwords"] = theirs["passwords"]
    with pytest.raises(WrongKey):
        KeyFile.from_bytes(sealed_again(mine)).unlock("Rana Qadir", PASSWORD)


def test_an_office_that_somebody_put_in_is_noticed() -> None:
    record = json.loads(json.dumps(_UNDERNEATH))
    record["office"]["recipient"] = str(x25519.Identity.generate().to_public())
    with pytest.raises(KeyFileDamaged, match="Somebody changed"):
        KeyFile.from_bytes(sealed_again(record)).unlock("Rana Qadir", PASSWORD)


@pytest.mark.parametrize("content", [b"", b"AMANA-KEY 1\n", b"\x00" * 700, b"[" * 100_000,
                                     b"AMANA-KEY 1\n" + b"[" * 100_000 + b"\n\n"])  # fmt: skip
def test_nonsense_is_refused(content: bytes) -> None:
    with pytest.raises(KeyFileDamaged, match="damaged"):
        KeyFile.from_bytes(content)


def test_a_newer_format_is_told() -> None:
    with pytest.raises(KeyFileDamaged, match="newer"):
        KeyFile.from_bytes(CONTENT.replace(b"AMANA-KEY 1", b"AMANA-KEY 2", 1))


@pytest.mark.parametrize(
    "asked",
    [(65535, 3, 4), (65536, 2, 4), (65536, 3, 3), (2**21, 3, 4), (65536, 1000, 4),
     (65536, 3, 64), (2**20, 48, 4), (-1, 3, 4)],
)  # fmt: skip
def test_a_cost_below_the_floor_or_absurd_is_refused(
    monkeypatch: pytest.MonkeyPatch, asked: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(stretching, "FLOOR", Cost(65536, 3, 4))
    record = json.loads(json.dumps(_UNDERNEATH))
    for slot in record["passwords"]:
        slot["memory"], slot["passes"], slot["lanes"] = 65536, 3, 4
    KeyFile.from_bytes(sealed_again(record))
    slot = record["passwords"][0]
    slot["memory"], slot["passes"], slot["lanes"] = asked
    with pytest.raises(KeyFileDamaged):
        KeyFile.from_bytes(sealed_again(record))


def test_the_program_never_goes_below_the_floor() -> None:
    """In a process of its own: the tests around this one pay less."""
    script = """
from inventory.storage.stretching import FLOOR, Cost, bearable, calibrated
assert FLOOR == Cost(65536, 3, 4)
assert calibrated(lambda cost: 9.0) == FLOOR
fast = calibrated(lambda cost: cost.memory * cost.passes / 65536 / 1000)
assert bearable(fast) and fast.memory >= 65536 and fast.passes > 3, fast
middling = calibrated(lambda cost: cost.memory * cost.passes / 65536 / 30)
assert bearable(middling) and 0.5 <= middling.memory * middling.passes / 65536 / 30 <= 1, middling
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_a_computer_with_too_little_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(stretching, "hash_secret_raw", none_left)
    with pytest.raises(Refused, match="not enough memory"):
        WHOLE.unlock("Rana Qadir", PASSWORD)


def test_a_name_nobody_has_takes_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = []
    real = stretching.hash_secret_raw
    monkeypatch.setattr(stretching, "hash_secret_raw", lambda *a: spent.append(1) or real(*a))
    for name in ("Rana Qadir", *(f"Nobody {number}" for number in range(5))):
        spent.clear()
        with pytest.raises(WrongKey):
            WHOLE.unlock(name, "guess")
        assert len(spent) >= 1


def test_it_stands_twice_and_either_is_enough(tmp_path: Path) -> None:
    path = key_path(tmp_path / "clinic.db")
    WHOLE.write(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clinic.db.key", "clinic.db.key.copy"]
    assert WHOLE.stands_twice(path)
    assert all(p.stat().st_mode & 0o077 == 0 for p in tmp_path.iterdir())
    path.write_bytes(CONTENT[:-3])
    assert KeyFile.read(path) == WHOLE
    assert not WHOLE.stands_twice(path)
    path.unlink()
    assert KeyFile.read(path) == WHOLE
    copy_path(path).write_bytes(b"")
    with pytest.raises(KeyFileDamaged, match="backup"):
        KeyFile.read(path)
    copy_path(path).unlink()
    with pytest.raises(KeyFileLost, match="Every backup"):
        KeyFile.read(path)


def test_a_key_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        WHOLE.write(tmp_path / "nowhere" / "a.key")
