"""The README's table of what can happen names tests that are there, or says "not protected"."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT

_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.MULTILINE)
ROWS = _ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))
THREATS = 22


def test_every_threat_has_a_row() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, THREATS + 1))


@pytest.mark.parametrize(("number", "happens", "does", "attacked"), ROWS)
def test_a_row_names_its_attack_or_says_that_there_is_none(
    number: str, happens: str, does: str, attacked: str
) -> None:
    named = re.findall(r"`([^`]+)`", attacked)
    assert named or "Not protected" in does, (number, happens)
    for name in named:
        path, _, test = name.partition("::")
        there = (ROOT / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in there, name
