"""From a paper key to the page that is printed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from inventory.documents.recovery_sheet import RecoverySheet
from inventory.queries.clinics import ClinicRow, clinic_names
from inventory.storage.paper_words import PaperKey


def recovery_sheet(
    connection: Connection, clinic: ClinicRow, paper: PaperKey, today: date
) -> RecoverySheet:
    """The page of a paper key that was just made; it is kept nowhere."""
    names = clinic_names(connection, clinic.id, clinic.name)
    return RecoverySheet(names, today, paper.words, paper.numbers, paper.qr_text)
