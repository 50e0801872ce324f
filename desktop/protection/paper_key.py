"""Print the paper key: a second person confirms, the page is printed, two words are typed back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.keys import Key
from desktop.preview import Preview
from desktop.protection.sheet import SafetySheet, column
from desktop.safety import Safety
from desktop.widgets.buttons import Button
from desktop.widgets.field import TextField
from desktop.widgets.labels import icon_line, label
from inventory.domain.quantity import fold_digits
from inventory.domain.sentence import N_, Refused, sentence
from inventory.language import Language

if TYPE_CHECKING:
    from inventory.storage.paper_words import PaperKey

LONGEST = 20
_WHY = (
    N_("It opens the file and every backup when all passwords are forgotten."),
    N_("It is shown once and kept nowhere in the computer."),
    N_("The paper key before it works until two words of the new one were typed back."),
)


class PaperKeySheet(SafetySheet):
    """Three steps: why, the page itself, and the two words."""

    def __init__(self, safety: Safety) -> None:
        super().__init__(safety)
        self.paper: PaperKey | None = None
        self.preview: Preview | None = None
        self.asked: tuple[int, int] = (0, 0)
        say = self.desk.say
        rows = [icon_line("check", say(text), role="") for text in _WHY]
        self.show_step(
            say("Print the paper key"),
            say("Have a printer ready, or pen and paper. Nobody else should see the screen. "
                "A second person confirms it, if there is one."),
            column(*rows), say("Make the paper key"), "file-key-outline",
        )  # fmt: skip

    def finish(self) -> None:
        if self.paper is None:
            self._make()
        elif self.preview is not None:
            self.preview.print()
        else:
            self._compare()

    def _make(self) -> None:
        from inventory.services.keeping_keys import make_paper_key

        try:
            self.safety.act(make_paper_key, done=self._show)
        except Refused as refusal:
            self.desk.refused(refusal)

    def _show(self, paper: PaperKey) -> None:
        """The page, to print or to copy by hand."""
        self.paper = paper
        desk = self.desk
        self.preview = Preview(desk, desk.say("Paper key"), self._page, "")
        self.preview.closed.connect(self.closed)
        self.preview.printed.connect(self.ask)
        shown = QWidget()
        stack = QVBoxLayout(shown)
        stack.setContentsMargins(0, 0, 0, theme.current().px(10))
        stack.addWidget(self.preview, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.current().px(24), 0, theme.current().px(24), 0)
        foot.addWidget(label(desk.say("Print it, or write the words down by hand."), "second"))
        foot.addStretch(1)
        foot.addWidget(Button(desk.say("It is on paper now"), "Alt+N", icon="check", small=True,
                              run=self.ask))  # fmt: skip
        stack.addLayout(foot)
        self._change_to(shown)
        self.preview.begin()

    def _page(self, first: Language, second: Language | None) -> bytes:
        from inventory.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf
        from inventory.queries.clinics import clinic_names

        assert self.paper is not None
        clinic = self.desk.clinic
        names = self.desk.ask(clinic_names, clinic.id, clinic.name)
        paper = self.paper
        sheet = RecoverySheet(names, self.desk.today, paper.words, paper.numbers, paper.qr_text)
        return recovery_sheet_pdf(sheet, first, second)

    def ask(self) -> None:
        """Two words from the paper, or their numbers: only then the older paper key ends."""
        assert self.paper is not None
        self.preview = None
        one, other = sorted(random.SystemRandom().sample(range(1, len(self.paper.words) + 1), 2))
        self.asked = (one, other)
        say = self.desk.say
        self.words = [
            TextField(say("Word {place}, or its number", place=place), longest=LONGEST, width=260)
            for place in self.asked
        ]
        self.words[0].entered.connect(self.words[1].line.setFocus)
        self.words[1].entered.connect(self.finish)
        self.show_step(
            say("Is everything on the paper?"),
            say("Type two words back from the paper. Then the new paper key counts and the one "
                "before opens nothing any more."),
            column(*self.words), say("It is on paper"),
        )  # fmt: skip
        self.focus(self.words[0].line)

    def _compare(self) -> None:
        from inventory.services.keeping_keys import paper_key_printed

        assert self.paper is not None
        for place, field in zip(self.asked, self.words, strict=True):
            if not self._is_right(place, field.text):
                field.set_wrong(self.desk.say("This is not word {place} of the paper.",
                                              place=place))  # fmt: skip
                field.line.setFocus()
                return
        paper_key_printed(self.safety.entered)
        self.paper = None
        self.closed.emit()
        self.safety.changed.emit()
        self.desk.done(sentence("The paper key counts from now on. Keep it away from this "
                                "computer."))  # fmt: skip

    def _is_right(self, place: int, text: str) -> bool:
        assert self.paper is not None
        told = fold_digits(text).strip().casefold()
        number = self.paper.numbers[place - 1]
        return told in (self.paper.words[place - 1], number, number.lstrip("0"))

    def keys(self) -> tuple[Key, ...]:
        if self.preview is not None:
            return (*self.preview.keys(), Key("Alt+N", N_("It is on paper now"), self.ask))
        return super().keys()
