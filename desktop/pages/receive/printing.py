"""The goods-received note as it will be printed."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.preview import Preview
from inventory.language import Language
from inventory.queries.documents import document_numbered
from inventory.services.papers import goods_received_paper


def note_preview(desk: Desk, number: str) -> Preview:
    """The real pages of a note, in the languages of papers."""
    document = desk.ask(document_numbered, desk.clinic.id, number)
    paper = desk.ask(goods_received_paper, desk.clinic.id, document.id)
    practice = desk.practice

    def make(first: Language, second: Language | None) -> bytes:
        from inventory.documents.goods_received import goods_received_pdf

        return goods_received_pdf(paper, first, second, practice=practice)

    title = desk.say("Goods received note")
    return Preview(desk, title, make, f"{number}.pdf", number=number)
