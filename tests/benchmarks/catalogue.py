"""Five thousand items with names a search can tell apart."""

from __future__ import annotations

import random

from sqlalchemy import Connection

from inventory.domain.gtin import check_digit
from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names
from inventory.services.items import save_item

_STARTS = ("Amo", "Cipro", "Para", "Metro", "Dexa", "Furo", "Keto", "Levo", "Nife", "Oxy", "Pred",
           "Rani", "Sulfa", "Tetra", "Vera", "Zido", "Beta", "Carba", "Diclo", "Ery")  # fmt: skip
_MIDDLES = ("xi", "flo", "ceta", "nida", "metha", "se", "cona", "thyro", "di", "to")
_ENDS = ("cillin", "xacin", "mol", "zole", "sone", "mide", "pine", "lol", "cycline", "prazole")
_ARABIC = (
    "أمو", "سيبرو", "بارا", "مترو", "ديكسا", "فورو", "كيتو", "ليفو", "نيفي", "أوكسي",
    "بريد", "راني", "سلفا", "تترا", "فيرا", "زيدو", "بيتا", "كاربا", "ديكلو", "إري",
)  # fmt: skip
_STRENGTHS = ("5 mg", "50 mg", "250 mg", "500 mg", "1 g")
_FORMS = ("tablet", "capsule", "ampoule", "suspension", "cream")


def gtin(number: int) -> str:
    body = f"0629{number:09d}"
    return body + check_digit(body)


def fill(connection: Connection, items: int) -> list[int]:
    """Save that many items; returns their ids in order."""
    dice = random.Random(5)
    return [save_item(connection, draft(number, dice), 0) for number in range(items)]


def draft(number: int, dice: random.Random) -> ItemDraft:
    """The item of that number; dice give what does not matter."""
    start = number % len(_STARTS)
    stem = _STARTS[start] + _MIDDLES[number // 20 % 10] + _ENDS[number // 200 % 10]
    strength = _STRENGTHS[number // 2000 % 5]
    form = dice.choice(_FORMS)
    return ItemDraft(
        code=f"BM-{number:05d}",
        names=Names(en=f"{stem} {strength} {form}", ar=f"{_ARABIC[start]} {strength} {number}"),
        kind="medicine",
        unit=form if form in ("tablet", "capsule", "ampoule") else "bottle",
        pack_size=dice.choice((10, 20, 100)),
        barcodes=(Barcode(gtin(number), 10),),
        inn=stem,
        strength=strength,
        form=form,
        ven=dice.choice("VEN"),
    )
