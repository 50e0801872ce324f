"""One file on its way in: read, its columns known, compared with what is there. No screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from desktop.pages.items.import_kinds import ImportKind, NamesByCode
from inventory.domain.sentence import Refused, Sentence
from inventory.exchange.columns import ColumnMapping, signature
from inventory.exchange.fields import TABLES
from inventory.exchange.plan import ImportPlan
from inventory.exchange.progress import Progress
from inventory.exchange.table_file import TableFile, read_table
from inventory.queries.clinics import setting
from inventory.queries.items import all_items
from inventory.services.importing import mapping_for


@dataclass(frozen=True, slots=True)
class Asked:
    """Which file, and what a person said of it; empty where the program finds out itself."""

    kind: str
    path: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""

    def body(self) -> dict[str, str]:
        """Plain data for the draft."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read. `plan` is None when its columns do not suffice; `why_not` says so.

    `remembered`: a person chose the columns of such a file before.
    """

    asked: Asked
    table: TableFile
    mapping: ColumnMapping
    remembered: bool
    plan: ImportPlan[Any] | None
    names: NamesByCode
    why_not: Sentence | None = None


def asked_of_body(body: Any) -> Asked | None:
    """What a draft says; None when it cannot be read."""
    try:
        return Asked(**{str(key): str(value) for key, value in body.items()})
    except (TypeError, AttributeError):
        return None


def read(asked: Asked, progress: Progress) -> TableFile:
    """The table of the file. Raises Refused."""
    return read_table(
        Path(asked.path),
        encoding=asked.encoding or None,
        separator=asked.separator or None,
        sheet=asked.sheet or None,
        progress=progress,
    )


def check(
    connection: Any,
    clinic_id: int,
    today: date,
    kind: ImportKind,
    asked: Asked,
    table: TableFile,
    mapping: ColumnMapping | None,
    progress: Progress,
) -> Checked:
    """Compare a table with what is there; a person's `mapping`, or the one known for it."""
    found = mapping or mapping_for(connection, kind.key, table)
    kept = setting(connection, 0, f"columns.{kind.key}", {})
    names = {item.code: item.names for item in all_items(connection)}
    made = Checked(asked, table, found, signature(table.headings) in kept, None, names)
    try:
        found.require(TABLES[kind.key])
    except Refused as no:
        return replace(made, why_not=no.sentence)
    plan = kind.plan(connection, clinic_id, table, today, mapping=found, progress=progress)
    return replace(made, plan=plan)
