"""The one way a list leaves the program: only for who may, and written into the security log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.desk import Desk
from inventory.domain.roles import Permission
from inventory.domain.sentence import sentence
from inventory.services.exporting import record_export

MAY = Permission.EXPORT


def take_out(desk: Desk, what: str, rows: int, write: Callable[[], str | Path]) -> Path:
    """Record it, then `write` it; returns where it was written and says so. Raises Refused.

    `what` is English source text. What can only be looked at cannot be written into either: a
    list of a copied file is taken out all the same.
    """
    if desk.safety is None or not desk.safety.looks_only:
        desk.do(record_export, what, rows)
    path = Path(write())
    desk.done(sentence("Written to {file}", file=path.name))
    return path
