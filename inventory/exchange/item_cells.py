"""One row of an item list as an item: what its cells say, and what stays when they are blank."""

from __future__ import annotations

import re

from inventory.domain.gtin import parse_gtin
from inventory.domain.item import (
    MAX_NAME,
    Barcode,
    ItemDraft,
    check_barcode,
    check_code,
    check_months,
    check_words,
)
from inventory.domain.item_kinds import KINDS
from inventory.domain.names import LANGUAGE_CODES, Names
from inventory.domain.quantity import fold_digits
from inventory.domain.sentence import Refused, sentence
from inventory.domain.units import parse_unit
from inventory.exchange.numbers import parse_months, parse_pack_size, typed_number
from inventory.exchange.plan import Cells
from inventory.exchange.words import parse_controlled, parse_kind, parse_ven

_FIRST_KIND = "medicine"
_BETWEEN = re.compile(r"[\s;,|،؛]+")
_SIZED = re.compile(r"(.+?)\s*=\s*(\d{1,7})")


def code_of(text: str) -> str:
    """A checked item code, with Latin digits."""
    code = fold_digits(text)
    check_code(code)
    return code


def read_item(cells: Cells, code: str, before: ItemDraft | None) -> ItemDraft | None:
    """The item a row describes; a blank cell keeps what is there. None when a cell is refused."""
    kind = cells.read("kind", parse_kind, before.kind if before else _FIRST_KIND)
    names = _names(cells, before.names if before else Names())
    unit = cells.read("unit", parse_unit, before.unit if before else KINDS[kind].unit)
    pack_size = cells.read(
        "pack_size",
        lambda text: parse_pack_size(text, cells.decimal_comma),
        before.pack_size if before else 1,
    )
    packs = _packs(cells, before, pack_size)
    barcodes = _barcodes(cells, before, pack_size)
    ven = cells.read("ven", parse_ven, before.ven if before else "")
    inn = cells.read("inn", _long_words, before.inn if before else "")
    strength = cells.read("strength", _words, before.strength if before else "")
    form = cells.read("form", _words, before.form if before else "")
    storage = cells.read("storage", _words, before.storage if before else "")
    controlled = cells.read("controlled", _controlled, before.controlled if before else "")
    substitutes = cells.read("substitutes", _codes, before.substitutes if before else ())
    minimum = cells.read("min_months", parse_months, before.min_months if before else None)
    maximum = cells.read("max_months", parse_months, before.max_months if before else None)
    try:
        check_months(minimum, maximum)
    except Refused as no:
        cells.refuse("max_months", no.sentence)
    if cells.refused:
        return None
    return ItemDraft(
        code, names, kind, unit, pack_size, packs, barcodes, ven, inn, strength, form, storage,
        controlled, substitutes, minimum, maximum,
    )  # fmt: skip


def _names(cells: Cells, before: Names) -> Names:
    names = Names(
        *(
            cells.read(f"name_{language}", _long_words, getattr(before, language))
            for language in LANGUAGE_CODES
        )
    )
    if not str(names) and all(not cell.field.startswith("name_") for cell in cells.refused):
        cells.refuse("name_en", sentence("An item needs a name in at least one language."))
    return names


def _words(text: str) -> str:
    check_words(text)
    return text


def _long_words(text: str) -> str:
    check_words(text, MAX_NAME)
    return text


def _controlled(text: str) -> str:
    return _words(parse_controlled(text))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code_of(code) for code in _BETWEEN.split(text) if code))


def _packs(cells: Cells, before: ItemDraft | None, pack_size: int) -> tuple[int, ...]:
    """The other sizes: those that are known stay, the usual one is not repeated."""
    known = (before.pack_size, *before.packs) if before else ()
    none: tuple[int, ...] = ()
    told = cells.read("packs", _sizes, none)
    return tuple(size for size in dict.fromkeys((*known, *told)) if size != pack_size)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(parse_pack_size(size) for size in re.split(r"[\s;|؛]+", text) if size)


def _barcodes(cells: Cells, before: ItemDraft | None, pack_size: int) -> tuple[Barcode, ...]:
    """Known codes stay with the pack they were learned on; `code=100` names another pack.

    A code known on the old usual pack follows when the row changes the usual pack.
    """
    kept = {barcode.code: barcode.pack_size for barcode in before.barcodes} if before else {}
    usual = before.pack_size if before else pack_size
    none: tuple[tuple[str, int | None], ...] = ()
    for code, size in cells.read("barcode", _codes_with_sizes, none):
        known = kept.get(code, usual)
        kept[code] = size or (pack_size if known == usual else known)
    return tuple(Barcode(code, size) for code, size in sorted(kept.items()))


def _codes_with_sizes(text: str) -> tuple[tuple[str, int | None], ...]:
    return tuple(_code_with_size(part) for part in re.split(r"[\s;,|،؛]+", text) if part)


def _code_with_size(text: str) -> tuple[str, int | None]:
    sized = _SIZED.fullmatch(text)
    code, size = (sized[1], parse_pack_size(sized[2])) if sized else (text, None)
    code = typed_number(code, decimal_comma=False)
    if code.replace("-", "").isdigit():
        code = str(parse_gtin(code))
    check_barcode(Barcode(code, size or 1))
    return code, size
