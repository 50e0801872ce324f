"""About one line that needs nothing more: what came, what that means, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.receive.amounts import typed_amount
from desktop.pages.receive.facts_block import Fact, FactsBlock
from desktop.pages.receive.figures import figure, packs_words
from desktop.pages.receive.parts import Line
from desktop.pages.receive.saying import packs_sentence, shelf_life
from desktop.pages.receive.standing import Fit, Standing
from desktop.pages.receive.told import told
from desktop.units import quantity_words
from desktop.widgets.buttons import Button, link_button
from desktop.widgets.card import clear
from desktop.widgets.field import LineBox
from desktop.widgets.labels import label, set_tone
from inventory.domain.reasons import REASONS
from inventory.domain.sentence import Sentence, sentence
from inventory.queries.items import ItemRow

_GAP, _ACT, _LOW = 9, 32, 300
"""Heights: between the parts, of one act, and under which only the first facts are said."""
_FIRST = 3

Act = tuple[str, str, Callable[[], object]]
"""Finished words, the key, what it does."""


class LineFace(QWidget):
    """`damaged(text)` is called when the number of damaged packs was written."""

    def __init__(
        self, desk: Desk, places: dict[int, str], damaged: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.desk, self._places = desk, places
        self._at = 0
        self.room = 0
        """The height it has."""
        self.block = FactsBlock()
        self.meaning = told()
        self.broken = LineBox()
        self.broken.setFixedWidth(theme.current().px(92))
        self.broken.setAccessibleName(desk.say("Damaged packs"))
        self.broken.entered.connect(lambda: damaged(self.broken.text()))
        self.broken_row = QWidget()
        self.broken_row.hide()
        self._acts = QVBoxLayout()
        self._acts_room = QWidget()
        self._shown: tuple[str, ...] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme.current().px
        row = QHBoxLayout(self.broken_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(label(self.desk.say("Damaged packs"), "strong"))
        row.addStretch(1)
        row.addWidget(self.broken)
        self._acts_room.setLayout(self._acts)
        self._acts.setContentsMargins(0, 0, 0, 0)
        self._acts.setSpacing(px(2))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(9))
        stack.addWidget(self.block)
        stack.addWidget(self.meaning)
        stack.addWidget(self.broken_row)
        stack.addWidget(self._acts_room)

    # Showing

    def show_row(self, row: Standing, acts: Sequence[Act]) -> None:
        """One line, or what is only waited for."""
        assert row.item is not None
        if row.at != self._at:
            self.close_damage()
        self._at = row.at
        low = self.room < theme.current().px(_LOW)
        self.block.show_facts(self._facts(row, row.item)[: _FIRST if low else None])
        words, tone = self._meaning(row, row.item)
        self.meaning.setText(self.desk.tell(words) if words is not None else "")
        self.meaning.setVisible(words is not None)
        set_tone(self.meaning, tone)
        self._offer(acts[: self._fitting()])

    def _facts(self, row: Standing, item: ItemRow) -> list[Fact]:
        say, language, line = self.desk.say, self.desk.language, row.line
        facts: list[Fact] = []
        if line is not None:
            facts += self._said(line)
            facts.append(Fact(say("Came"), packs_words(language, item, row.came, line.size)))
            if line.size > 1:
                in_all = quantity_words(language, item.unit, row.came, item.traits.decimals)
                facts.append(Fact(say("In all"), in_all))
        if row.expected is not None:
            expected = packs_words(language, item, row.expected, row.size)
            facts.append(Fact(say("Expected"), expected))
        if line is not None and line.damaged:
            broken = packs_words(language, item, line.damaged, line.size)
            facts.append(Fact(say("Damaged"), broken, tone="amber"))
        return facts

    def _said(self, line: Line) -> list[Fact]:
        say, language = self.desk.say, self.desk.language
        facts = []
        if line.lot:
            facts.append(Fact(say("Batch"), language.isolate(line.lot), read=True))
        if line.expiry is not None:
            facts.append(Fact(say("Expires"), language.expiry(line.expiry), read=True))
        if line.place_id in self._places:
            facts.append(Fact(say("Goes to"), self._places[line.place_id]))
        return facts

    def _meaning(self, row: Standing, item: ItemRow) -> tuple[Sentence | None, str]:
        """The gravest thing there is to say, and its tone."""
        if row.line is not None:
            fit, words = shelf_life(item, row.line, self.desk.today)
            if fit is Fit.ACCEPTED:
                reason = REASONS.get(row.line.reason)
                why = Sentence(reason.name) if reason is not None else row.line.reason
                return sentence("Accepted all the same: {reason}.", reason=why), ""
            if words is not None:
                return words, "red" if fit is Fit.EXPIRED else "amber"
        if row.differs:
            much = packs_sentence(item, abs(row.differs), row.size)
            if row.differs < 0:
                return sentence("{amount} short.", amount=much), "red"
            return sentence("{amount} more than expected.", amount=much), "violet"
        if row.to_come:
            much = packs_sentence(item, row.to_come, row.size)
            return sentence("{amount} still to come.", amount=much), ""
        return None, ""

    def _fitting(self) -> int:
        """How many acts stand below the facts."""
        px = theme.current().px
        width = px(300)
        said = 0 if self.meaning.isHidden() else self.meaning.heightForWidth(width) + px(_GAP)
        left = self.room - self.block.sizeHint().height() - 3 * px(_GAP) - said
        return max(1, left // px(_ACT))

    def _offer(self, acts: Sequence[Act]) -> None:
        shown = tuple(f"{words} {key}" for words, key, _ in acts)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._acts)
        for words, key, run in acts:
            button: Button = link_button(words, key, run=run)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._acts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    # Damage

    def ask_damage(self, row: Standing) -> None:
        """Alt+M: how many packs came broken."""
        assert row.item is not None
        assert row.line is not None
        broken = row.line.damaged
        decimals = row.item.traits.decimals
        self.broken.setText(typed_amount(broken, row.line.size, decimals) if broken else "")
        self.broken.setPlaceholderText(figure(self.desk.language, 0, 1))
        self._acts_room.hide()
        self.broken_row.show()
        self.broken.setFocus(Qt.FocusReason.OtherFocusReason)
        self.broken.selectAll()

    def close_damage(self) -> bool:
        """Esc: leave it as it was. False when nobody was asked."""
        if self.broken_row.isHidden():
            return False
        self.broken_row.hide()
        self._acts_room.show()
        return True
