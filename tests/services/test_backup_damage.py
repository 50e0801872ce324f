"""No damaged, shortened or made-up backup is ever accepted, and none costs more than its size."""

from __future__ import annotations

import hmac
import io
import json
import resource
from collections.abc import Iterator
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.services.backing_up import back_up
from inventory.storage import backup_format
from inventory.storage.backup_file import MAGIC, Wrapping, proof_key, write_body
from inventory.storage.backup_format import Head, Header, Part, lines
from inventory.storage.key_file import new_keys
from tests.ready_clinic import ReadyClinic
from tests.services.backup_damage import (
    accepted_damage,
    accepts,
    cuts,
    line,
    packed,
    plain,
    sealed,
)

KEYS, MASTER = new_keys()
ROWS = [(number, f"Pharmacy {number}", bytes([number] * 4), None) for number in range(20)]


def header(**more: Any) -> Header:
    part = Part("place", ("id", "name", "seal", "note"), frozenset({"seal"}), len(ROWS))
    given: dict[str, Any] = {
        "schema": "0002", "made_at": 1, "day": "2026-11-21",
        "wrapping": Wrapping(False, b"").digest(), "parts": (part,),
        "heads": (Head("aa", "bb", 3, b"\x01" * 32, True),),
    }  # fmt: skip
    return Header(**{**given, **more})


def text(**more: Any) -> list[bytes]:
    return list(lines(header(**more), lambda part: ROWS, b"plain"))


@pytest.fixture(scope="module")
def locked() -> bytes:
    target, wrapping = io.BytesIO(), Wrapping(True, KEYS.to_bytes())
    body = lines(header(wrapping=wrapping.digest()), lambda part: ROWS, proof_key(MASTER))
    write_body(target, wrapping, iter(body), MASTER)
    return target.getvalue()


def test_what_was_written_is_accepted(locked: bytes) -> None:
    assert accepts(locked, MASTER)
    assert accepts(plain(text()), None)


@pytest.mark.parametrize("kind", ["locked", "plain"])
def test_cut_short_anywhere(locked: bytes, kind: str) -> None:
    content, master = (locked, MASTER) if kind == "locked" else (plain(text()), None)
    assert not [len(one) for one in cuts(content) if accepts(one, master)]


@pytest.mark.parametrize("kind", ["locked", "plain"])
def test_turned_and_mixed(locked: bytes, kind: str) -> None:
    content, master = (locked, MASTER) if kind == "locked" else (plain(text()), None)
    assert accepted_damage(content, master, 300, seed=7) == 0


def test_a_real_backup(file_clinic: ReadyClinic, tmp_path: Any) -> None:
    file_clinic.receive("AMOX", 500)
    made = back_up(file_clinic.database, MASTER, KEYS.to_bytes(), tmp_path, file_clinic.now,
                   file_clinic.today, state=tmp_path / "state")  # fmt: skip
    content = made.path.read_bytes()
    assert accepts(content, MASTER)
    assert accepted_damage(content, MASTER, 60, seed=11) == 0


def test_another_key_file_in_front_is_noticed(locked: bytes) -> None:
    """Nobody can put slots of an own in front of somebody's backup."""
    own = Wrapping(True, new_keys()[0].to_bytes()).to_bytes()
    assert not accepts(own + locked[len(Wrapping(True, KEYS.to_bytes()).to_bytes()) :], MASTER)


def test_nobody_without_the_key_can_make_one() -> None:
    """Who knows only where it is locked to has no proof."""
    target, wrapping = io.BytesIO(), Wrapping(True, KEYS.to_bytes())
    body = lines(header(wrapping=wrapping.digest()), lambda part: ROWS, b"plain")
    write_body(target, wrapping, iter(body), MASTER)
    assert not accepts(target.getvalue(), MASTER)


def end(so_far: list[bytes], rows: int) -> bytes:
    return line({"rows": rows, "proof": hmac.digest(b"plain", b"".join(so_far), "sha256").hex()})


def changed(**more: Any) -> bytes:
    """The line of a header in which something is not as it should be."""
    content = json.loads(text()[0])
    content.update(more)
    return line(content)


def parts(*, table: Any = "place", columns: Any = ("id", "name", "seal", "note"),
          in_bytes: Any = ("seal",), rows: Any = 20) -> list[Any]:  # fmt: skip
    return [[table, list(columns), list(in_bytes), rows]]


DEEP = b"[" * 200_000 + b"]" * 200_000 + b"\n"


@pytest.mark.parametrize(
    "first",
    [
        b"\n", b"null\n", b"[]\n", b"{}\n", b"{\n", b"\xff\xfe\n", b"NaN\n", DEEP,
        b'{"schema":' + b"[" * 100_000 + b"\n",
        changed(more=1), changed(schema=2), changed(schema="two"), changed(schema="00021"),
        changed(made_at=-1), changed(made_at=1.5), changed(made_at=True), changed(made_at=10**30),
        changed(day="21 November"), changed(day="2026-11-21\n"), changed(wrapping="zz"),
        changed(wrapping=""), changed(parts=parts(table='place"; DROP TABLE place')),
        changed(parts=parts(table="../place")), changed(parts=parts(rows=10**12)),
        changed(parts=parts(rows=-1)), changed(parts=parts(rows="20")), changed(parts=parts() * 2),
        changed(parts=parts() * 5000), changed(parts=[[]]), changed(parts=7), changed(parts=None),
        changed(parts=parts(columns=())), changed(parts=parts(columns=("id", "id", "seal", "a"))),
        changed(parts=parts(in_bytes=("other",))), changed(parts=parts(columns=[["id"]])),
        changed(heads=[["aa", "bb", 3]]), changed(heads=[["aa", "bb", 3, "0", 1]]),
        changed(heads=[["é", "bb", 3, "00", 1]]), changed(heads=[[]] * 20_000), changed(heads={}),
        changed(parts=[["place", "ab", [], 0]]), changed(parts=[{"place": 1}]),
    ],
)  # fmt: skip
def test_no_made_up_header_passes(first: bytes) -> None:
    rest = text()[1:-1]
    assert not accepts(plain([first, *rest, end([first, *rest], 20)]), None)


ROW = [1, "name", "00", None]


@pytest.mark.parametrize(
    "body",
    [
        [], [line(["place", [ROW] * 19])], [line(["place", [ROW] * 21])],
        [line(["item", [ROW] * 20])], [line(["place", []]), line(["place", [ROW] * 20])],
        [line(["place", [ROW] * 20]), line(["place", [ROW]])], [line([["place"], [ROW] * 20])],
        [line(["place", [ROW[:3]] * 20])], [line(["place", [[*ROW, 1]] * 20])],
        [line(["place", [[1.5, "a", "00", None]] * 20])],
        [line(["place", [[True, "a", "00", None]] * 20])],
        [line(["place", [[2**63, "a", "00", None]] * 20])],
        [line(["place", [[10**4000, "a", "00", None]] * 20])],
        [b'["place",[[1' + b"0" * 5000 + b',"a","00",null]]]\n'],
        [line(["place", [[1, "a", "0", None]] * 20])],
        [line(["place", [[1, "a", "ZZ", None]] * 20])],
        [line(["place", [[1, "a", 7, None]] * 20])],
        [line(["place", [[[1], "a", "00", None]] * 20])],
        [line(["place", [[{"a": 1}, "a", "00", None]] * 20])], [line("place")], [line(7)], [DEEP],
        [line(["place", "rows"])], [line(["place", [ROW] * 20, 1])],
    ],
)  # fmt: skip
def test_no_made_up_rows_pass(body: list[bytes]) -> None:
    so_far = [text()[0], *body]
    assert not accepts(plain([*so_far, end(so_far, 20)]), None)


def test_nothing_may_follow_or_be_left_out() -> None:
    whole = text()
    for wrong in (
        whole[:-1], [*whole, b"\n"], [*whole, whole[-1]], [*whole[:-1], line({"rows": 20})],
        [*whole[:-1], line({"rows": 20, "proof": "é" * 64})], [*whole[:-1], end(whole[:-1], 21)],
        [whole[-1]], [whole[0], *whole], [*whole, b"more"], [whole[0], whole[-1], *whole[1:]],
        [*whole[:-1], line({"rows": 20, "proof": 7})],
    ):  # fmt: skip
        assert not accepts(plain(wrong), None)


def test_made_up_packing() -> None:
    body = b"".join(text())
    assert accepts(sealed(packed(body)), None)
    for wrong in (
        b"", b"not packed", packed(body) + packed(b""), packed(body) + packed(b"\n"),
        packed(body) + b"rubbish", packed(body)[:-1], body,
    ):  # fmt: skip
        assert not accepts(sealed(wrong), None) or wrong == packed(body) + packed(b"")


def test_a_bomb_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand times its size, in one line or in many; refused before it is unpacked."""

    def pieces(piece: bytes, many: int) -> Iterator[bytes]:
        yield text()[0]
        for _ in range(many):
            yield piece

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert not accepts(plain(pieces(b"0" * 1_000_000, 300)), None)
    empty = line(["place", [ROW]])
    assert not accepts(plain(pieces(empty * 10_000, 10)), None)
    monkeypatch.setattr(backup_format, "MOST_BYTES", 5_000_000)
    assert not accepts(plain(pieces(b" " * 999_999 + b"\n", 20)), None)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 120_000


def test_a_stream_that_asks_for_much_memory_is_refused() -> None:
    body = b"".join(text())
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    writer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert not accepts(sealed(writer.compress(body) + writer.flush()), None)


@pytest.mark.parametrize(
    "start",
    [
        b"", b"A", MAGIC, MAGIC + b"X", MAGIC + b"L", MAGIC + b"L\xff\xff\xff\xff",
        MAGIC + b"P\x00\x10\x00\x00" + b"k" * 100, MAGIC + b"L\x00\x00\x00\x00",
        b"AMANA-BACKUP 2\n" + b"L", b"AMANA-BACKUP x\n",
    ],
)  # fmt: skip
def test_made_up_beginnings(start: bytes) -> None:
    assert not accepts(start, MASTER)
    assert not accepts(start + b"\0" * 1000, MASTER)


@given(content=st.binary(max_size=400))
@settings(max_examples=300)
def test_anything_else(content: bytes) -> None:
    assert not accepts(content, MASTER)
    assert not accepts(MAGIC + content, MASTER)
    assert not accepts(sealed(content), None)
    assert not accepts(plain([content]), None)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


_FIELDS = ("schema", "made_at", "day", "wrapping", "parts", "heads")


@given(first=st.fixed_dictionaries(dict.fromkeys(_FIELDS, _JSON)))
@settings(max_examples=100)
def test_any_header(first: dict[str, Any]) -> None:
    so_far = [line(first)]
    assert not accepts(plain([*so_far, end(so_far, 0)]), None)


@given(rows=st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.text(max_size=2000),
                               st.binary(max_size=40), st.none() | st.text(max_size=9)),
                     max_size=60))  # fmt: skip
@settings(max_examples=60)
def test_every_row_comes_back(rows: list[tuple[Any, ...]]) -> None:
    found: list[tuple[Any, ...]] = []
    part = Part("place", ("id", "name", "seal", "note"), frozenset({"seal"}), len(rows))
    made = lines(header(parts=(part,)), lambda _: rows, b"plain")
    reader = backup_format.Reader(b"plain", lambda _: None, lambda _, more: found.extend(more))
    for piece in made:
        reader.write(piece[:7])
        reader.write(piece[7:])
    reader.end()
    assert found == rows
