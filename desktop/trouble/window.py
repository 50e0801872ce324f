"""The trouble page in a window of its own: a database could not be opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.folders import show_folder
from desktop.step_window import StepWindow
from desktop.trouble.page import TroublePage
from desktop.trouble.telling import telling_of, ways_of
from inventory.domain.sentence import Refused
from inventory.domain.troubles import Act, Trouble

if TYPE_CHECKING:
    from desktop.app import Program

Acts = Mapping[Act, Callable[[], object]]


class TroubleWindow(StepWindow):
    """Ends when something opens; what the program can do about the address is offered."""

    def __init__(self, program: Program, refusal: Refused, address: str) -> None:
        super().__init__(program)
        self.address = address
        self.show_trouble(refusal)

    def show_trouble(self, refusal: Refused) -> None:
        """The page of the trouble behind a refusal."""
        trouble = refusal.trouble or Trouble.UNEXPECTED
        self.trouble = trouble
        self.page = TroublePage(
            self.words, telling_of(trouble, self._about()), ways_of(trouble, self._acts())
        )
        self.show_step(self.page, focus=self.page, back=self.program.ask_first)

    def _about(self) -> str:
        return "" if "://" in self.address else self.address

    def _acts(self) -> Acts:
        program = self.program
        acts: dict[Act, Callable[[], object]] = {
            Act.TRY_AGAIN: self.try_again,
            Act.RESTORE: program.ask_restore,
            Act.OPEN_OTHER: program.ask_first,
            Act.SIGN_IN: lambda: program.ask_sign_in(self.address),
            Act.PAPER_KEY: self.ask_paper,
            Act.CLOSE: program.application.quit,
        }
        if "://" not in self.address:
            folder = Path(self.address).expanduser().parent
            acts[Act.SHOW_FOLDER] = lambda: show_folder(folder)
        return acts

    def ask_paper(self) -> None:
        """The other ways in, with the paper key first."""
        from desktop.sign_in.window import SignInWindow

        self.program.ask_sign_in(self.address)
        if isinstance(self.program.welcome, SignInWindow):
            self.program.welcome.ask_way()

    def try_again(self) -> None:
        """Open the same address once more."""
        try:
            self.program.open(self.address)
        except Refused as refusal:
            self.show_trouble(refusal)
            self.refuse(refusal.sentence)
