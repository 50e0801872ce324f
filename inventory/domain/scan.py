"""What a scanned or pasted code says. Nothing here raises on any text: it warns.

In this order: our own codes; what the scanner itself names as GS1; a plain product number; text
that can only be GS1; else unknown, for a person to say which item it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from inventory.domain.expiry import Expiry
from inventory.domain.gs1 import read_message, separated
from inventory.domain.gtin import LENGTHS, check_digit, has_check_digit
from inventory.domain.keyboard import by_position, typed_under_another_layout
from inventory.domain.order_symbol import PREFIX, OrderSymbol, read_symbol
from inventory.domain.quantity import fold_digits, unmarked
from inventory.domain.scan_findings import findings
from inventory.domain.sentence import Refused, Sentence, sentence

OWN_LABEL = "ITM-"
LONGEST = 1000

_AIM = re.compile(r"\]([A-Za-z])(\d)", re.ASCII)
_GS1_AIM = frozenset({"]d2", "]d8", "]C1", "]Q3", "]J1", "]e0", "]e1", "]e2"})
_AIM_UNDER_CAPS = re.compile(r"\](?:[cqj]\d|D\d|E[0-2](?=\D|\d{15}))", re.ASCII)
_DOCUMENT = re.compile(r"[A-Z]{2,3}-\d{4}-\d{4,}", re.ASCII)
_GTIN_FIRST = re.compile(r"01\d{14}", re.ASCII)


class ScanKind(StrEnum):
    GS1 = "gs1"
    GTIN = "gtin"
    OWN = "own"
    ORDER = "order"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scan says; None where it does not. `raw` is the text as it came.

    `gtin` is 14 digits and only ever one with a right check digit. `item_code` is of our own
    label, `document` the number of our own paper, `symbol` a readable order symbol.
    """

    kind: ScanKind
    raw: str
    gtin: str | None = None
    lot: str | None = None
    expiry: Expiry | None = None
    production: date | None = None
    serial: str | None = None
    count: int | None = None
    item_code: str | None = None
    document: str | None = None
    symbol: OrderSymbol | None = None
    warnings: tuple[Sentence, ...] = ()


def read_scan(text: str, today: date) -> Scan:
    """Read any text; `today` decides the century of two-digit years."""
    clean = _clean(text)
    if not clean or len(clean) > LONGEST:
        return Scan(ScanKind.UNKNOWN, text)
    if typed_under_another_layout(clean):
        return replace(_read_by_position(clean, today), raw=text)
    return replace(_read_with_caps(clean, today), raw=text)


def _clean(text: str) -> str:
    """ASCII digits, no direction marks, no control characters but the separators."""
    plain = unmarked(fold_digits(text[: 4 * LONGEST]))
    return "".join(c for c in plain if c >= " " or "\x1c" <= c <= "\x1f").strip(" ")


def _read_by_position(clean: str, today: date) -> Scan:
    for decoded in by_position(clean):
        scan = _read_with_caps(decoded, today)
        if scan.kind is not ScanKind.UNKNOWN:
            return _warned(
                scan,
                sentence(
                    "The keyboard was not set to English. The code was read by the places of its "
                    "keys: compare it with the pack."
                ),
            )
    return Scan(ScanKind.UNKNOWN, clean)


def _read_with_caps(clean: str, today: date) -> Scan:
    """Caps Lock swaps capitals and small letters: known beginnings show it."""
    body = _AIM.sub("", clean, count=1) if clean.startswith("]") else clean
    own = body.startswith((OWN_LABEL.lower(), PREFIX.lower())) or (
        body.islower() and _DOCUMENT.fullmatch(body.upper()) is not None
    )
    if not own and not _AIM_UNDER_CAPS.match(clean):
        return _read(clean, today)
    return _warned(
        _read(clean.swapcase(), today),
        sentence("Caps Lock is on: capitals and small letters were exchanged back."),
    )


def _read(clean: str, today: date) -> Scan:
    named = _AIM.match(clean)
    body = clean[3:] if named else clean
    gs1 = named is not None and named[0] in _GS1_AIM
    own = _own(body)
    if own is not None:
        return own
    if not gs1 and body.isdigit() and len(body) in LENGTHS:
        return _product_number(body)
    if gs1 or _looks_gs1(body, today):
        return _gs1(body, today)
    return Scan(ScanKind.UNKNOWN, body)


def _own(body: str) -> Scan | None:
    if body.startswith(PREFIX):
        try:
            return Scan(ScanKind.ORDER, body, symbol=read_symbol(body))
        except Refused as refused:
            return Scan(ScanKind.ORDER, body, warnings=(refused.sentence,))
    if body.startswith(OWN_LABEL) and len(body) > len(OWN_LABEL):
        return Scan(ScanKind.OWN, body, item_code=body.removeprefix(OWN_LABEL))
    if _DOCUMENT.fullmatch(body):
        return Scan(ScanKind.OWN, body, document=body)
    return None


def _product_number(digits: str) -> Scan:
    if has_check_digit(digits):
        return Scan(ScanKind.GTIN, digits, gtin=digits.zfill(14))
    warning = sentence(
        "The last digit should be {digit}. Check the pack.", digit=check_digit(digits[:-1])
    )
    return Scan(ScanKind.UNKNOWN, digits, warnings=(warning,))


def _looks_gs1(body: str, today: date) -> bool:
    """Begins with a right product number, or can be cut as GS1 and holds one."""
    text = separated(body)
    if _GTIN_FIRST.match(text) and has_check_digit(text[2:16]):
        return True
    if body.startswith("[)>") or len(text) < 16 or not text[:2].isdigit():
        return False
    message = read_message(text, today)
    if message.unread:
        return False
    number = message.values.get("01") or message.values.get("02")
    if number is None:
        return False
    # A wrong check digit is worth a warning when everything round it is sound.
    return has_check_digit(number) or (text.startswith("01") and len(message.values) > 1)


def _gs1(body: str, today: date) -> Scan:
    message = read_message(separated(body), today)
    if not message.values:
        warning = sentence("The code cannot be read. Scan it again, or type what the pack says.")
        return Scan(ScanKind.UNKNOWN, body, warnings=(warning,))
    found = findings(message, today)
    return Scan(
        ScanKind.GS1,
        body,
        gtin=found.gtin,
        lot=message.values.get("10"),
        expiry=found.expiry,
        production=found.production,
        serial=message.values.get("21"),
        count=found.count,
        warnings=found.warnings,
    )


def _warned(scan: Scan, warning: Sentence) -> Scan:
    if scan.kind is ScanKind.UNKNOWN:
        return scan
    return replace(scan, warnings=(*scan.warnings, warning))
