"""The order that lies open: which one it is, what is changed on it, and how to go back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from desktop.desk import Desk, new_request
from desktop.drafts import Draft
from inventory.domain.names import Names
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.order_view import OrderView, ViewLine, order_view
from inventory.queries.orders import orders
from inventory.services import ordering
from inventory.services.ordering import LineState

CHOICE, EDITS = "order_choice", "order_edits"
MOST_STEPS = 50
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Choice:
    """For whom an order is made: one supplier, one kind, or everything."""

    supplier: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """A figure that was typed and waits for its reason."""

    item_id: int
    packs: int


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back; `packs` is the figure now, None when the line went."""

    names: Names
    packs: int | None


class OrderBook:
    """Every act is written as it is made; what can be undone is written beside it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.saved: int | None = None
        """The saved order that is looked at; None for the draft."""
        self.view: OrderView | None = None
        self.choice = _choice(desk.draft(CHOICE).load())

    # Which order

    def open_draft(self) -> None:
        """The draft of the choice, brought up to date with the stock."""
        self.saved = None
        if not self.may:
            self._look()
            return
        kinds = (self.choice.kind,) if self.choice.kind else ()
        order_id = self.desk.keep(ordering.open_draft, self._stamp(), self.choice.supplier, kinds)
        self._read(order_id)

    def _look(self) -> None:
        """Who prepares no orders sees the draft as it was left, else the newest order."""
        found = self.desk.ask(orders, self.desk.clinic.id)
        drafts = [row for row in found if row.state == DRAFT]
        kinds = (self.choice.kind,) if self.choice.kind else ()
        wanted = (self.choice.supplier, kinds)
        chosen = [row for row in drafts if (row.supplier, row.kinds) == wanted]
        for row in (*chosen, *drafts, *found)[:1]:
            self._read(row.id)

    def open_saved(self, order_id: int) -> None:
        """A saved order, or a draft that is then the one in work."""
        self._read(order_id)
        if not self.editable:
            self.saved = order_id
            return
        kinds = self.order.order.kinds
        self.choose(Choice(self.order.order.supplier, kinds[0] if kinds else ""))

    def choose(self, choice: Choice) -> None:
        """Make the order for somebody else; it is remembered."""
        self.choice = choice
        self.desk.draft(CHOICE).save(asdict(choice))
        self.open_draft()

    def bring_up_to_date(self) -> None:
        """Ask again for what lies open."""
        if self.saved is None:
            self.open_draft()
        else:
            self._read(self.saved)

    def read(self) -> None:
        """Read the same order again, as it was written."""
        self._read(self.order.order.id)

    def _read(self, order_id: int) -> None:
        desk = self.desk
        self.view = desk.ask(order_view, desk.clinic.id, order_id, desk.today)

    @property
    def order(self) -> OrderView:
        """What lies open. Raises Refused before anything was."""
        if self.view is None:
            raise Refused("No order is open.")
        return self.view

    @property
    def may(self) -> bool:
        """Whether who sits here prepares orders."""
        return self.desk.may(Permission.ORDER)

    @property
    def editable(self) -> bool:
        """Whether what lies open can be changed by who sits here."""
        return self.view is not None and self.view.is_draft and self.may

    @property
    def number(self) -> str:
        return self.order.order.number

    # Edits

    def ask_for(self, item_id: int, packs: int) -> bool:
        """A figure was typed. True when a reason is needed before it is written."""
        row = self._row(item_id)
        if packs == row.line.packs:
            self.forget_pending()
            return False
        if packs == row.line.proposed_packs:
            self.reset(item_id)
            return False
        self._save({"pending": asdict(Pending(item_id, packs))})
        return True

    @property
    def pending(self) -> Pending | None:
        """The figure that waits for a reason; it is there again after a power cut."""
        found = self._edits().get("pending")
        if not found or self.view is None or self.view.line(found["item_id"]) is None:
            return None
        return Pending(**found)

    def forget_pending(self) -> None:
        if self._edits().get("pending"):
            self._save({"pending": None})

    def give_reason(self, reason: str, note: str = "") -> ViewLine:
        """Write the figure that waited, with its reason or words. Returns the line before."""
        waiting = self.pending
        if waiting is None:
            raise Refused("No change waits for a reason.")
        before = self._row(waiting.item_id)
        self._write(ordering.change_line, waiting.item_id, waiting.packs, reason, note)
        self._remember(before.item_id, before, pending=None)
        return before

    def reset(self, item_id: int) -> bool:
        """Back to the proposal; False when the line stands as proposed."""
        before = self._row(item_id)
        if not before.changed:
            return False
        self._write(ordering.reset_line, item_id)
        self._remember(item_id, before, pending=None)
        return True

    def add(self, item_id: int) -> None:
        """An item that was not proposed. Raises Refused when it is there already."""
        self._write(ordering.add_line, item_id)
        self._remember(item_id, None)

    def undo(self) -> Undone | None:
        """Take back the last edit; None when there is none."""
        steps = self._edits().get("steps", []) if self.editable else []
        if self.view is None or not steps:
            return None
        step = steps[-1]
        before = None if step["before"] is None else LineState(**step["before"])
        gone = self.view.line(step["item"])
        self._save({"steps": steps[:-1], "pending": None})
        if gone is None:
            return self.undo()
        self._write(ordering.put_back, step["item"], before)
        return Undone(gone.line.item.names, None if before is None else before.packs)

    @property
    def can_undo(self) -> bool:
        return bool(self.editable and self._edits().get("steps"))

    def set_needed_by(self, day: date | None, emergency: bool) -> None:
        """When the goods are needed, and whether it is an emergency."""
        self._write(ordering.set_needed_by, day, emergency)

    # Saving and closing

    def save_as_printed(self) -> None:
        """The draft becomes an order that counts as coming. Raises Refused when it is empty."""
        order_id = self.order.order.id
        if not self.order.is_draft:
            return
        before, self.saved = self.saved, order_id
        try:
            self.desk.do(ordering.print_order, order_id)
        except Refused:
            self.saved = before
            raise
        self._draft(order_id).drop()
        self._read(order_id)

    def close(self) -> None:
        """Expect no more of it."""
        self.desk.do(ordering.close_order, self.order.order.id)

    def reopen(self, order_id: int) -> None:
        """Expect it again."""
        self.desk.do(ordering.reopen_order, order_id)

    # Keeping

    def _row(self, item_id: int) -> ViewLine:
        row = self.order.line(item_id)
        if row is None:
            raise Refused("That line is not on the order any more.")
        return row

    def _write(self, use_case: Any, *args: object) -> None:
        self.desk.keep(use_case, self._stamp(), self.order.order.id, *args)
        self.read()

    def _stamp(self) -> Stamp:
        return self.desk.stamp(new_request())

    def _remember(self, item_id: int, before: ViewLine | None, **more: object) -> None:
        state = None
        if before is not None:
            line = before.line
            state = asdict(LineState(line.packs, line.reason, line.note, line.changed_by,
                                     line.added))  # fmt: skip
        steps = [*self._edits().get("steps", []), {"item": item_id, "before": state}]
        self._save({"steps": steps[-MOST_STEPS:], **more})

    def _draft(self, order_id: int) -> Draft:
        return self.desk.draft(EDITS, str(order_id))

    def _edits(self) -> dict[str, Any]:
        found = self._draft(self.order.order.id).load()
        return found if isinstance(found, dict) else {}

    def _save(self, more: dict[str, Any]) -> None:
        self._draft(self.order.order.id).save(self._edits() | more)


def _choice(found: object) -> Choice:
    if not isinstance(found, dict):
        return Choice()
    return Choice(str(found.get("supplier", "")), str(found.get("kind", "")))
