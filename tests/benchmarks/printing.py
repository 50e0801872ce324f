"""The reorder form of a thousand lines, in Arabic with English beside it."""

from __future__ import annotations

import random

from inventory.documents.order_form import (
    OrderForm,
    OrderFormLine,
    OrderFormSection,
    order_form_pdf,
)
from inventory.domain.months import window
from inventory.domain.names import Names
from inventory.domain.order_symbol import OrderLine, write_symbols
from inventory.domain.sentence import sentence
from inventory.language import language
from tests.benchmarks import catalogue
from tests.benchmarks.decade import TODAY
from tests.benchmarks.timing import Result, typical

LINES = 1_000


def measure(times: int) -> list[Result]:
    form = _form()
    first, second = language("ar"), language("en")
    two = typical(lambda: order_form_pdf(form, first, second), times)
    one = typical(lambda: order_form_pdf(form, second), times)
    return [
        Result("form_ms", f"order form of {LINES:,} lines, English", one, "ms", 1000),
        Result("form_two_ms", "the same, Arabic and English", two, "ms"),
    ]


def _form() -> OrderForm:
    dice = random.Random(7)
    lines = tuple(_line(number, dice) for number in range(LINES))
    months = window(TODAY, 3)
    symbols = write_symbols(
        "ORD-2026-00001", "MOS-014", TODAY, [OrderLine(x.code, x.requested_units) for x in lines]
    )
    return OrderForm(
        number="ORD-2026-00001",
        clinic=Names(en="Al-Noor Health Centre", ar="مركز النور الصحي"),
        clinic_code="MOS-014",
        authority=Names(en="Department of Health", ar="دائرة الصحة"),
        supplier=Names(en="Central store", ar="المخزن المركزي"),
        day=TODAY,
        period_first=months[0].first_day,
        period_last=months[-1].last_day,
        sections=(OrderFormSection(sentence("Medicines"), lines),),
        symbols=tuple(symbols),
    )


def _line(number: int, dice: random.Random) -> OrderFormLine:
    used, pack = dice.randint(0, 900), dice.choice((10, 20, 100))
    packs = -(-used // pack)
    draft = catalogue.draft(number, dice)
    return OrderFormLine(
        code=draft.code, names=draft.names, unit=sentence("tablet"), opening=dice.randint(0, 999),
        received=dice.randint(0, 999), consumed=used, adjustments=dice.randint(-20, 20),
        on_hand=dice.randint(0, 999), days_out=dice.randint(0, 9), amc=used // 3,
        maximum=used, on_order=0, requested_units=packs * pack, packs=packs, pack_size=pack,
    )  # fmt: skip
