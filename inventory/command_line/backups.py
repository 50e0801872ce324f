"""backup, verify-backup, prove-restore, restore, continue-here, evacuate, read-totals."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from inventory.command_line.background import key_from_pipe, step_back
from inventory.command_line.context import Context
from inventory.command_line.logins import secret_from
from inventory.command_line.output import complain, show
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused, sentence
from inventory.services import backing_up, evacuating, proving, restoring, whereabouts
from inventory.services.permits import NeedsSecond, require
from inventory.services.totals import read_totals
from inventory.storage.database import Database
from inventory.storage.derived_keys import database_key
from inventory.storage.key_file import KeyFile
from inventory.storage.key_place import key_path
from inventory.storage.opening import open_database

Pipe = Annotated[
    bool, typer.Option("--key-from-pipe", help="Read the key of an open database: hex digits.")
]
Progress = Annotated[bool, typer.Option("--progress", help="A line of JSON now and then.")]
Folder = Annotated[Path, typer.Argument(help="A stick, or a folder.")]
File = Annotated[Path, typer.Argument(help="The backup.")]
PaperKey = Annotated[
    Path | None, typer.Option(help="A file with the words of the paper key, or their numbers.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("backup")(backup)
    app.command("verify-backup")(verify)
    app.command("prove-restore")(prove)
    app.command("restore")(restore)
    app.command("continue-here")(continue_here)
    app.command("evacuate")(evacuate)
    app.command("read-totals")(totals)


def backup(
    context: typer.Context,
    folder: Folder,
    key_from_pipe: Pipe = False,
    progress: Annotated[
        bool, typer.Option("--progress", help="A line of JSON now and then.")
    ] = False,
) -> None:
    """Make a backup in that folder and read it again. Older ones stay as long as they should."""
    options: Context = context.obj
    place = _folder(folder)
    with _source(options, key_from_pipe) as source:
        told = _tell_progress if progress else lambda done, all_: None
        made = backing_up.back_up(
            source.database, source.master, source.key_file, place, options.now, options.today,
            progress=told,
        )  # fmt: skip
    show({"backup": str(made.path), "bytes": made.size, "locked": made.locked}, options.as_json)


def verify(context: typer.Context, file: File, paper_key_file: PaperKey = None) -> None:
    """Read a backup to its end: is it exactly what was written?"""
    options: Context = context.obj
    opened = restoring.look_at(file, _way(options, file, paper_key_file))
    show(
        {"backup": str(file), "made": opened.made_on.isoformat(), "locked": opened.facts.locked,
         "rows": opened.facts.header.rows},
        options.as_json,
    )  # fmt: skip


def prove(context: typer.Context, folder: Folder, key_from_pipe: Pipe = False) -> int:
    """Restore the newest backup somewhere else, check it, and throw that away."""
    options: Context = context.obj
    with _source(options, key_from_pipe) as source:
        proof = proving.prove_restore(
            source.database, source.master, folder, options.now, options.today
        )
    problems = [options.tell(problem) for problem in proof.problems]
    answer = {"backup": str(proof.path), "rows": proof.rows, "ok": not problems}
    show({**answer, "problems": problems}, options.as_json)
    if problems:
        complain(sentence("The newest backup does not restore as it should: {problem}",
                          problem=proof.problems[0]))  # fmt: skip
    return 1 if problems else 0


def restore(
    context: typer.Context,
    file: File,
    to: Annotated[str, typer.Option(help="A file, or postgresql+psycopg://…")],
    paper_key_file: PaperKey = None,
) -> None:
    """Restore a backup. What was in its place is kept aside."""
    options: Context = context.obj
    opened = restoring.look_at(file, _way(options, file, paper_key_file))
    try:
        done = restoring.restore(opened, to, today=options.today, now=options.now)
    except NeedsSecond as asked:
        second = options.logins.second(asked.sentence)
        if second is None:
            raise
        done = restoring.restore(opened, to, today=options.today, now=options.now, second=second)
    complain(done.what_is_here)
    for problem in done.problems:
        complain(problem)
    show(
        {"database": done.address, "problems": [options.tell(one) for one in done.problems],
         "kept": None if done.kept_old is None else str(done.kept_old)},
        options.as_json,
    )  # fmt: skip


def evacuate(
    context: typer.Context,
    folder: Folder,
    emergency: Annotated[
        bool, typer.Option("--emergency", help="Nobody else can confirm it now.")
    ] = False,
    remove_backups: Annotated[
        Path | None, typer.Option(help="Remove the older backups in that folder as well.")
    ] = None,
) -> None:
    """In danger: write totals without people into that folder, then remove all visit data."""
    options: Context = context.obj
    place = _folder(folder)
    with options.entered() as entered:
        source = _with_keys(entered.database, entered.master, entered.address)
        clinic = options.clinic_row(source.database)
        done = options.confirmed(
            clinic.id,
            lambda stamp: evacuating.evacuate(source.database, stamp, source.master,
                                              source.key_file, place, emergency=emergency),
        )  # fmt: skip
        old = evacuating.backups_with_visits(source.database, remove_backups or place)
    if remove_backups is not None:
        evacuating.remove_backups(old)
        old = []
    told = [*done.told, evacuating.tell_backups(old)]
    show(
        {"totals": str(done.totals), "visits": done.visits, "swept": done.swept,
         "told": [options.tell(one) for one in told if one is not None]},
        options.as_json,
    )  # fmt: skip


def totals(
    context: typer.Context,
    file: File,
    to: Annotated[Path, typer.Option(help="A folder for two tables.")],
    paper_key_file: PaperKey = None,
) -> None:
    """Write totals that were taken out in danger as tables anybody can read."""
    from inventory.exchange.atomic_file import write_file
    from inventory.exchange.table_writer import csv_bytes

    options: Context = context.obj
    master = restoring.master_of(file, _way(options, file, paper_key_file))
    written = []
    for name, (columns, rows) in read_totals(file, master).items():
        cells = [[value if isinstance(value, str | int) else None for value in row] for row in rows]
        written.append(str(write_file(to / f"{name}.csv", csv_bytes(columns, cells))))
    show({"files": written}, options.as_json)


def continue_here(context: typer.Context) -> None:
    """Go on with a copied or older file, after nobody works with the other one any more."""
    options: Context = context.obj
    with options.opened() as database:
        clinic = options.clinic_row(database)
        options.confirmed(clinic.id, lambda stamp: whereabouts.continue_here(database, stamp))
    show({"continued": options.database}, options.as_json)


@dataclass(slots=True)
class _Source:
    """An open database, with what its backups need."""

    database: Database
    master: bytes | None = field(repr=False)
    key_file: bytes = field(repr=False)


@contextmanager
def _source(options: Context, from_pipe: bool) -> Iterator[_Source]:
    if from_pipe:
        step_back()
        master = key_from_pipe()
        key = None if master is None else database_key(master)
        database = open_database(options.database, key=key)
        try:
            yield _with_keys(database, master, options.database)
        finally:
            database.close()
        return
    with options.entered() as entered:
        stamp = options.stamp(options.clinic_row(entered.database).id)
        with entered.database.read() as connection:
            require(connection, stamp, Permission.BACK_UP)
        yield _with_keys(entered.database, entered.master, entered.address)


def _with_keys(database: Database, master: bytes | None, address: str) -> _Source:
    key_file = b"" if master is None else KeyFile.read(key_path(address)).to_bytes()
    return _Source(database, master, key_file)


def _way(options: Context, file: Path, paper: Path | None) -> restoring.WayIn:
    if paper is not None:
        return restoring.WayIn(paper=secret_from(paper, ""))
    if restoring.needs_key(file) or options.logins.given:
        return restoring.WayIn(options.logins.user())
    return restoring.WayIn()


def _folder(folder: Path) -> Path:
    """A stick's own folder is made when it is not there; the stick itself must be."""
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise Refused(backing_up.NOT_THERE) from None
    except OSError as fault:
        raise Refused(backing_up.SHUT) from fault
    return folder


def _tell_progress(done: int, all_: int) -> None:
    print(json.dumps({"done": done, "all": all_}), file=sys.stderr, flush=True)
