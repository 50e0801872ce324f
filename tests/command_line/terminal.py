"""Commands as a script would give them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from inventory.command_line import main


@dataclass(slots=True)
class Terminal:
    """`run` answers what was printed as JSON; `refused` the one sentence of a refusal."""

    capture: pytest.CaptureFixture[str]
    database: str
    today: str = "2026-11-22"
    clinic: str | None = None

    def run(self, *command: str) -> Any:
        code, out, err = self.raw("--json", *command)
        assert (code, err) == (0, ""), err
        return json.loads(out)

    def refused(self, *command: str, code: int = 1) -> str:
        found, out, err = self.raw("--json", *command)
        assert (found, out) == (code, ""), out
        assert err.endswith("\n")
        assert err.count("\n") == 1, err
        return err.strip()

    def raw(self, *command: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        options = ["--database", self.database, "--today", self.today]
        if self.clinic is not None:
            options += ["--clinic", self.clinic]
        self.capture.readouterr()
        code = main([*options, *command])
        printed = self.capture.readouterr()
        return code, printed.out, printed.err

    def state(self) -> Any:
        """Everything that a refused command must not have changed."""
        return self.run("stock"), self.run("check"), self.run("card", "AMOX")
