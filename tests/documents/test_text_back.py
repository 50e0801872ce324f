"""A reader of the PDF finds the words again, in every language."""

from __future__ import annotations

import re

import pytest

from inventory.documents.order_form import order_form_pdf
from inventory.language import language
from tests.documents.copier import text_of
from tests.documents.samples import order_form

LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ’]{3,}")
ARABIC_WORD = re.compile("[\u0621-\u064a\u066e-\u06d5]{3,}")


@pytest.mark.parametrize(
    ("code", "word"),
    [("en", LATIN_WORD), ("fr", LATIN_WORD), ("ar", ARABIC_WORD), ("ckb", ARABIC_WORD)],
)
def test_every_word_of_every_name_is_found(code: str, word: re.Pattern[str]) -> None:
    form = order_form()
    text = "\n".join(text_of(order_form_pdf(form, language(code))))
    wanted = {found for line in form.lines for found in word.findall(line.names.in_language(code))}
    assert len(wanted) > 50
    assert wanted - set(word.findall(text)) == set()


def test_words_stand_in_reading_order() -> None:
    form = order_form()
    text = " ".join(text_of(order_form_pdf(form, language("ar"), language("en"))))
    spaced = re.sub(r"\s+", " ", text)
    for phrase in ("شريط فحص سكر الدم", "مركز صحي الزهور", "Blood glucose test strip"):
        assert phrase in spaced


def test_codes_and_figures_are_found() -> None:
    form = order_form()
    text = " ".join(text_of(order_form_pdf(form, language("ckb"))))
    for line in form.lines:
        assert line.code in text
    assert "11 240" in text
    assert "−100" in text


def test_marks_over_letters_do_not_break_the_line() -> None:
    text = " ".join(text_of(order_form_pdf(order_form(), language("ar"))))
    assert "قفازات فحص نتريل" in re.sub(r"\s+", " ", text)


def test_a_practice_form_says_so_on_every_page() -> None:
    form = order_form()
    for page in text_of(order_form_pdf(form, language("en"), practice=True)):
        assert "PRACTICE" in page.replace("\r\n", "").replace(" ", "")
    for page in text_of(order_form_pdf(form, language("en"))):
        assert "PRACTICE" not in page


@pytest.mark.parametrize(
    ("code", "captions"),
    [
        ("en", ("Name", "Position", "Date", "Signature")),
        ("ar", ("الاسم", "الصفة", "التاريخ", "التوقيع")),
        ("ckb", ("ناو", "پیشە", "ڕێکەوت", "واژۆ")),
        ("fr", ("Nom", "Fonction", "Date", "Signature")),
    ],
)
def test_who_signs_is_asked_in_the_language_of_the_form(
    code: str, captions: tuple[str, ...]
) -> None:
    last = text_of(order_form_pdf(order_form(), language(code)))[-1]
    assert [caption for caption in captions if caption not in last] == []
