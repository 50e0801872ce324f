"""A form of one item as it is being written: words as typed, kept as a draft, read when saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from inventory.domain.gtin import LENGTHS, parse_gtin
from inventory.domain.item import Barcode
from inventory.domain.item_form import ItemForm
from inventory.domain.item_kinds import KINDS, ItemKind
from inventory.domain.names import LANGUAGE_CODES
from inventory.domain.quantity import fold_digits, unmarked

FIRST_KIND = "medicine"
NAME_KEYS = tuple(f"name_{code}" for code in LANGUAGE_CODES)
WORD_KEYS = (
    "code", *NAME_KEYS, "kind", "unit", "ven", "inn", "strength", "form", "storage",
    "controlled", "supplier", "rounding", "min_months", "max_months", "lead_days", "review_days",
)  # fmt: skip
ROW_KEYS = ("packs", "barcodes", "codes", "substitutes")

_ALWAYS = frozenset(WORD_KEYS) - {"inn", "strength", "form", "storage", "controlled"}
# What a section of the order form asks beyond what every item is asked.
_OF_SECTION: Mapping[str, frozenset[str]] = {
    "medicines": frozenset({"inn", "strength", "form"}),
}

Rows = list[list[str]]


@dataclass(slots=True)
class FormState:
    """`words` by key of WORD_KEYS; rows of [size, price], [code, size], [scheme, code], [code].

    `item_id` is None for an item that is not on the list yet.
    """

    item_id: int | None = None
    words: dict[str, str] = field(default_factory=dict)
    packs: Rows = field(default_factory=list)
    barcodes: Rows = field(default_factory=list)
    codes: Rows = field(default_factory=list)
    substitutes: Rows = field(default_factory=list)

    @property
    def traits(self) -> ItemKind:
        """Of the kind chosen now."""
        return KINDS[self.words.get("kind") or FIRST_KIND]

    def word(self, key: str) -> str:
        """What is written there."""
        return self.words.get(key, "")

    def rows(self, key: str) -> Rows:
        """The rows of one of ROW_KEYS, without those in which nothing is written."""
        return [row for row in getattr(self, key) if any(row)]

    def filled(self, key: str) -> list[tuple[int, list[str]]]:
        """The same rows with the place each stands at."""
        return [(at, row) for at, row in enumerate(getattr(self, key)) if any(row)]

    def set_word(self, key: str, text: str) -> None:
        """Write it. A new kind brings its own unit while the old one's is still there."""
        before = self.traits.unit
        self.words[key] = text
        if key == "kind" and self.word("unit") in ("", before):
            self.words["unit"] = self.traits.unit

    def add_barcode(self, code: str) -> int:
        """A scanned code in a row of its own, on the usual pack. Returns the row."""
        rows = self.rows("barcodes")
        found = next((at for at, row in enumerate(rows) if as_kept(row[0]) == as_kept(code)), None)
        if found is None:
            rows.append([as_printed(code), ""])
            found = len(rows) - 1
        self.barcodes = rows
        return found

    def same_as(self, other: FormState) -> bool:
        """Whether nothing is written differently."""
        return self.body() == other.body()

    def body(self) -> dict[str, Any]:
        """Plain data for the draft, without what is empty."""
        words = {key: self.word(key) for key in WORD_KEYS if self.word(key)}
        rows = {key: self.rows(key) for key in ROW_KEYS if self.rows(key)}
        return {"item": self.item_id, "words": words, **rows}


def asked(kind: ItemKind) -> frozenset[str]:
    """The fields an item of that kind is asked."""
    found = _ALWAYS | _OF_SECTION.get(kind.section, frozenset())
    if kind.cold_chain:
        found |= {"storage"}
    if kind.controlled:
        found |= {"controlled"}
    return found


def blank(kind: str = FIRST_KIND, barcode: str = "") -> FormState:
    """A new item, perhaps with the code that was scanned."""
    made = FormState(words={"kind": kind, "unit": KINDS[kind].unit})
    if barcode:
        made.barcodes = [[as_printed(barcode), ""]]
    return made


def of_body(body: Any) -> FormState:
    """The form a draft was kept of; what cannot be read is left out."""
    if not isinstance(body, dict):
        return blank()
    words = body.get("words")
    item_id = body.get("item")
    made = FormState(item_id if isinstance(item_id, int) else None)
    if isinstance(words, dict):
        made.words = {key: str(words[key]) for key in WORD_KEYS if key in words}
    if made.word("kind") not in KINDS:
        made.words["kind"] = FIRST_KIND
    for key in ROW_KEYS:
        rows = body.get(key, [])
        if isinstance(rows, list):
            setattr(made, key, [[str(cell) for cell in row] for row in rows])
    return made


def of_form(form: ItemForm, item_id: int) -> FormState:
    """An item that is on the list, as somebody would have typed it."""
    draft = form.draft
    decimals = KINDS[draft.kind].decimals
    names = {f"name_{code}": getattr(draft.names, code) for code in LANGUAGE_CODES}
    words = {
        "code": draft.code, **names, "kind": draft.kind, "unit": draft.unit, "ven": draft.ven,
        "inn": draft.inn, "strength": draft.strength, "form": draft.form,
        "storage": draft.storage, "controlled": draft.controlled, "supplier": form.supplier,
        "rounding": str(form.rounding or ""), "min_months": months(draft.min_months),
        "max_months": months(draft.max_months), "lead_days": _whole(form.lead_days),
        "review_days": _whole(form.review_days),
    }  # fmt: skip
    sizes = (draft.pack_size, *draft.packs)
    return FormState(
        item_id,
        words,
        packs=[[size_text(size, decimals), _whole(form.prices.get(size))] for size in sizes],
        barcodes=[_barcode_row(code, draft.pack_size, decimals) for code in draft.barcodes],
        codes=[[other.scheme, other.code] for other in form.codes],
        substitutes=[[code] for code in draft.substitutes],
    )  # fmt: skip


def _barcode_row(barcode: Barcode, usual: int, decimals: int) -> list[str]:
    size = "" if barcode.pack_size == usual else size_text(barcode.pack_size, decimals)
    return [as_printed(barcode.code), size]


def as_kept(code: str) -> str:
    """A code as it is kept: a product number as 14 digits. Raises Refused on a wrong one."""
    digits = "".join(unmarked(fold_digits(code)).split()).replace("-", "")
    if digits.isdigit() and len(digits) in LENGTHS:
        return str(parse_gtin(digits))
    return unmarked(code).strip()


def as_printed(code: str) -> str:
    """A product number as packs print it: 13 digits where the first of the 14 says nothing."""
    return code[1:] if len(code) == 14 and code.isdigit() and code.startswith("0") else code


def size_text(size: int, decimals: int) -> str:
    """A pack size as it is typed: 2000 decilitres are 200."""
    whole, rest = divmod(size, 10**decimals)
    return f"{whole}.{rest:0{decimals}}" if rest else str(whole)


def months(value: Fraction | None) -> str:
    """Months with at most two decimals, as they are typed."""
    from inventory.exchange.items_plan import months_cell

    return months_cell(value)


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
