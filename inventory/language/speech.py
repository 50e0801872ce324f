"""A language as a frozen value: sentences, plurals, numbers and dates for one reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from inventory.domain.expiry import Expiry, Precision
from inventory.domain.months import Month
from inventory.domain.names import Names
from inventory.domain.sentence import Refused, Sentence
from inventory.language import dates, figures, marks
from inventory.language.catalogue import Catalogue, catalogue
from inventory.language.placeholders import ready
from inventory.language.tongue import TONGUES, Tongue

Digits = Literal["latin", "arab"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language and how its figures are drawn.

    `digits` is "latin" or, for Arabic and Kurdish, "arab" for Arabic-Indic throughout.
    `gap` stands between thousands: a comma on screen, a no-break space on paper.
    Texts may hold invisible direction marks; `plain` removes them.
    """

    code: str
    digits: Digits = "latin"
    gap: str = figures.COMMA

    @property
    def tongue(self) -> Tongue:
        """The row of the language table."""
        return TONGUES[self.code]

    @property
    def rtl(self) -> bool:
        """Whether it reads from right to left."""
        return self.tongue.rtl

    @property
    def endonym(self) -> str:
        """The language's name in itself."""
        return self.tongue.endonym

    @property
    def _catalogue(self) -> Catalogue:
        return catalogue(self.code)

    # Sentences

    def say(self, text: str, /, **values: object) -> str:
        """The sentence in this language, its named placeholders filled."""
        return self.tell(Sentence(text, values))

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The sentence in the form its number asks for; `{n}` is the number."""
        return self.tell(Sentence(one, values, many, n))

    def tell(self, sentence: Sentence) -> str:
        """A sentence of the domain, in this language."""
        if sentence.many is None or sentence.n is None:
            return self._fill(self._catalogue.gettext(sentence.text), sentence.values)
        form = self._catalogue.ngettext(sentence.text, sentence.many, abs(sentence.n))
        return self._fill(form, {"n": sentence.n, **sentence.values})

    def name(self, names: Names) -> str:
        """The name in this language, else the first there is; without marks."""
        return names.in_language(self.code)

    def listed(self, parts: Iterable[str]) -> str:
        """`a, b and c`."""
        items = [self._text(part) for part in parts]
        if len(items) < 2:
            return "".join(items)
        return self.tongue.comma.join(items[:-1]) + self.tongue.last_and + items[-1]

    def _fill(self, text: str, values: Mapping[str, object]) -> str:
        template = ready(text, self.rtl, self.digits == "arab")
        return template.format(**{name: self.shown(value) for name, value in values.items()})

    def shown(self, value: object) -> str:
        """Any value as a sentence shows it: formatted by its type, isolated where it must be."""
        match value:
            case Sentence():
                return self.tell(value)
            case Names():
                return self.embed(self.name(value))
            case bool() | float() | None:
                raise TypeError(f"{value!r} cannot be read out in a sentence")
            case int():
                return self.number(value)
            case Fraction() | Decimal():
                return self._figure(figures.shortest(value, self.gap))
            case dt.date():
                return self.embed(self.date(value))
            case Month():
                return self.embed(self.month(value))
            case Expiry():
                return self.expiry(value)
        return self._text(str(value))

    # Direction

    def isolate(self, text: str) -> str:
        """A code, batch, document or numeric date, kept left to right in any language."""
        text = marks.tame(text)
        return marks.isolate(text) if self.rtl and not marks.is_isolated(text) else text

    def embed(self, text: str) -> str:
        """A name or a date with words, kept together; marked only where it could mix."""
        text = marks.tame(text)
        if marks.is_isolated(text):
            return text
        if marks.reads_right_to_left(text):
            return marks.embed(marks.guard(text))
        return marks.embed(text) if self.rtl else text

    def change(self, old: object, new: object) -> str:
        """`old → new`, each side isolated so that the arrow keeps pointing at the new one."""
        before, after = self.shown(old), self.shown(new)
        if not self.rtl:
            return f"{before} → {after}"
        return marks.isolate(f"{_wrapped(before)} → {_wrapped(after)}")

    def _text(self, text: str) -> str:
        text = marks.tame(text)
        if marks.is_isolated(text):
            return text
        if marks.reads_right_to_left(text):
            return self.embed(text) if not self.rtl or marks.looks_like_code(text) else text
        return self.isolate(text) if marks.looks_like_code(text) else text

    # Numbers

    def number(self, n: int) -> str:
        """`1,204`; a negative one with a true minus."""
        return self._figure(figures.whole(n, self.gap))

    def signed(self, n: int) -> str:
        """`+40`, `−3`, `0`."""
        return self._figure(figures.signed(n, self.gap))

    def decimal(self, value: Fraction | Decimal | int, places: int) -> str:
        """`2.1`, rounded half away from zero."""
        return self._figure(figures.fixed(value, places, self.gap))

    def quantity(self, n: int, decimals: int = 0) -> str:
        """A stored quantity: `n` smallest units shown with the item's decimals, `123.4`."""
        return self._figure(figures.fixed(Fraction(n, 10**decimals), decimals, self.gap))

    def money(self, amount: Fraction | Decimal | int) -> str:
        """Whole dinars, `66,000`; the currency stands in the heading."""
        return self.decimal(amount, 0)

    def percent(self, value: Fraction | Decimal | int) -> str:
        """A share given in hundredths, `71%`."""
        return self.isolate(self._digits(figures.fixed(value, 0, self.gap)) + "%")

    def times(self, packs: int, size: int) -> str:
        """`3 × 100`, kept in that order."""
        text = f"{figures.whole(packs, self.gap)} × {figures.whole(size, self.gap)}"
        return self.isolate(self._digits(text))

    def with_unit(self, amount: str, unit: str) -> str:
        """A figure tied to its unit so that a line never breaks between them."""
        return f"{amount}{figures.NO_BREAK}{unit}"

    def _figure(self, text: str) -> str:
        drawn = self._digits(text)
        risky = text[:1] in (figures.MINUS, "+") or (self.gap != figures.COMMA and self.gap in text)
        return self.isolate(drawn) if risky else drawn

    def _digits(self, text: str) -> str:
        return figures.arabic_indic(text) if self.digits == "arab" else text

    # Dates

    def date(self, d: dt.date, *, narrow: bool = False) -> str:
        """`31 Mar 2027`; narrow shortens the two-word months of table cells."""
        return self._digits(dates.full_date(self.code, d, narrow))

    def day(self, d: dt.date, *, narrow: bool = False) -> str:
        """`22 Nov`, where the year is known."""
        names = dates.calendar(self.code)
        if narrow:
            return self._digits(f"{d.day} {names.narrow_months[d.month - 1]}")
        pattern = dates.order(self.code).day
        return self._digits(pattern.format(day=d.day, month=names.months[d.month - 1]))

    def weekday(self, d: dt.date) -> str:
        """`Sunday`."""
        return dates.calendar(self.code).long_days[d.weekday()]

    def weekday_date(self, d: dt.date, *, narrow: bool = False) -> str:
        """`Sun 22 Nov 2026`."""
        day = dates.calendar(self.code).days[d.weekday()]
        return f"{day} {self.date(d, narrow=narrow)}"

    def month(self, d: dt.date | Month) -> str:
        """`Nov 2026`, of a date or a Month."""
        first = _first_day(d)
        name = dates.calendar(self.code).months[first.month - 1]
        return self._digits(dates.order(self.code).month.format(month=name, year=first.year))

    def month_name(self, d: dt.date | Month, *, narrow: bool = False) -> str:
        """`November`, of a date or a Month; narrow is `Nov`."""
        names = dates.calendar(self.code)
        first = _first_day(d)
        return (names.narrow_months if narrow else names.long_months)[first.month - 1]

    def iso_date(self, d: dt.date) -> str:
        """`2026-11-15`, for the cells of printed tables."""
        if self.digits == "latin":
            return self.isolate(d.isoformat())
        # Arabic-Indic digits would run right to left around a hyphen.
        hyphen = f"{marks.LEFT_MARK}-{marks.LEFT_MARK}"
        return self.isolate(self._digits(d.isoformat()).replace("-", hyphen))

    def expiry(self, expiry: Expiry, *, narrow: bool = False) -> str:
        """`03/2027` when the pack names a month, `31 Mar 2027` when it names a day."""
        if expiry.precision is Precision.DAY:
            return self.embed(self.date(expiry.last_day, narrow=narrow))
        return self.isolate(self._digits(expiry.last_day.strftime("%m/%Y")))

    def time(self, ms: int, zone: dt.tzinfo | None = None) -> str:
        """`10:42`, by the clock of this computer unless a zone is given."""
        return self._digits(_clock(ms, zone).strftime("%H:%M"))

    def moment(self, ms: int, zone: dt.tzinfo | None = None) -> str:
        """`22 Nov 2026, 10:42`."""
        when = _clock(ms, zone)
        return f"{self.date(when.date())}{self.tongue.comma}{self.time(ms, zone)}"


@cache
def language(code: str, *, digits: Digits = "latin", gap: str = figures.COMMA) -> Language:
    """The language of that code: en, ar, ckb or fr."""
    if code not in TONGUES:
        raise Refused("There is no language {code}. Choose en, ar, ckb or fr.", code=code)
    return Language(code, digits if TONGUES[code].rtl else "latin", gap)


def _wrapped(text: str) -> str:
    return text if marks.is_isolated(text) else marks.embed(text)


def _first_day(value: dt.date | Month) -> dt.date:
    return value.first_day if isinstance(value, Month) else value


def _clock(ms: int, zone: dt.tzinfo | None) -> dt.datetime:
    return dt.datetime.fromtimestamp(ms // 1000, zone)
