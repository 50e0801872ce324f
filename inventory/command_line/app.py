"""The commands, and what becomes of a refusal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException
from typer.main import get_command

from inventory.command_line.context import make_context
from inventory.command_line.logins import Logins
from inventory.command_line.output import complain, in_words
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.troubles import Trouble


def _begin() -> ModuleType:
    from inventory.command_line import begin

    return begin


def _lists() -> ModuleType:
    from inventory.command_line import lists

    return lists


def _keys() -> ModuleType:
    from inventory.command_line import keys

    return keys


def _acts() -> ModuleType:
    from inventory.command_line import acts

    return acts


def _looks() -> ModuleType:
    from inventory.command_line import looks

    return looks


def _checks() -> ModuleType:
    from inventory.command_line import checks

    return checks


def _orders() -> ModuleType:
    from inventory.command_line import orders

    return orders


def _protection() -> ModuleType:
    from inventory.command_line import protection

    return protection


def _people() -> ModuleType:
    from inventory.command_line import people

    return people


def _serving() -> ModuleType:
    from inventory.command_line import serving

    return serving


def _backups() -> ModuleType:
    from inventory.command_line import backups

    return backups


# Each command is loaded only when its name is given, so that it starts at once.
PARTS: dict[str, Callable[[], ModuleType]] = {
    "init": _begin, "practice": _begin, "clinics": _begin,
    "items": _lists, "opening": _lists, "history": _lists,
    "receive": _acts, "dispense": _acts, "reverse": _acts,
    "scan": _looks, "stock": _looks, "card": _looks, "amc": _looks,
    "order": _orders,
    "protect": _keys, "forget-plain": _keys, "password": _keys, "paper-key": _keys,
    "office-key": _keys, "recover": _keys, "put-back-keys": _keys,
    "people": _people,
    "check": _checks, "accept-clock": _checks,
    "health": _protection,
    "backup": _backups, "verify-backup": _backups, "prove-restore": _backups,
    "restore": _backups, "continue-here": _backups, "evacuate": _backups,
    "read-totals": _backups,
    "serve-setup": _serving, "connect": _serving, "move": _serving,
}  # fmt: skip


def options(
    context: typer.Context,
    database: Annotated[str | None, typer.Option(help="A file, or postgresql+psycopg://…")] = None,
    clinic: Annotated[
        str | None, typer.Option(help="May be left out while there is only one.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    today: Annotated[str | None, typer.Option(help="Work as if it were this day.")] = None,
    login_file: Annotated[
        Path | None, typer.Option(help="Two lines: who signs in, and the password.")
    ] = None,
    login_descriptor: Annotated[
        int | None, typer.Option(help="The same from an open descriptor; 0 is standard input.")
    ] = None,
    second_login_file: Annotated[
        Path | None, typer.Option(help="The same of who confirms, where two people are needed.")
    ] = None,
) -> None:
    """Pharmacy and store of a clinic, without a window."""
    logins = Logins(login_file, login_descriptor, second_login_file)
    context.obj = make_context(database, clinic, json, today, logins)


def application(arguments: Sequence[str]) -> typer.Typer:
    """All commands, or only those that the arguments can mean."""
    app = typer.Typer(
        name="amana",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(options)
    named = [PARTS[word] for word in arguments if word in PARTS]
    for part in dict.fromkeys(named or PARTS.values()):
        part().register(app)
    return app


def run(arguments: list[str]) -> int:
    """Run one command; 0 done, 1 refused, 2 usage."""
    _speak_utf8()
    try:
        _check_readable(arguments)
        command = get_command(application(arguments))
        result = command.main(arguments, prog_name="amana", standalone_mode=False)
    except Refused as refusal:
        said = (refusal.sentence, _hint(refusal))
        complain(" ".join(in_words(part) for part in said if part is not None))
        return 1
    except TyperException as misuse:
        complain(misuse.format_message())
        return misuse.exit_code
    except Abort:
        return 1
    except BrokenPipeError:
        # Who read our answer has gone; the rest of it goes nowhere, without a fuss at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return result if isinstance(result, int) else 0


def _hint(refusal: Refused) -> Sentence | None:
    """What to type next, where the window would have a button."""
    if refusal.trouble in (Trouble.OLDER_COPY, Trouble.OTHER_COMPUTER):
        return sentence("To go on with this file, give the command continue-here.")
    # Only a use case asks for a second person, and what it loads is loaded then.
    permits = sys.modules.get("inventory.services.permits")
    if permits is not None and isinstance(refusal, permits.NeedsSecond):
        return sentence("Give the name and password of the second person with "
                        "--second-login-file.")  # fmt: skip
    return None


def _check_readable(arguments: list[str]) -> None:
    """No database keeps a NUL, and bytes that are no text cannot be shown again."""
    for word in arguments:
        if "\x00" in word or any("\ud800" <= letter <= "\udfff" for letter in word):
            raise Refused("There is a character in it that cannot be printed.")


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
