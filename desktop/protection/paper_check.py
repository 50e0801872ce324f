"""Does the paper still open the file? Type it in; nothing is changed."""

from __future__ import annotations

from desktop.protection.sheet import SafetySheet, column
from desktop.safety import Safety
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from inventory.domain.sentence import Refused, sentence

LONGEST = 400


class PaperCheck(SafetySheet):
    """The words, or their numbers in any digits, or a scan of the symbol."""

    def __init__(self, safety: Safety) -> None:
        super().__init__(safety)
        say = self.desk.say
        self.paper = TextField(say("The 12 words, or their 12 numbers"), longest=LONGEST)
        self.paper.entered.connect(self.finish)
        hint = label(say("Capital letters, commas and the kind of digits do not matter."), "second")
        self.show_step(
            say("Check the paper key"),
            say("Take the paper out and type what stands on it. Amana only looks whether it "
                "opens this file."),
            column(self.paper, hint), say("Check"),
        )  # fmt: skip
        self.focus(self.paper.line)

    def scanned(self, text: str) -> bool:
        """The symbol on the paper."""
        self.paper.set_text(text)
        self.finish()
        return True

    def finish(self) -> None:
        try:
            self.safety.entered.keys().unlock_paper(self.paper.text)
        except Refused as refusal:
            self.paper.set_wrong(self.desk.tell(refusal.sentence))
            self.paper.line.setFocus()
            return
        self.paper.set_text("")
        self.closed.emit()
        self.desk.done(sentence("This paper key opens the file. Put it back in its place."))
