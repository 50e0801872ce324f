"""The one or two languages of a form: everything said is said in both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from inventory.documents.direction import THIN_GAP
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.sentence import Sentence, sentence
from inventory.language import Language, isolate, plain

Value = Sentence | Names | str


@dataclass(frozen=True, slots=True)
class Both:
    """A text in the first language, and in the second where there is one and it differs."""

    first: str
    second: str = ""

    def __bool__(self) -> bool:
        return bool(self.first)


NOTHING = Both("")


class Voices:
    """The first language gives direction and the heavier line; the second stands under it.

    Figures on paper have a thin gap between thousands and European digits, in every language.
    """

    def __init__(self, first: Language, second: Language | None = None) -> None:
        self.first = _on_paper(first)
        same = second is None or second.code == first.code
        self.second = None if same or second is None else _on_paper(second)

    @property
    def rtl(self) -> bool:
        return self.first.rtl

    @property
    def second_rtl(self) -> bool:
        return self.second is not None and self.second.rtl

    def say(self, text: str, **values: object) -> Both:
        return self.tell(sentence(text, **values))

    def count(self, one: str, many: str, n: int) -> Both:
        return self.tell(Sentence(one, {}, many, n))

    def tell(self, value: Value) -> Both:
        """A sentence or a name in both languages; a text is the same in both."""
        return self._both(
            _told(self.first, value), _told(self.second, value) if self.second else ""
        )

    def date(self, day: dt.date) -> Both:
        return self._both(self.first.date(day), self.second.date(day) if self.second else "")

    def period(self, first: dt.date, last: dt.date) -> Both:
        """`1 Aug – 31 Oct 2026`; the first year is said when it is another."""

        def told(language: Language) -> str:
            start = language.day(first) if first.year == last.year else language.date(first)
            return language.say("{first} – {last}", first=start, last=last)

        return self._both(told(self.first), told(self.second) if self.second else "")

    def months(self, first: Month, last: Month) -> Both:
        """`Aug – Oct 2026`; one month alone is said once."""

        def told(language: Language) -> str:
            if first == last:
                return language.month(last)
            start = language.month(first)
            if first.year == last.year:
                start = language.month_name(first, narrow=True)
            return language.say("{first} – {last}", first=start, last=language.month(last))

        return self._both(told(self.first), told(self.second) if self.second else "")

    def joined(self, *parts: Both, separator: str = " · ") -> Both:
        """Statements that stand beside each other, each whole in itself."""
        said = [part for part in parts if part]
        return self._both(
            separator.join(part.first for part in said),
            separator.join(part.second or part.first for part in said) if self.second else "",
        )

    @staticmethod
    def _both(first: str, second: str) -> Both:
        return Both(first, "" if plain(second) == plain(first) else second)


def figure(number: int, decimals: int = 0) -> str:
    """`1 420`: a quantity of smallest units with the item's decimals; a whole one without any."""
    units, rest = divmod(abs(number), 10**decimals)
    text = f"{units:,}".replace(",", THIN_GAP)
    if rest:
        text = f"{text}.{rest:0{decimals}}"
    return f"−{text}" if number < 0 else text


def signed_figure(number: int, decimals: int = 0) -> str:
    """`+40`, `−3`, `0`."""
    return f"+{figure(number, decimals)}" if number > 0 else figure(number, decimals)


def code(text: str) -> str:
    """A code inside a sentence or a field, kept left to right."""
    return isolate(text)


def _on_paper(language: Language) -> Language:
    return replace(language, digits="latin", gap=THIN_GAP)


def _told(language: Language, value: Value) -> str:
    if isinstance(value, Sentence):
        return language.tell(value)
    return language.name(value) if isinstance(value, Names) else value
