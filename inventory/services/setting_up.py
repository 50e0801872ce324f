"""A new database with its first clinic, and its first list of items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.stamp import Stamp
from inventory.services import clinics
from inventory.services.importing import import_items, plan_items
from inventory.storage.opening import create_database

STARTER = "starter"
CATALOGUES = Path(__file__).parents[2] / "resources" / "catalogues"


@dataclass(frozen=True, slots=True)
class SetUp:
    """`catalogue` is 'starter', the path of a file of items, or None for an empty list."""

    clinic: str
    language: str = "en"
    catalogue: str | None = None
    town: str = ""
    colour: str = ""
    places: tuple[str, ...] = ("Pharmacy",)


def set_up(
    address: str | Path, wanted: SetUp, today: date, now: int, user: str = ""
) -> dict[str, Any]:
    """Make the database. Raises Refused, leaving nothing behind, when something is wrong."""
    clinics.checked_name(wanted.clinic)
    items = 0

    def fill(connection: Connection) -> None:
        nonlocal items
        clinic_id = clinics.add_clinic(
            connection,
            clinics.NewClinic(wanted.clinic, town=wanted.town, colour=wanted.colour,
                              places=wanted.places),
            today, now,
        )  # fmt: skip
        clinics.save_setting(connection, clinic_id, "language", wanted.language)
        clinics.save_setting(connection, 0, "language", wanted.language)
        if wanted.catalogue is not None:
            plan = plan_items(connection, clinic_id, catalogue_path(wanted.catalogue), today)
            import_items(connection, Stamp(clinic_id, user, today, now, uuid7().hex), plan)
            items = len(plan.added)

    create_database(address, fill=fill).close()
    return {"clinic": wanted.clinic, "database": str(address), "items": items}


def catalogue_path(catalogue: str) -> Path:
    """The file of a catalogue: our own starter, or the path that was given."""
    return CATALOGUES / "starter.csv" if catalogue == STARTER else Path(catalogue)
