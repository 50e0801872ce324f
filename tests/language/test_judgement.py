"""Broken translations are named, sound ones pass."""

from __future__ import annotations

import pytest

from inventory.language.judgement import Judge
from inventory.language.sources import Message
from inventory.language.tongue import TONGUES

PLAIN = Message("Batch {batch} expired.", None, ())
BOXES = Message("{n} box of {size}", "{n} boxes of {size}", ())
ARABIC = Judge(TONGUES["ar"])
KURDISH = Judge(TONGUES["ckb"])
SOUND = ["لا علب {size}", "علبة {size}", "علبتا {size}", *["{n} علب {size}"] * 3]


def test_sound_translations_pass() -> None:
    assert ARABIC.faults(PLAIN, ["نفذت الوجبة {batch}."]) == ()
    assert ARABIC.faults(BOXES, SOUND) == ()
    assert KURDISH.faults(BOXES, ["{n} پاکەتی {size}"] * 2) == ()


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ("", "not translated"),
        ("  ", "not translated"),
        ("نفذت الوجبة.", "leaves out {batch}"),
        ("نفذت الوجبة {batsh}.", "leaves out {batch}"),
        ("نفذت {batch} {lot}.", "invents {lot}"),
        ("نفذت {batch.", "expected '}' before end of string"),
        ("نفذت {batch!r}.", "{batch} is not a plain name"),
        ("<b>نفذت</b> {batch}.", "holds HTML"),
        ("نفذت\u200f {batch}.", "holds a direction mark; they are added by themselves"),
        ("نفذت ٣ {batch}.", "holds digits other than 0-9; the reader's setting chooses them"),
        (" نفذت {batch}.", "begins or ends with a space"),
        ("نفذت {batch}", "must end with . like the source"),
        ("نفذت ی {batch}.", "letters of another language: U+06CC"),
    ],
)
def test_broken_translations_are_named(form: str, fault: str) -> None:
    assert fault in ARABIC.faults(PLAIN, [form])


def test_every_plural_form_is_needed() -> None:
    assert ARABIC.faults(BOXES, SOUND[:2]) == (
        "2 forms where 6 are needed: zero, one, two, few, many, other",
    )
    assert ARABIC.faults(BOXES, [*SOUND[:3], "", *SOUND[4:]]) == ("few: empty",)
    assert ARABIC.faults(BOXES, [*SOUND[:5], "علب {size}"]) == ("other: leaves out {n}",)
    assert ARABIC.faults(BOXES, ["لا علب", *SOUND[1:]]) == ("zero: leaves out {size}",)


def test_a_question_ends_with_the_mark_of_its_script() -> None:
    question = Message("Which item is this?", None, ())
    assert ARABIC.faults(question, ["أي مادة هذه؟"]) == ()
    assert ARABIC.faults(question, ["أي مادة هذه"]) == ("must end with ?؟ like the source",)


def test_kurdish_is_not_written_with_arabic_letters() -> None:
    assert KURDISH.faults(PLAIN, ["{batch} كۆتا."]) == ("letters of another language: U+0643",)
