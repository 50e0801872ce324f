"""The named placeholders of a sentence, and the sentence made ready to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import Formatter

from inventory.language import figures, marks

_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]+(?:[.,][0-9]+)*(?![0-9A-Za-z])")


class WrongPlaceholder(ValueError):
    """A placeholder that is not a plain name between braces."""


def placeholders(text: str) -> frozenset[str]:
    """The names between braces; WrongPlaceholder when one is anything but a name."""
    return frozenset(_names(text))


def _names(text: str) -> Iterator[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise WrongPlaceholder(str(error)) from None
    for _, name, specification, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or specification or conversion:
            raise WrongPlaceholder(f"{{{name}}} is not a plain name")
        yield name


@lru_cache(maxsize=4096)
def ready(text: str, rtl: bool, arabic_indic: bool) -> str:
    """A translated sentence with its own codes isolated and its own digits drawn.

    Codes that stand in the sentence itself need the same care as the values filled in.
    """
    if not rtl:
        return text
    parts = []
    for literal, name, _, _ in Formatter().parse(text):
        parts.append(_literal(literal, arabic_indic))
        if name is not None:
            parts.append(f"{{{name}}}")
    return "".join(parts)


def _literal(text: str, arabic_indic: bool) -> str:
    text = marks.guard(text.replace("{", "{{").replace("}", "}}"))
    if not arabic_indic:
        return text
    return _NUMBER.sub(lambda found: figures.arabic_indic(found[0]), text)
