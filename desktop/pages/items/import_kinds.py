"""What an imported file may hold: a row for each, so that the page never asks which one it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from desktop.desk import Desk
from desktop.rights import may_any
from inventory.domain.names import Names
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, NN_
from inventory.services import importing

NamesByCode = Mapping[str, Names]


@dataclass(frozen=True, slots=True)
class ImportKind:
    """`key` is that of `exchange.fields.TABLES`; `plan` and `act` are the use cases.

    `button` and `told` are the two forms of a sentence that counts; `name_of` takes a planned
    value and the names of all items.
    """

    key: str
    title: str
    choice: str
    icon: str
    about: str
    button: tuple[str, str]
    told: tuple[str, str]
    plan: Callable[..., Any]
    act: Callable[..., importing.Imported]
    name_of: Callable[[Any, NamesByCode], Names]

    @property
    def needs(self) -> tuple[Permission, ...]:
        """What somebody needs to import it, as its use case says."""
        found: tuple[Permission, ...] = getattr(self.act, "permissions", ())
        return found


def _of_item(value: Any, names: NamesByCode) -> Names:
    found: Names = value.names
    return found


def _of_batch(value: Any, names: NamesByCode) -> Names:
    return names.get(value.shelf.code, Names(value.shelf.code))


def _of_month(value: Any, names: NamesByCode) -> Names:
    return names.get(value.code, Names(value.code))


_ROWS = (
    ImportKind(
        "items", N_("Import items"), N_("Items"), "pill-multiple",
        N_("One row an item: code, names, kind, unit, pack size, barcode, class."),
        NN_("Import {n} item", "Import {n} items"),
        NN_("{n} item imported from {file}.", "{n} items imported from {file}."),
        importing.plan_items, importing.import_items, _of_item,
    ),
    ImportKind(
        "opening", N_("Import opening stock"), N_("Opening stock"), "package-variant-closed",
        N_("One row a batch: code of the item, batch, expiry, quantity in units, place."),
        NN_("Import {n} batch", "Import {n} batches"),
        NN_("{n} batch imported from {file}.", "{n} batches imported from {file}."),
        importing.plan_opening, importing.import_opening, _of_batch,
    ),
    ImportKind(
        "history", N_("Import monthly history"), N_("Monthly history"), "history",
        N_("One row an item and month: opening, received, consumed, closing, days out of stock."),
        NN_("Import {n} month", "Import {n} months"),
        NN_("{n} month imported from {file}.", "{n} months imported from {file}."),
        importing.plan_history, importing.import_history, _of_month,
    ),
)  # fmt: skip

IMPORTS: Mapping[str, ImportKind] = MappingProxyType({row.key: row for row in _ROWS})

MAY_IMPORT = tuple(dict.fromkeys(need for row in _ROWS for need in row.needs))
"""Who has one of these can import something."""


def imports_for(desk: Desk) -> dict[str, ImportKind]:
    """Those that who sits here can import."""
    return {key: row for key, row in IMPORTS.items() if may_any(desk, *row.needs)}
