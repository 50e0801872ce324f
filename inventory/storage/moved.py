"""A database whose data went to another place, and says so to whoever opens it or writes in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from inventory.domain.sentence import Refused
from inventory.storage.statement import Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOVED: Final = "moved"
"""The setting of the whole database that says where to."""

_MARK = Statement("SELECT value FROM setting WHERE scope = 0 AND key = 'moved'")


def moved_to(connection: Connection) -> str | None:
    """Where the data went; None when they are here."""
    row = _MARK.row(connection, {})
    if row is None:
        return None
    try:
        return str(json.loads(row[0])["to"])
    except (ValueError, KeyError, TypeError):
        return "?"


def check_not_moved(connection: Connection) -> None:
    """Raises Refused, saying where to go, when the data are elsewhere now."""
    place = moved_to(connection)
    if place is not None:
        raise went_away(place)


def went_away(place: str) -> Refused:
    """What to say to who wants to write here."""
    return Refused(
        "These data were moved to {place}. Open them there; here nothing is written any more.",
        place=place,
    )
