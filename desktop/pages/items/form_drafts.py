"""Half-filled forms in the drafts of the clinic: the one that is open, and those put aside."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from uuid6 import uuid7

from desktop.desk import Desk
from desktop.pages.items.form_state import FormState, of_body
from inventory.queries.drafts import DraftRow
from inventory.services.item_forms import DRAFT, NEW

RUN = uuid7().hex
"""Names this running of the program: an open form of another one was left behind."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was written last; `at` in milliseconds UTC, `ours` when this running kept it."""

    state: FormState
    at: int
    is_open: bool
    ours: bool


class FormDrafts:
    """The forms of one desk. Keys carry the computer's name: desks do not mix."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._here = f"@{platform.node()}"

    def key(self, item_id: int | None) -> str:
        """Of the draft of that item's form, or of the new item's."""
        return f"{NEW if item_id is None else item_id}{self._here}"

    def find(self, item_id: int | None) -> KeptForm | None:
        """What was written of that item and not saved."""
        row = self.desk.draft(DRAFT, self.key(item_id)).row()
        return None if row is None else _kept(row)

    def left_open(self) -> KeptForm | None:
        """The form that was on the screen last, when it was not put aside."""
        kept = [form for form in self.all() if form.is_open]
        return max(kept, key=lambda form: form.at, default=None)

    def all(self) -> list[KeptForm]:
        """Every form of this desk that was begun and not saved."""
        rows = self.desk.drafts(DRAFT)
        return [_kept(row) for row in rows if row.key.endswith(self._here)]

    def keep(self, state: FormState, *, is_open: bool) -> None:
        """Durable when this returns."""
        body = {**state.body(), "open": is_open, "run": RUN}
        self.desk.draft(DRAFT, self.key(state.item_id)).save(body)

    def drop(self, item_id: int | None) -> None:
        """Forget it."""
        self.desk.draft(DRAFT, self.key(item_id)).drop()


def _kept(row: DraftRow) -> KeptForm:
    body = row.body if isinstance(row.body, dict) else {}
    is_open, ours = bool(body.get("open")), body.get("run") == RUN
    return KeptForm(of_body(row.body), row.changed_at, is_open, ours)
