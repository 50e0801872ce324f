"""What makes a translation unfit to be shown, each fault in a few words for its translator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inventory.language.placeholders import WrongPlaceholder, placeholders
from inventory.language.sources import Message
from inventory.language.tongue import Tongue

_TAG = re.compile(r"</?[A-Za-z][^>]*>|&[a-z]+;")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_OTHER_DIGITS = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_ENDS = {".": ".", ":": ":", "…": "…", "?": "?؟"}


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges translations into one language."""

    tongue: Tongue

    def faults(self, message: Message, forms: Sequence[str]) -> tuple[str, ...]:
        """What is wrong with the forms given for a message; empty when nothing is."""
        names = self.tongue.forms if message.many is not None else ("",)
        if not any(form.strip() for form in forms):
            return ("not translated",)
        if len(forms) != len(names):
            return (f"{len(forms)} forms where {len(names)} are needed: {', '.join(names)}",)
        return tuple(
            f"{name}: {fault}" if name else fault
            for name, form in zip(names, forms, strict=True)
            for fault in self._form_faults(message, form, name)
        )

    def _form_faults(self, message: Message, form: str, name: str) -> Iterator[str]:
        source = message.one if name == "one" or message.many is None else message.many
        if not form.strip():
            yield "empty"
            return
        yield from self._placeholder_faults(message, form, name)
        if _TAG.search(form) and not _TAG.search(source):
            yield "holds HTML"
        if _MARKS.search(form):
            yield "holds a direction mark; they are added by themselves"
        if _OTHER_DIGITS.search(form):
            yield "holds digits other than 0-9; the reader's setting chooses them"
        if foreign := sorted({letter for letter in form if letter in self.tongue.foreign}):
            yield "letters of another language: " + " ".join(f"U+{ord(c):04X}" for c in foreign)
        if form.strip() != form and source.strip() == source:
            yield "begins or ends with a space"
        # A dot after one word is an abbreviation of that language, such as "No."
        if " " in source and form[-1] not in _ENDS.get(source[-1], form[-1]):
            yield f"must end with {_ENDS[source[-1]]} like the source"

    def _placeholder_faults(self, message: Message, form: str, name: str) -> Iterator[str]:
        wanted = placeholders(message.one) | placeholders(message.many or "")
        if message.many is not None:
            wanted |= {"n"}
        try:
            given = placeholders(form)
        except WrongPlaceholder as error:
            yield str(error)
            return
        if absent := wanted - given - _optional(message, name):
            yield "leaves out " + _braced(absent)
        if extra := given - wanted:
            yield "invents " + _braced(extra)


def _optional(message: Message, name: str) -> frozenset[str]:
    """The number itself, where "a box" or "two boxes" say it, or the sentence never does."""
    unsaid = message.many is not None and "n" not in placeholders(message.many)
    return frozenset({"n"} if unsaid or name in ("zero", "one", "two") else ())


def _braced(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
