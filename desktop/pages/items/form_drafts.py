"""Half-filled forms in the drafts of the clinic: the one that is open, and those put aside."""

from __future__ import annotations

import platform
from collections.abc import Iterable
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

    key: str
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
        """Of the draft of that item's form; for a new item one that nothing else has."""
        return f"{item_id or f'{NEW}-{uuid7().hex}'}{self._here}"

    def find(self, item_id: int) -> KeptForm | None:
        """What was written of that item and not saved."""
        row = self.desk.draft(DRAFT, self.key(item_id)).row()
        return None if row is None else _kept(row)

    def waiting(self) -> KeptForm | None:
        """The new item that was begun last and put aside."""
        return _last(form for form in self.all() if form.state.item_id is None)

    def left_open(self) -> KeptForm | None:
        """The form that was on the screen last, when it was not put aside."""
        return _last(form for form in self.all() if form.is_open)

    def all(self) -> list[KeptForm]:
        """Every form of this desk that was begun and not saved."""
        rows = self.desk.drafts(DRAFT)
        return [_kept(row) for row in rows if row.key.endswith(self._here)]

    def keep(self, key: str, state: FormState, *, is_open: bool) -> None:
        """Durable when this returns."""
        self.desk.draft(DRAFT, key).save({**state.body(), "open": is_open, "run": RUN})

    def drop(self, key: str) -> None:
        """Forget it."""
        self.desk.draft(DRAFT, key).drop()


def _last(forms: Iterable[KeptForm]) -> KeptForm | None:
    return max(forms, key=lambda form: form.at, default=None)


def _kept(row: DraftRow) -> KeptForm:
    body = row.body if isinstance(row.body, dict) else {}
    is_open, ours = bool(body.get("open")), body.get("run") == RUN
    return KeptForm(row.key, of_body(row.body), row.changed_at, is_open, ours)
