"""Which arguments open the window, and which are a command."""

from __future__ import annotations

import pytest

from main import window_options


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["--database", "a.db"], {"address": "a.db"}),
        (["--database=a.db", "--clinic", "Noor"], {"address": "a.db", "clinic": "Noor"}),
        (["--today", "2026-11-22", "--language", "ar"],
         {"today": "2026-11-22", "language_code": "ar"}),
        (["stock"], None),
        (["--database", "a.db", "stock"], None),
        (["--json"], None),
        (["--help"], None),
        (["--database"], None),
    ],
)  # fmt: skip
def test_arguments_without_a_command_open_the_window(
    arguments: list[str], options: dict[str, str] | None
) -> None:
    assert window_options(arguments) == options
