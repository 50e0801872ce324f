"""Work that is not posted yet, kept by the database as it is made."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.desk import Desk
    from inventory.queries.drafts import DraftRow


class Draft:
    """One unfinished thing of one clinic: a basket, a delivery, an order, a half-filled form.

    The body is anything JSON can hold. Saving is durable when the call returns, and tells
    nobody: a draft is no other page's business.
    """

    def __init__(self, desk: Desk, kind: str, key: str) -> None:
        self.desk = desk
        self.kind = kind
        self.key = key

    def row(self) -> DraftRow | None:
        """Body and time of the last change; None when there is nothing."""
        from inventory.queries.drafts import draft

        return self.desk.ask(draft, self.desk.clinic.id, self.kind, self.key)

    def load(self) -> Any | None:
        """The body that was saved last; None when there is nothing."""
        found = self.row()
        return None if found is None else found.body

    def save(self, body: Any) -> None:
        """Keep it, over what was there; nothing is kept of a file that is only looked at."""
        safety = self.desk.safety
        if safety is not None and safety.looks_only:
            return
        from inventory.services.drafts import save_draft

        now = time.time_ns() // 1_000_000
        self.desk.keep(save_draft, self.desk.clinic.id, self.kind, self.key, body, now)

    def drop(self) -> None:
        """Forget it, because it was posted or thrown away."""
        safety = self.desk.safety
        if safety is not None and safety.looks_only:
            return
        from inventory.services.drafts import drop_draft

        self.desk.keep(drop_draft, self.desk.clinic.id, self.kind, self.key)
