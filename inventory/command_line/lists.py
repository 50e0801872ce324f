"""items, opening and history: what comes from files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from inventory.command_line.context import Context
from inventory.command_line.output import complain, show
from inventory.domain.item import ItemDraft
from inventory.queries.item_drafts import item_drafts
from inventory.services import importing

File = Annotated[Path, typer.Argument(help="A CSV or XLSX file.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    item_group = typer.Typer(help="The list of items.", no_args_is_help=True)
    item_group.command("import")(import_items)
    item_group.command("list")(list_items)
    app.add_typer(item_group, name="items")
    opening_group = typer.Typer(help="Opening stock.", no_args_is_help=True)
    opening_group.command("import")(import_opening)
    opening_group.callback()(_alone)
    app.add_typer(opening_group, name="opening")
    history_group = typer.Typer(help="Months before Amana.", no_args_is_help=True)
    history_group.command("import")(import_history)
    history_group.callback()(_alone)
    app.add_typer(history_group, name="history")


def _alone() -> None:
    """Keeps a group of one command a group."""


def import_items(context: typer.Context, file: File, dry_run: DryRun = False) -> None:
    """Add and change items from a file."""
    _import(context.obj, file, dry_run, importing.plan_items, importing.import_items)


def import_opening(context: typer.Context, file: File, dry_run: DryRun = False) -> None:
    """Write opening stock from a file."""
    _import(context.obj, file, dry_run, importing.plan_opening, importing.import_opening)


def import_history(context: typer.Context, file: File, dry_run: DryRun = False) -> None:
    """Take over months that were reported before Amana."""
    _import(context.obj, file, dry_run, importing.plan_history, importing.import_history)


def _import(
    options: Context,
    file: Path,
    dry_run: bool,
    plan: Callable[..., Any],
    apply: Callable[..., Any],
) -> None:
    with options.opened() as database:
        clinic = options.clinic_row(database)
        with database.read() as connection:
            planned = plan(connection, clinic.id, file, options.today)
        if not dry_run:
            options.act(database, clinic.id, apply, planned)
    for note in planned.notes:
        complain(note)
    show(
        {"added": len(planned.added), "updated": len(planned.updated),
         "unchanged": planned.unchanged,
         "refused": [{"row": r.row, "column": r.column, "reason": options.tell(r.reason)}
                     for r in planned.refused]},
        options.as_json,
    )  # fmt: skip


def list_items(context: typer.Context) -> None:
    """List the items."""
    options: Context = context.obj
    with options.opened() as database, database.read() as connection:
        rows = [_record(draft) for draft in item_drafts(connection).values()]
    show(rows, options.as_json)


def _record(draft: ItemDraft) -> dict[str, Any]:
    names = draft.names
    return {
        "code": draft.code, "name_en": names.en, "name_ar": names.ar, "name_ckb": names.ckb,
        "name_fr": names.fr, "kind": draft.kind, "unit": draft.unit,
        "pack_size": draft.pack_size, "barcodes": [known.code for known in draft.barcodes],
        "ven": draft.ven,
    }  # fmt: skip
