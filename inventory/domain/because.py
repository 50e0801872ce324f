"""Why a line of the order is what it is, in one sentence that recomputes with a pencil."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from inventory.domain.consumption import Amc
from inventory.domain.sentence import N_, Sentence, counted, sentence


@dataclass(frozen=True, slots=True)
class Figures:
    """What the sentence may name, in smallest units; `cover` is the maximum in months."""

    amc: Amc
    cover: Fraction
    maximum: int
    minimum: int
    usable: int
    at_risk: int
    on_order: int
    short: int
    waits: bool
    decimals: int


# Days out of stock: none, some, most. Then: stock that will expire. Then: anything short.
_SENTENCES = {
    ("none", False, True): N_(
        "{amc} a month; {cover} = {maximum}; {usable} usable; {on_order} coming; short {short}"
    ),
    ("none", False, False): N_(
        "{amc} a month; {cover} = {maximum}; {usable} usable; {on_order} coming; nothing needed"
    ),
    ("none", True, True): N_(
        "{amc} a month; {cover} = {maximum}; {usable} usable ({at_risk} will expire); "
        "{on_order} coming; short {short}"
    ),
    ("none", True, False): N_(
        "{amc} a month; {cover} = {maximum}; {usable} usable ({at_risk} will expire); "
        "{on_order} coming; nothing needed"
    ),
    ("some", False, True): N_(
        "{amc} a month, {out} counted; {cover} = {maximum}; {usable} usable; "
        "{on_order} coming; short {short}"
    ),
    ("some", False, False): N_(
        "{amc} a month, {out} counted; {cover} = {maximum}; {usable} usable; "
        "{on_order} coming; nothing needed"
    ),
    ("some", True, True): N_(
        "{amc} a month, {out} counted; {cover} = {maximum}; {usable} usable "
        "({at_risk} will expire); {on_order} coming; short {short}"
    ),
    ("some", True, False): N_(
        "{amc} a month, {out} counted; {cover} = {maximum}; {usable} usable "
        "({at_risk} will expire); {on_order} coming; nothing needed"
    ),
    ("most", False, True): N_(
        "{amc} a month, from only {days} with stock; {cover} = {maximum}; {usable} usable; "
        "{on_order} coming; short {short}"
    ),
    ("most", False, False): N_(
        "{amc} a month, from only {days} with stock; {cover} = {maximum}; {usable} usable; "
        "{on_order} coming; nothing needed"
    ),
    ("most", True, True): N_(
        "{amc} a month, from only {days} with stock; {cover} = {maximum}; {usable} usable "
        "({at_risk} will expire); {on_order} coming; short {short}"
    ),
    ("most", True, False): N_(
        "{amc} a month, from only {days} with stock; {cover} = {maximum}; {usable} usable "
        "({at_risk} will expire); {on_order} coming; nothing needed"
    ),
}
_WAITS = N_(
    "{amc} a month; {usable} usable; {on_order} coming; "
    "above the minimum of {minimum}: nothing needed yet"
)


def explain(figures: Figures) -> Sentence:
    """The sentence under the item's name on the order."""
    amc = figures.amc
    if amc.rounded == 0:
        return _without_use(amc)
    if figures.waits:
        return Sentence(_WAITS, _values(figures))
    out = "most" if not amc.reliable else "some" if amc.days_out else "none"
    return Sentence(_SENTENCES[out, figures.at_risk > 0, figures.short > 0], _values(figures))


def _without_use(amc: Amc) -> Sentence:
    if amc.months_counted:
        return counted(
            "Nothing used in {n} month: add a line by hand if it is needed",
            "Nothing used in {n} months: add a line by hand if it is needed",
            amc.months_counted,
        )
    if amc.months_out:
        return sentence("Out of stock the whole time: use is not known, decide by hand")
    return sentence("No month of use is recorded yet: decide by hand")


def _values(figures: Figures) -> dict[str, object]:
    def shown(units: int) -> object:
        return _shown(units, figures.decimals)

    amc = figures.amc
    return {
        "amc": shown(amc.rounded),
        "cover": _months(figures.cover),
        "maximum": shown(figures.maximum),
        "minimum": shown(figures.minimum),
        "usable": shown(figures.usable),
        "at_risk": shown(figures.at_risk),
        "on_order": shown(figures.on_order),
        "short": shown(figures.short),
        "out": counted("{n} day out of stock", "{n} days out of stock", amc.days_out),
        "days": counted("{n} day", "{n} days", amc.days_with_stock),
    }


def _shown(units: int, decimals: int) -> object:
    """Whole units stay a number for the language to format; 311 decilitres are "31.1"."""
    whole, rest = divmod(units, 10**decimals)
    return whole if rest == 0 else f"{whole}.{rest:0{decimals}}"


def _months(months: Fraction) -> Sentence:
    if months.denominator == 1:
        return counted("{n} month", "{n} months", int(months))
    tenths = months * 10
    if tenths.denominator == 1:
        return sentence("{months} months", months=f"{int(tenths) // 10}.{int(tenths) % 10}")
    return sentence("{months} months", months=f"{months.numerator}/{months.denominator}")
