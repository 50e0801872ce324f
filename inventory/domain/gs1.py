"""GS1 messages cut into their elements, also when the scanner lost the separators.

By the standard every element of variable length ends with a separator (GS) or with the message.
Cheap scanners lose it; then a batch swallows what follows, and the dates inside give it away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inventory.domain.expiry import Expiry

GS = "\x1d"
BATCH, SERIAL, EXPIRY, PRODUCTION = "10", "21", "17", "11"

_LONGEST = 20
_LONG_ALONE = 12
COUNTS = ("30", "37")
_COUNT = re.compile(r"\d{1,8}", re.ASCII)
_DATES = (EXPIRY, PRODUCTION)
_DATE = re.compile(r"1[1-7]\d{6}", re.ASCII)
_VALUE = re.compile(r"[!\"%-?A-Z_a-z]{1,20}", re.ASCII)
# What scanners and people send in place of the separator; none of it may stand in a GS1 value.
_SUBSTITUTES = re.compile(r"<GS>|\{GS\}|\[GS\]|\\x1d|␝|[\^|~ \x1c\x1e\x1f]", re.IGNORECASE)
_BRACKETS = re.compile(r"\((\d{2,4})\)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Message:
    """`values` by application identifier. `unread`: what could not be cut.

    `parted`: elements found inside a swallowed value, so a person should check them.
    `doubtful`: identifiers whose value may have swallowed what follows.
    """

    values: Mapping[str, str]
    unread: tuple[str, ...]
    parted: bool
    doubtful: tuple[str, ...]


def separated(text: str) -> str:
    """With real separators: substitutes replaced, "(01)..." as printed for people unbracketed."""
    if text.startswith("("):
        text = _BRACKETS.sub(GS + r"\1", text)
    return _SUBSTITUTES.sub(GS, text).strip(GS)


def read_message(text: str, today: date) -> Message:
    """Cut `text`, as `separated` gives it; never raises."""
    values: dict[str, str] = {}
    unread: list[str] = []
    open_ended: dict[str, str] = {}
    segments = [segment for segment in text.split(GS) if segment]
    for segment in segments:
        for ai, value, over in _elements(segment):
            if not ai or ai in values or ai in open_ended:
                unread.append(ai + value)
            elif over or (ai in (BATCH, SERIAL) and len(segments) == 1):
                open_ended[ai] = value
            else:
                values[ai] = value
    parted = False
    doubtful: list[str] = []
    for ai, tail in open_ended.items():
        found = _part(ai, tail, values, today)
        if ai in COUNTS and not _COUNT.fullmatch(found.get(ai, "")):
            found = {}
        values.update(found)
        if not found:
            unread.append(ai + tail)
        elif len(found) > 1:
            parted = True
        elif _doubtful(tail, values):
            doubtful.append(ai)
    return Message(values, tuple(unread), parted, tuple(doubtful))


def read_date(digits: str, today: date) -> Expiry | None:
    """YYMMDD; day 00 is the whole month. None when there is no such day.

    The century is the one that brings the year within 49 years back and 50 ahead of `today`.
    """
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    gap = year - today.year % 100
    century = today.year - today.year % 100
    century += -100 if gap >= 51 else 100 if gap <= -50 else 0
    try:
        if day == 0:
            return Expiry.of_month(century + year, month)
        return Expiry.of_day(date(century + year, month, day))
    except ValueError:
        return None


def _elements(segment: str) -> Iterator[tuple[str, str, bool]]:
    """Identifier, value, and whether the value runs over its end; "" for what is not GS1."""
    # Loading the table of identifiers takes a tenth of a second: only programs that scan pay.
    from biip import ParseConfig, ParseError
    from biip.gs1_element_strings import GS1ElementString

    # Dates are read against the program's day and not the computer's clock.
    config = ParseConfig(gs1_element_strings_verify_date=False)
    rest = segment
    while rest:
        # Impossible months too are kept, so that they can be named.
        if _DATE.match(rest):
            yield rest[:2], rest[2:8], False
            rest = rest[8:]
            continue
        try:
            element = GS1ElementString.extract(rest, config=config)
        except ParseError:
            yield "", rest, False
            return
        ai, value = element.ai.ai, element.value
        tail = rest[len(ai) :]
        if not value:
            yield "", rest, False
            return
        if element.ai.separator_required and ".." in element.ai.format and tail != value:
            yield ai, tail, True
            return
        yield ai, value, False
        rest = tail[len(value) :]


def _part(ai: str, tail: str, known: Mapping[str, str], today: date) -> dict[str, str]:
    """The one best way to cut a value that may hold more: the most dates, if only one way has them.

    The value alone when nothing speaks for more; empty when it is too long and no way is best.
    """
    ways = list(_ways(ai, tail, frozenset(known), today)) if len(tail) <= 5 * _LONGEST else []
    if not ways:
        return {}
    most = max(_dates(way) for way in ways)
    best = [way for way in ways if _dates(way) == most]
    if most and len(best) == 1:
        return best[0]
    return {ai: tail} if _VALUE.fullmatch(tail) else {}


def _dates(way: Mapping[str, str]) -> int:
    return sum(ai in way for ai in _DATES)


def _ways(ai: str, tail: str, taken: frozenset[str], today: date) -> Iterator[dict[str, str]]:
    """Every way to read `tail` as a value of `ai`, then dates, then another batch or serial."""
    if _VALUE.fullmatch(tail):
        yield {ai: tail}
    for end in range(1, min(len(tail), _LONGEST + 1)):
        own = tail[:end]
        if _VALUE.fullmatch(own):
            for way in _after(tail[end:], taken | {ai}, today):
                yield {ai: own} | way


def _after(rest: str, taken: frozenset[str], today: date) -> Iterator[dict[str, str]]:
    """Ways to read a rest that begins with a believable date."""
    ai, digits, after = rest[:2], rest[2:8], rest[8:]
    if ai not in _DATES or ai in taken or not _believable(ai, digits, today):
        return
    taken = taken | {ai}
    if not after:
        yield {ai: digits}
        return
    for way in _after(after, taken, today):
        yield {ai: digits} | way
    following = after[:2]
    if following in (BATCH, SERIAL) and following not in taken and len(after) > 2:
        for way in _ways(following, after[2:], taken, today):
            yield {ai: digits} | way


def _believable(ai: str, digits: str, today: date) -> bool:
    if len(digits) != 6 or not digits.isdigit():
        return False
    found = read_date(digits, today)
    if found is None:
        return False
    ahead = found.last_day.year - today.year
    return -5 <= ahead <= 10 if ai == EXPIRY else -10 <= ahead <= 0


def _doubtful(tail: str, known: Mapping[str, str]) -> bool:
    """A value with no separator behind it that is long, or holds the start of another element."""
    others = [other for other in (EXPIRY, BATCH, SERIAL) if other not in known]
    inside = any(
        re.search(r".17\d{6}" if other == EXPIRY else rf".{other}.", tail) for other in others
    )
    return len(tail) > _LONG_ALONE or inside
