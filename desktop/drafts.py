"""Work that is not posted yet, kept by the database as it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.desk import Desk


class Draft:
    """One unfinished thing of one clinic: a basket, a delivery, an order, a half-filled form.

    The body is anything JSON can hold. Saving is durable when the call returns.
    """

    def __init__(self, desk: Desk, kind: str, key: str) -> None:
        self.desk = desk
        self.kind = kind
        self.key = key

    def load(self) -> Any | None:
        """What was saved last; None when there is nothing."""
        from inventory.queries.drafts import load_draft

        return self.desk.ask(load_draft, self.desk.clinic.id, self.kind, self.key)

    def save(self, body: Any) -> None:
        """Keep it. No `committed` is told: a draft is nobody else's business."""
        from inventory.services.drafts import save_draft

        self.desk.do_quietly(save_draft, self.kind, self.key, body)

    def drop(self) -> None:
        """Forget it, because it was posted or thrown away."""
        from inventory.services.drafts import drop_draft

        self.desk.do_quietly(drop_draft, self.kind, self.key)
