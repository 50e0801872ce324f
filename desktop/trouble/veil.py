"""The trouble page in the place of the pages: the open file cannot be used any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.folders import show_folder
from desktop.shell.veil import Veil
from desktop.tasks import LongWork
from desktop.trouble.page import TroublePage
from desktop.trouble.telling import telling_of, ways_of
from inventory.domain.sentence import Refused, Sentence
from inventory.domain.troubles import Act, Trouble
from inventory.queries.clinics import clinics

if TYPE_CHECKING:
    from desktop.safety import Safety

MOST_TOLD = 3
COPIES = frozenset({Trouble.OLDER_COPY, Trouble.OTHER_COMPUTER})


class TroubleVeil(Veil):
    """What was typed stays under it; trying again lifts it when the file answers."""

    def __init__(self, safety: Safety, room: QWidget, trouble: Trouble) -> None:
        super().__init__(room)
        self.safety = safety
        self.trouble = trouble
        self.work: LongWork[list[Sentence]] | None = None
        address = safety.database.address
        about = "" if "://" in address else address
        words = safety.desk.language
        self.page = TroublePage(words, telling_of(trouble, about), ways_of(trouble, self._acts()))
        self.show_body(self.page)

    def _acts(self) -> dict[Act, Callable[[], object]]:
        safety, program = self.safety, self.safety.program
        acts: dict[Act, Callable[[], object]] = {
            Act.OPEN_OTHER: program.ask_first,
            Act.CLOSE: program.application.quit,
        }
        if self.trouble in COPIES:
            # A backup can be restored from Settings: here the newer file comes first.
            return {Act.LOOK_ONLY: self.lift, Act.CONTINUE_HERE: self.go_on, **acts}
        acts |= {Act.TRY_AGAIN: self.try_again, Act.RESTORE: program.ask_restore,
                 Act.CHECK: self.check}  # fmt: skip
        if safety.database.is_file:
            folder = Path(safety.database.address).parent
            acts[Act.SHOW_FOLDER] = lambda: show_folder(folder)
        return acts

    def go_on(self) -> None:
        """Continue with a copied or older file, in a new stream of the ledger."""
        try:
            self.safety.continue_here(lambda: self.lift())
        except Refused as refusal:
            self.page.show_answer(self.safety.desk.tell(refusal.sentence))

    def check(self) -> None:
        """Check everything and say what was found; it goes on in a thread."""
        from inventory.services.checking import check

        desk = self.safety.desk
        self.page.show_answer(desk.say("Checking every entry…"))
        self.work = LongWork(lambda _: desk.ask(check), self._checked, self._not_checked)
        self.work.start()

    def _checked(self, problems: list[Sentence]) -> None:
        tell, count = self.safety.desk.tell, self.safety.desk.count
        if not problems:
            self.page.show_answer(self.safety.desk.say("Nothing wrong was found."))
            return
        found = count("{n} thing is wrong.", "{n} things are wrong.", len(problems))
        self.page.show_answer("\n".join([found, *map(tell, problems[:MOST_TOLD])]))

    def _not_checked(self, fault: Exception) -> None:
        if not isinstance(fault, Refused):
            raise fault
        self.page.show_answer(self.safety.desk.tell(fault.sentence))

    def try_again(self) -> None:
        """Ask the file something; when it answers, work goes on where it was."""
        if self.safety.file_is_gone():
            self.page.show_answer(self.safety.desk.say("The file is still not there."))
            return
        try:
            self.safety.desk.ask(clinics)
        except Refused as refusal:
            self.page.show_answer(self.safety.desk.tell(refusal.sentence))
            return
        self.lift()
