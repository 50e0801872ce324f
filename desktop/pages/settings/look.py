"""Look: light, dark or bright sun, and the size of everything."""

from __future__ import annotations

from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings.section import Section
from desktop.widgets.field import Field
from desktop.widgets.segmented import Segmented
from inventory.domain.sentence import N_

_LOOKS = (("light", N_("Light")), ("dark", N_("Dark")), ("sun", N_("Bright sun")))


class LookSection(Section):
    hint = N_("Changes at once")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Look and size"))
        now = desk.preferences.now
        looks = Segmented([(key, desk.say(words)) for key, words in _LOOKS], now.look,
                          name=desk.say("Look and size"))  # fmt: skip
        looks.changed.connect(lambda key: desk.change_look(look=key))
        self.card.body.addWidget(Field(desk.say("Light or dark"), looks))
        sizes = Segmented(
            [(str(size), desk.language.percent(size)) for size in theme.TEXT_SIZES],
            str(now.text_size), name=desk.say("Size of text"),
        )  # fmt: skip
        sizes.changed.connect(lambda key: desk.change_look(text_size=int(key)))
        self.card.body.addWidget(Field(desk.say("Size of text"), sizes))
