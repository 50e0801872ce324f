"""Everything a person may say of one item: its draft, and what only this program asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventory.domain.item import ItemDraft, check_code, check_words
from inventory.domain.packing import Rounding
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused

MAX_DAYS = 730
MAX_SCHEME = 20


@dataclass(frozen=True, slots=True)
class OtherCode:
    """What another list calls the item: "KIMADIA" and its code there."""

    scheme: str
    code: str

    def __post_init__(self) -> None:
        if not self.scheme:
            raise Refused("Write whose code {code} is.", code=self.code)
        check_words(self.scheme, MAX_SCHEME)
        check_code(self.code)


@dataclass(frozen=True, slots=True)
class ItemForm:
    """`prices` by pack size, in whole dinars, of packs whose price is known; days are whole.

    None where the clinic's setting, or the item's class, decides.
    """

    draft: ItemDraft
    prices: Mapping[int, int] = field(default_factory=dict)
    supplier: str = ""
    rounding: Rounding | None = None
    lead_days: int | None = None
    review_days: int | None = None
    codes: tuple[OtherCode, ...] = ()

    def __post_init__(self) -> None:
        check_words(self.supplier)
        for price in self.prices.values():
            if not 0 <= price <= MAX_QUANTITY:
                raise Refused("A price is between 0 and {limit}.", limit=MAX_QUANTITY)
        for days in (self.lead_days, self.review_days):
            if days is not None and not 0 <= days <= MAX_DAYS:
                raise Refused("Write between 0 and {limit} days.", limit=MAX_DAYS)
