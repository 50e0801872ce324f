"""What a list of items would add and change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.item_kinds import KINDS
from inventory.domain.names import LANGUAGE_CODES
from inventory.domain.sentence import Sentence, sentence
from inventory.domain.units import unit_named
from inventory.exchange.columns import ColumnMapping
from inventory.exchange.fields import ITEM_FIELDS
from inventory.exchange.item_cells import code_of, read_item
from inventory.exchange.plan import Cells, ChangedCell, ImportPlan, Planned, RefusedCell, rows_of
from inventory.exchange.progress import SILENT, Progress
from inventory.exchange.table_file import TableFile

ItemPlan = ImportPlan[ItemDraft]

_TEXT_FIELDS = ("ven", "inn", "strength", "form", "storage", "controlled")


def plan_items(
    table: TableFile,
    mapping: ColumnMapping,
    existing: Mapping[str, ItemDraft],
    *,
    in_use: Collection[str] = (),
    progress: Progress = SILENT,
) -> ItemPlan:
    """Compare a table with the items there are; `in_use` are codes that have stock history.

    Raises Refused when the table has no column for the code; everything else is said row by row.
    """
    mapping.require(ITEM_FIELDS)
    planner = _Planner(existing, in_use)
    for cells in rows_of(table, mapping, progress):
        planner.take(cells)
    return planner.plan()


class _Planner:
    """Goes through the rows once, remembering what earlier rows claimed."""

    def __init__(self, existing: Mapping[str, ItemDraft], in_use: Collection[str]) -> None:
        self.existing = {code.casefold(): draft for code, draft in existing.items()}
        self.in_use = in_use
        self.owners = {
            barcode.code: draft for draft in existing.values() for barcode in draft.barcodes
        }
        self.seen: dict[str, tuple[int, ItemDraft]] = {}
        self.changed: list[tuple[Cells, ItemDraft | None, ItemDraft]] = []
        self.unchanged = 0
        self.refused: list[RefusedCell] = []

    def take(self, cells: Cells) -> None:
        """Read one row and put it where it belongs."""
        code = cells.read("code", code_of, "")
        if not code and not cells.refused:
            cells.refuse("code", sentence("An item needs a code."))
        before = self.existing.get(code.casefold())
        draft = read_item(cells, before.code if before else code, before)
        if draft is not None:
            self._check_against_others(cells, before, draft)
        if draft is None or cells.refused:
            self.refused += cells.refused
        elif code.casefold() in self.seen or draft == before:
            self.unchanged += 1
        else:
            self.changed.append((cells, before, draft))
        if draft is not None and not cells.refused:
            self.seen.setdefault(code.casefold(), (cells.row.number, draft))
            self.owners.update({barcode.code: draft for barcode in draft.barcodes})

    def _check_against_others(
        self, cells: Cells, before: ItemDraft | None, draft: ItemDraft
    ) -> None:
        earlier = self.seen.get(draft.code.casefold())
        if earlier is not None and earlier[1] != draft:
            cells.refuse("code", _already(earlier[0], earlier[1], draft))
        for barcode in draft.barcodes:
            owner = self.owners.get(barcode.code)
            if owner is not None and owner.code != draft.code:
                reason = sentence("This barcode already belongs to {item}.", item=owner.names)
                cells.refuse("barcode", reason)
        if before is not None and before.code in self.in_use:
            _check_same_measure(cells, before, draft)

    def plan(self) -> ItemPlan:
        """The finished plan, without rows whose substitutes are not there."""
        self._refuse_unknown_substitutes()
        return ImportPlan(
            added=tuple(
                Planned(cells.row.number, draft)
                for cells, before, draft in self.changed
                if before is None
            ),
            updated=tuple(
                Planned(cells.row.number, draft, _changes(cells, before, draft))
                for cells, before, draft in self.changed
                if before is not None
            ),
            unchanged=self.unchanged,
            refused=tuple(sorted(self.refused, key=lambda cell: cell.row)),
        )

    def _refuse_unknown_substitutes(self) -> None:
        """Leaving one row out can leave another without its substitute, so until none is left."""
        while True:
            there = {
                draft.code.casefold(): draft.code
                for draft in (*self.existing.values(), *(row[2] for row in self.changed))
            }
            kept = []
            for cells, before, draft in self.changed:
                missing = [c for c in draft.substitutes if c.casefold() not in there]
                if missing:
                    reason = sentence("There is no item with the code {code}.", code=missing[0])
                    self.refused.append(cells.about("substitutes", reason))
                else:
                    codes = tuple(there[c.casefold()] for c in draft.substitutes)
                    kept.append((cells, before, replace(draft, substitutes=codes)))
            if len(kept) == len(self.changed):
                self.changed = [row for row in kept if row[2] != row[1]]
                self.unchanged += len(kept) - len(self.changed)
                return
            self.changed = kept


def _check_same_measure(cells: Cells, before: ItemDraft, draft: ItemDraft) -> None:
    """Stock that was counted in one measure cannot be called another."""
    if before.unit != draft.unit:
        unit = sentence(unit_named(before.unit).bare)
        cells.refuse(
            "unit",
            sentence("The unit stays {unit}: stock of this item was counted in it.", unit=unit),
        )
    if KINDS[before.kind].decimals != KINDS[draft.kind].decimals:
        kind = sentence(KINDS[before.kind].name)
        cells.refuse(
            "kind",
            sentence("The kind stays {kind}: stock of this item was counted as it.", kind=kind),
        )


def _already(row: int, first: ItemDraft, draft: ItemDraft) -> Sentence:
    if first.names != draft.names:
        return sentence("Already in row {row} with another name: {name}", row=row, name=first.names)
    return sentence("Already in row {row} with other values.", row=row)


def _changes(cells: Cells, before: ItemDraft, after: ItemDraft) -> tuple[ChangedCell, ...]:
    old, new = as_cells(before), as_cells(after)
    return tuple(
        ChangedCell(key, cells.heading(key), old[key], new[key])
        for key in new
        if old[key] != new[key]
    )


def as_cells(draft: ItemDraft) -> dict[str, str]:
    """An item as the cells that would import it, by field key."""
    names = {f"name_{language}": getattr(draft.names, language) for language in LANGUAGE_CODES}
    return {
        "code": draft.code,
        **names,
        "kind": draft.kind,
        "unit": draft.unit,
        "pack_size": str(draft.pack_size),
        "barcode": "; ".join(_barcode_cell(b, draft.pack_size) for b in draft.barcodes),
        **{key: getattr(draft, key) for key in _TEXT_FIELDS},
        "packs": "; ".join(map(str, draft.packs)),
        "substitutes": "; ".join(draft.substitutes),
        "min_months": months_cell(draft.min_months),
        "max_months": months_cell(draft.max_months),
    }


def _barcode_cell(barcode: Barcode, usual: int) -> str:
    return barcode.code if barcode.pack_size == usual else f"{barcode.code}={barcode.pack_size}"


def months_cell(months: Fraction | None) -> str:
    """At most two decimals: 3/2 is 1.5."""
    if months is None:
        return ""
    whole, hundredths = divmod(round(months * 100), 100)
    return f"{whole}.{hundredths:02}".rstrip("0").rstrip(".")
