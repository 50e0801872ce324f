"""An emergency: why, and the line over the basket that everybody can see it by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.rights import who_can
from desktop.widgets.buttons import link_button
from desktop.widgets.choice_list import Row
from desktop.widgets.labels import icon_label, label, repolish, set_tone
from desktop.widgets.reason_panel import ReasonPanel
from inventory.domain.reasons import Context, offered, reason
from inventory.domain.roles import Permission
from inventory.domain.sentence import sentence

CHORD = "Alt+E"


class EmergencyPanel(ReasonPanel):
    """`done(reason)`; an empty reason when it is none after all."""

    def __init__(self, desk: Desk, now: str, done: Callable[[str], object]) -> None:
        super().__init__(desk, desk.say("Emergency"), Context.EMERGENCY,
                         desk.say("This is an emergency"), done)  # fmt: skip
        told = desk.say("Everybody who works here may take stock out in an emergency. It is "
                        "written down, and a pharmacist looks at it later.")  # fmt: skip
        self.room.column.addWidget(label(told, "second", wrap=True))
        if now:
            rows = [Row(r.code, desk.say(r.name), cap=str(n))
                    for n, r in enumerate(offered(Context.EMERGENCY), 1)]  # fmt: skip
            rows.append(Row("", desk.say("It is no emergency"), cap=str(len(rows) + 1)))
            self.reasons.set_rows(rows)
            self.button.set_words(desk.say("Change it"))
        self.add_reasons()


class EmergencyLine(QFrame):
    """Over the basket: that this is an emergency, or that only an emergency is open here."""

    def __init__(self, desk: Desk, ask: Callable[[], object]) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("role", "notice")
        px = theme.current().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(7), px(8), px(7))
        row.setSpacing(px(10))
        self.called_mark = icon_label("flash-outline", 20, "red")
        self.shut_mark = icon_label("eye-outline", 20, "accent")
        self.words = label("", "strong", wrap=True)
        across = self.words.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        self.words.setAlignment(across | Qt.AlignmentFlag.AlignVCenter)
        self.button = link_button("", CHORD, run=ask)
        for part in (self.called_mark, self.shut_mark):
            row.addWidget(part)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_state(self, why: str, shut: bool) -> None:
        """`why` is the reason of the emergency; `shut` when only an emergency is open."""
        desk = self.desk
        self.setVisible(bool(why) or shut)
        self.called_mark.setVisible(bool(why))
        self.shut_mark.setVisible(not why)
        self.setProperty("tone", "red" if why else "accent")
        repolish(self)
        set_tone(self.words, "red" if why else "")
        if why:
            self.words.setText(desk.say("Emergency: {reason}. It is written down.",
                                        reason=sentence(reason(why).name)))  # fmt: skip
            self.button.set_words(desk.say("Change"))
        elif shut:
            self.words.setText(desk.say("{who} In an emergency everybody can take stock out.",
                                        who=who_can(Permission.DISPENSE)))  # fmt: skip
            self.button.set_words(desk.say("Emergency"))
