"""Amana: `python main.py` opens the window, `python main.py COMMAND` does the same work without."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

_OPTIONS = {
    "--database": "address",
    "--clinic": "clinic",
    "--language": "language_code",
    "--today": "today",
}


def window_options(arguments: Sequence[str]) -> dict[str, str] | None:
    """What the window is opened with; None when a command was given."""
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, separator, value = rest.pop(0).partition("=")
        if name not in _OPTIONS or not (separator or rest):
            return None
        found[_OPTIONS[name]] = value if separator else rest.pop(0)
    return found


def main(arguments: Sequence[str]) -> int:
    """The exit code. A command never imports Qt."""
    options = window_options(arguments)
    if options is None:
        from inventory.command_line import main as run_command

        return run_command(list(arguments))
    today = options.pop("today", None)
    from desktop.app import run

    return run(**options, today=date.fromisoformat(today) if today else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
