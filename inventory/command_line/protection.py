"""health: what is protected and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import typer

from inventory.command_line.context import Context
from inventory.command_line.output import show
from inventory.domain.protection import NOT_PROTECTED, TITLES
from inventory.domain.sentence import sentence
from inventory.services.backing_up import state_of
from inventory.services.health import health as look
from inventory.services.surroundings import look_around


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(health)


def health(context: typer.Context) -> None:
    """Tell what is protected here, what is not, and what to do."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        copies = state_of(database)
        proven = datetime.fromtimestamp(copies.proven_at / 1000).date()
        around = replace(
            look_around(database), last_backup=copies.last_at or None,
            proven=proven if copies.proven_at else None,
        )  # fmt: skip
        with database.read() as connection:
            found = look(connection, clinic.id, around, options.today, options.now)
    tell = options.tell
    rows = [
        {
            "guard": row.guard.value if options.as_json else tell(sentence(TITLES[row.guard])),
            "state": row.state.value,
            "told": tell(row.told),
            "to_do": None if row.to_do is None else tell(row.to_do),
        }
        for row in found.rows
    ]
    step = found.next_step
    show(
        {
            "next_step": None if step is None or step.to_do is None else tell(step.to_do),
            "guards": rows,
            "not_protected": [{"told": tell(sentence(text))} for text in NOT_PROTECTED],
        },
        options.as_json,
    )
