"""How an item's code, name and expiry look in the cells of every form."""

from __future__ import annotations

from inventory.documents.cells import BLANK, Cell, single
from inventory.documents.surface import Align
from inventory.documents.typeface import Style, Weight
from inventory.documents.voices import Voices
from inventory.domain.expiry import Expiry, Precision

MINIMUM_ROW = 8.0
CODE_STYLE = Style(8.2, Weight.MEDIUM, slashed=True)


def name_styles(voices: Voices) -> tuple[Style, Style]:
    """The looks of a name in the first and the second language."""
    return (
        Style(8.7 if voices.rtl else 8.2, Weight.MEDIUM),
        Style(7.9 if voices.second_rtl else 7.4),
    )


def expiry_cell(expiry: Expiry | None, width: float, weight: Weight = Weight.REGULAR) -> Cell:
    """`03/2028`, or the day where the pack names one."""
    if expiry is None:
        return BLANK
    month = expiry.precision is Precision.MONTH
    text = expiry.last_day.strftime("%m/%Y") if month else expiry.iso
    return single(text, Style(8.6, weight), width, Align.CENTER)
