"""What the eye sees: a line as the Unicode bidirectional algorithm lays it out."""

from __future__ import annotations

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

_INVISIBLE = dict.fromkeys([*range(0x2066, 0x206A), 0x200E])


def seen(text: str, *, rtl: bool = True) -> str:
    """The characters from the left of the line to the right, without invisible marks."""
    direction = TextDirection.RTL if rtl else TextDirection.LTR
    shown: str = BidiParagraph(text, direction).get_reordered_string()
    return shown.translate(_INVISIBLE)
