"""Whatever a stranger sends is read or refused in words; nothing is run, nothing blows up."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inventory.domain.sentence import Refused
from tests.crash.figures import FIGURES
from tests.hostile import fuzz, nasty
from tests.hostile.parsers import PARSERS, attempt
from tests.hostile.spoiling import damaged

PIECES = ("01", "17", "10", "21", "37", "30", "8008", "\x1d", "(", ")", "9", "LOT", "271231")
TEXTS = ("barcodes", "symbols", "typed", "paper-words")


@pytest.mark.parametrize("name", PARSERS)
def test_seeds_and_what_damage_makes_of_them(name: str) -> None:
    chance, seeds = Random(5), PARSERS[name].seeds()
    for number in range(max(60, len(seeds))):
        seed = seeds[number % len(seeds)]
        attempt(name, damaged(seed, chance) if number >= len(seeds) else seed)


@settings(max_examples=60)
@given(content=st.binary(max_size=300))
@pytest.mark.parametrize("name", PARSERS)
def test_any_bytes(name: str, content: bytes) -> None:
    attempt(name, content)


@settings(max_examples=60)
@given(text=st.text(max_size=80))
@example("0106285096000815" + "37281850960LOT")
@example("AMANA1:O:طلب:HQ:20261122:1/1:0:0000000::0000000")
@pytest.mark.parametrize("name", TEXTS)
def test_any_text(name: str, text: str) -> None:
    attempt(name, text.encode("utf-8", "replace"))


@settings(max_examples=60)
@given(content=st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_pieces_of_barcodes(content: str) -> None:
    attempt("barcodes", content.encode())


@pytest.mark.parametrize("name", nasty.REFUSED)
def test_a_workbook_that_means_harm_is_not_opened(name: str) -> None:
    with pytest.raises(Refused):
        PARSERS["xlsx"].act(nasty.REFUSED[name]())


@pytest.mark.parametrize("name", nasty.READ)
def test_a_strange_workbook_is_only_read(name: str) -> None:
    attempt("xlsx", nasty.READ[name]())


@pytest.mark.parametrize("make", [nasty.far_cell, nasty.deep_xml, nasty.long_cell])
def test_a_workbook_of_absurd_size_ends_soon(make: Callable[[], bytes]) -> None:
    attempt("xlsx", make())


def test_the_fuzzer_runs() -> None:
    pytest.importorskip("atheris", reason="atheris has wheels for Linux only")
    done = fuzz.run("key-files", 1)
    assert (done.fault, done.executed > 1000) == ("", True)


def test_every_fuzzer_counts_for_a_figure() -> None:
    assert "tests.hostile.fuzz:figure" in {figure.function for figure in FIGURES}
    assert set(fuzz.names()) == set(PARSERS)
