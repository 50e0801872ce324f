"""Every sentence of the source is found, and calls that hide theirs are refused."""

from __future__ import annotations

import ast

import pytest

from inventory.language.sources import PACKAGES, ROOT, read_sources, read_text


def test_every_keyword_is_collected() -> None:
    found = read_text(
        """
say("One")
words.say("Two {a}", a=1)
raise Refused("Three")
sentence("Four "
         "and a half")
NAME = N_("Five")
UNIT = NN_("{n} unit of {size}", "{n} units of {size}")
count("{n} six", "{n} sixes", 6)
counted("{n} seven", "{n} sevens", n, b=2)
say("Eight" if x else "Nine")
Sentence("Ten")
say(N_("Eleven"))
"""
    )
    assert found.faults == ()
    assert {message.one: message.many for message in found.messages.values()} == {
        "One": None,
        "Two {a}": None,
        "Three": None,
        "Four and a half": None,
        "Five": None,
        "{n} unit of {size}": "{n} units of {size}",
        "{n} six": "{n} sixes",
        "{n} seven": "{n} sevens",
        "Eight": None,
        "Nine": None,
        "Ten": None,
        "Eleven": None,
    }


def test_places_are_remembered() -> None:
    found = read_text('say("One")\n\nsay("One")\n', "inventory/a.py")
    assert found.messages["One"].places == ("inventory/a.py:1", "inventory/a.py:3")
    assert found.messages["One"].files == ("inventory/a.py",)


@pytest.mark.parametrize(
    "code",
    [
        "say(reason.name)",
        "say(KINDS[code])",
        "say(text, **values)",
        "Refused(sentence)",
        'Refused(counted("{n} a", "{n} b", n))',
        '"a,b".count(",")',
        'say("{n} left", **values)',
        'say("Braces {{ }}")',
    ],
)
def test_names_from_tables_and_other_calls_are_fine(code: str) -> None:
    assert read_text(code).faults == ()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ('say(f"{a} left")', "f-string"),
        ('say("a" + b)', "put together"),
        ('say("a %s" % b)', "put together"),
        ('say("{}".format(b))', "built by format"),
        ('say(" ".join(words))', "built by join"),
        ('say("")', "empty"),
        ('say("{} left", a=1)', "not a plain name"),
        ('say("{0} left")', "not a plain name"),
        ('say("{a.b} left", a=1)', "not a plain name"),
        ('say("{a:.2f} left", a=1)', "not a plain name"),
        ('say("{a!r} left", a=1)', "not a plain name"),
        ('say("{a left", a=1)', "expected '}'"),
        ('say("{a} left", b=1)', "no value for a"),
        ('counted("{n} of {a}", "{n} of {a}", 3)', "no value for a"),
        ('count("{n} a", "{n} b", 1)\ncount("{n} a", "{n} c", 1)', "two different plurals"),
    ],
)
def test_calls_that_cannot_be_translated_are_refused(code: str, why: str) -> None:
    faults = read_text(code).faults
    assert len(faults) >= 1
    assert why in faults[0]
    assert faults[0].startswith("text.py:")


def test_the_source_itself_is_in_order() -> None:
    assert read_sources().faults == ()


def test_no_literal_of_the_source_is_overlooked() -> None:
    """Counted in another way than the collector does: by walking all string arguments."""
    found = read_sources().messages
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
                    "say",
                    "sentence",
                    "Refused",
                    "N_",
                    "counted",
                ):
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant):
                        assert first.value in found, f"{path}:{node.lineno}"
