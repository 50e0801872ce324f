"""The page of the paper key: all of it fits, and what is printed opens the database again."""

from __future__ import annotations

import os
from datetime import date

import pytest

from inventory.documents.recovery_sheet import (
    RecoverySheet,
    recovery_sheet_book,
    recovery_sheet_pdf,
)
from inventory.domain.names import Names
from inventory.language import language
from inventory.storage.paper_words import paper_key, secret_of
from tests.documents.audit import outside, overlapping, words_on
from tests.documents.copier import copied_twice, printed, read

CLINIC = Names(
    en="Al-Zuhoor primary health centre, Mosul, Nineveh", ar="مركز صحي الزهور",
    ckb="بنکەی تەندروستیی زوهوور", fr="Centre de santé Al-Zuhoor",
)  # fmt: skip


def sheet(secret: bytes) -> RecoverySheet:
    paper = paper_key(secret)
    return RecoverySheet(CLINIC, date(2026, 11, 22), paper.words, paper.numbers, paper.qr_text)


@pytest.mark.parametrize(("first", "second"), [("en", None), ("ar", "en"), ("ckb", "ar"),
                                               ("fr", "ckb"), ("ar", None)])  # fmt: skip
def test_one_page_whatever_the_languages(first: str, second: str | None) -> None:
    secret = os.urandom(16)
    book = recovery_sheet_book(sheet(secret), language(first), language(second) if second else None)
    assert len(book.pages) == 1
    assert outside(book) == []
    assert overlapping(book) == []
    paper = paper_key(secret)
    assert {*paper.words, *paper.numbers} <= words_on(book, 1)


def test_what_is_scanned_or_read_opens_it() -> None:
    secret = bytes(range(100, 116))
    pdf = recovery_sheet_pdf(sheet(secret), language("ar"), language("en"))
    page = printed(pdf)[0]
    for paper in (page, copied_twice(page)):
        ((_, text),) = read(paper)
        assert secret_of(text) == secret


def test_the_words_are_not_shown_by_accident() -> None:
    shown = repr(sheet(bytes(16)))
    assert "abandon" not in shown
    assert "0001" not in shown
