"""The list of items as a table that imports again unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from inventory.domain.item import ItemDraft
from inventory.exchange.fields import ITEM_FIELDS
from inventory.exchange.items_plan import as_cells
from inventory.exchange.table_writer import Column
from inventory.exchange.workbook import write_table
from inventory.language import Language, plain


def write_items(path: str | Path, drafts: Iterable[ItemDraft], language: Language) -> Path:
    """Write items as CSV or XLSX under our own headings. Raises Refused with the path."""
    columns = [Column(field.key) for field in ITEM_FIELDS]
    rows = ([cells[field.key] for field in ITEM_FIELDS] for cells in (as_cells(d) for d in drafts))
    return write_table(path, plain(language.say("Items")), columns, rows, language)
