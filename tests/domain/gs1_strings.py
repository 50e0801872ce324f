"""GS1 messages as packs carry them, made up for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hypothesis import strategies as st

from inventory.domain.expiry import Expiry
from inventory.domain.gtin import check_digit
from tests.layouts import LAYOUTS

TODAY = date(2026, 11, 22)
GS = "\x1d"
FIXED = ("01", "17", "11")

# All that a batch may hold by the standard.
VALUES = st.text(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'()*+,-./:;<=>?_",
    min_size=1,
    max_size=20,
)
# What batches of medicines do hold.
PLAIN_VALUES = st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789-/.", min_size=1, max_size=20)


@dataclass(frozen=True)
class Pack:
    """What a code says; `order` is how its elements follow each other."""

    gtin: str
    expiry: Expiry
    made: date | None
    lot: str
    serial: str | None
    order: tuple[str, ...]

    def value(self, ai: str) -> str | None:
        day = "00" if len(self.expiry.iso) == 7 else f"{self.expiry.last_day:%d}"
        return {
            "01": self.gtin,
            "17": f"{self.expiry.last_day:%y%m}{day}",
            "11": f"{self.made:%y%m%d}" if self.made else None,
            "10": self.lot,
            "21": self.serial,
        }[ai]

    def text(self, separator: str = GS) -> str:
        """The message, with a separator after each element that needs one."""
        parts = [(ai, value) for ai in self.order if (value := self.value(ai)) is not None]
        text = "".join(ai + value + ("" if ai in FIXED else separator) for ai, value in parts)
        return text.removesuffix(separator)


@st.composite
def gtins(draw: st.DrawFn) -> str:
    """Any product that is not a shop's own."""
    body = "0" + draw(st.sampled_from(["629", "340", "890", "500", "761"]))
    body += draw(st.text("0123456789", min_size=9, max_size=9))
    return body + check_digit(body)


@st.composite
def packs(
    draw: st.DrawFn,
    values: st.SearchStrategy[str] = VALUES,
    first: Literal["gtin", "any"] = "any",
) -> Pack:
    day = draw(st.dates(TODAY + timedelta(days=1), TODAY + timedelta(days=3600)))
    month = draw(st.booleans())
    order = draw(st.permutations(["01", "17", "11", "10", "21"]))
    if first == "gtin":
        order = ["01", *(ai for ai in order if ai != "01")]
    return Pack(
        gtin=draw(gtins()),
        expiry=Expiry.of_month(day.year, day.month) if month else Expiry.of_day(day),
        made=draw(st.none() | st.dates(TODAY - timedelta(days=3000), TODAY)),
        lot=draw(values.filter(lambda lot: not lot.islower())),
        serial=draw(st.none() | values),
        order=tuple(order),
    )


def typed_in(text: str, layout: str) -> str:
    """What a US scanner's keys write on a computer set to `layout`; separators pass through."""
    us, other = LAYOUTS["us"], LAYOUTS[layout]
    written = []
    for character in text:
        place, shift = us.place_of(character)
        written.append(other.text(place, shift=shift) if place else character)
    return "".join(written)
