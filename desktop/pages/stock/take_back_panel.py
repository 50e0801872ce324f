"""Take a document of the stock back: what it did, and why it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.desk import Desk
from desktop.widgets.labels import label
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.reasons import Context
from inventory.queries.documents import document_numbered, lines_of


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What the message bar asks of this page: reverse the document with that number."""

    number: str


class TakeBackPanel(ReasonPanel):
    """`done(reason)` once one was chosen. Raises Refused when there is no such document."""

    def __init__(self, desk: Desk, number: str, done: Callable[[str], object]) -> None:
        title = desk.say("Reverse {number}", number=number)
        super().__init__(desk, title, Context.REVERSE, desk.say("Reverse"), done)
        document = desk.ask(document_numbered, desk.clinic.id, number)
        moved = {line.lot_id for line in desk.ask(lines_of, document.id)}
        words = desk.count("{kind}: {n} batch", "{kind}: {n} batches", len(moved),
                           kind=desk.say(document.kind.heading))  # fmt: skip
        self.room.column.addWidget(label(words, "second", wrap=True))
        self.add_reasons()
