"""Sentences of the program and of the domain, said in a language."""

from __future__ import annotations

from datetime import date

import pytest

from inventory.domain.expiry import Expiry
from inventory.domain.names import Names
from inventory.domain.sentence import Refused, counted, sentence
from inventory.language import TONGUES, Language, language, plain


def test_english_is_its_own_catalogue() -> None:
    words = language("en")
    text = words.say("Only {n} {name} here.", n=1204, name=Names("Amoxicillin 500 mg"))
    assert text == "Only 1,204 Amoxicillin 500 mg here."
    assert words.count("{n} box", "{n} boxes", 1) == "1 box"
    assert words.count("{n} box of {size}", "{n} boxes of {size}", 1200, size=100) == (
        "1,200 boxes of 100"
    )


def test_a_language_is_one_value() -> None:
    assert language("ar") is language("ar")
    assert language("ar") == Language("ar")
    assert {language("ar").code, language("ckb").code} == {"ar", "ckb"}
    assert [language(code).rtl for code in TONGUES] == [False, True, True, False]
    assert language("fr").endonym == "Français"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(Refused, match="no language de"):
        language("de")


def test_a_sentence_nobody_translated_stays_english(arabic: Language) -> None:
    assert plain(arabic.say("Nobody has translated {what}.", what="this")) == (
        "Nobody has translated this."
    )


def test_values_are_shown_by_their_type(arabic: Language) -> None:
    said = arabic.say(
        "{batch} expired {expiry} and cannot be dispensed.",
        batch="AM1187",
        expiry=Expiry.of_month(2026, 10),
    )
    assert said == "نفذت الوجبة \u2066AM1187\u2069 في \u206610/2026\u2069 ولا يجوز صرفها."


def test_dates_and_names_keep_their_own_direction(arabic: Language) -> None:
    said = arabic.say("Add {name}: {n}", name=Names("Amoxicillin"), n=date(2027, 3, 31))
    assert said == "أضف \u2068Amoxicillin\u2069: \u206831 آذار 2027\u2069"


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "لا علب"),
        (1, "علبة واحدة"),
        (2, "علبتان"),
        (3, "3 علب"),
        (10, "10 علب"),
        (11, "11 علبة"),
        (99, "99 علبة"),
        (100, "100 علبة تامة"),
        (103, "103 علب"),
        (1202, "1,202 علبة تامة"),
        (-3, "−3 علب"),
    ],
)
def test_arabic_has_six_forms(arabic: Language, n: int, text: str) -> None:
    assert plain(arabic.count("{n} box", "{n} boxes", n)) == text


def test_sentences_of_the_domain(arabic: Language) -> None:
    inner = counted("{n} box", "{n} boxes", 5)
    assert arabic.tell(inner) == "5 علب"
    assert arabic.tell(sentence("Said: {inner}", inner=inner)) == "قيل: 5 علب"
    refused = Refused("{batch} expired {expiry} and cannot be dispensed.", batch="A", expiry="B")
    assert "الوجبة" in arabic.tell(refused.sentence)


def test_codes_inside_a_translation_are_isolated_too(arabic: Language) -> None:
    assert "\u20662027-03\u2069" in arabic.say("Write the month like 2027-03.")


def test_braces_of_a_value_are_left_alone() -> None:
    assert language("en").say("{typed} is not a number.", typed="{x}") == "{x} is not a number."


def test_names_fall_back_to_what_there_is() -> None:
    names = Names(en="Gauze", ar="شاش")
    assert language("ar").name(names) == "شاش"
    assert language("fr").name(names) == "Gauze"
    assert language("fr").name(Names(ckb="گۆز")) == "گۆز"


def test_lists_and_units() -> None:
    assert language("en").listed(["A", "B", "C"]) == "A, B and C"
    assert language("fr").listed(["A", "B"]) == "A et B"
    assert plain(language("ar").listed(["شاش", "قطن"])) == "شاش وقطن"
    assert language("en").listed([]) == ""
    assert language("ckb").with_unit("10", "مل") == "10\u00a0مل"
