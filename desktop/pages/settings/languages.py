"""Languages: of the window, of the papers, and the digits."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.pages.settings.section import Section
from desktop.paper_choices import FIRST, SECOND, keep_language, paper_languages
from desktop.widgets.field import Field
from desktop.widgets.segmented import Segmented
from inventory.domain.names import LANGUAGE_CODES
from inventory.domain.sentence import N_
from inventory.language import TONGUES


class LanguagesSection(Section):
    hint = N_("Changes at once")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Languages"))
        tongues = [(code, TONGUES[code].endonym) for code in LANGUAGE_CODES]
        self._add(N_("This window"), tongues, desk.language.code, desk.speak)
        first, second = paper_languages(desk)
        self._add(N_("Papers, first language"), tongues, first.code,
                  lambda code: self._keep(FIRST, code))  # fmt: skip
        none = ("", desk.say("None"))
        beside = second.code if second is not None else ""
        self._add(N_("Papers, second language beside it"), [none, *tongues], beside,
                  lambda code: self._keep(SECOND, code))  # fmt: skip
        digits = [("latin", "0123456789"), ("arab", "٠١٢٣٤٥٦٧٨٩")]
        self._add(N_("Digits on the screen"), digits, desk.preferences.now.digits,
                  lambda chosen: desk.change_look(digits=chosen))  # fmt: skip

    def _add(self, words: str, choices: list[tuple[str, str]], chosen: str, run: object) -> None:
        box = Segmented(choices, chosen, name=self.desk.say(words))
        box.changed.connect(run)
        self.card.body.addWidget(Field(self.desk.say(words), box))

    def _keep(self, key: str, code: str) -> None:
        keep_language(self.desk, {key: code})
