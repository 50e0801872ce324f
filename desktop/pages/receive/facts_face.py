"""What a pack does not say itself: how many, its batch, its expiry, where it goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.receive.amounts import Amount, parse_amount, typed_amount
from desktop.pages.receive.facts_block import Fact, FactsBlock
from desktop.pages.receive.figures import packs_words
from desktop.pages.receive.place_box import PlaceBox
from desktop.pages.receive.standing import Standing
from desktop.units import quantity_words
from desktop.widgets.buttons import Button
from desktop.widgets.field import ExpiryField, Field, LineBox, TextField
from inventory.domain.expiry import Expiry
from inventory.domain.item_kinds import Need
from inventory.domain.sentence import Refused
from inventory.queries.clinics import PlaceRow
from inventory.services.lots import MOST_NUMBER

Settle = Callable[[str, Expiry | None, int | None, Amount | None], object]


class FactsFace(QWidget):
    """`settle(lot, expiry, place, amount)` is called at the last Enter.

    `note_lot` keeps the batch at once, `expiry_of` gives the expiry it came with before.
    """

    def __init__(
        self,
        desk: Desk,
        places: list[PlaceRow],
        settle: Settle,
        note_lot: Callable[[str], object],
        expiry_of: Callable[[str], Expiry | None],
    ) -> None:
        super().__init__()
        self.desk = desk
        self._settle, self._note_lot, self._expiry_of = settle, note_lot, expiry_of
        self.row: Standing | None = None
        self.block = FactsBlock()
        self.packs = TextField(desk.say("Packs"), placeholder="12", longest=24)
        self.lot = TextField(desk.say("Batch"), longest=MOST_NUMBER)
        self.expiry = ExpiryField(desk.say("Expires"), desk.language, desk.today)
        self.expiry.line.setPlaceholderText("09/28")
        self.place = PlaceBox(places)
        self.place_field = Field(desk.say("Goes to"), self.place)
        self.several = len(places) > 1
        self.button = Button(desk.say("Write it down"), "Enter", icon="check", run=self.accept)
        self.packs.changed.connect(lambda _text: self._echo())
        self._boxes: tuple[tuple[Field, LineBox | PlaceBox], ...] = (
            (self.packs, self.packs.line), (self.place_field, self.place),
            (self.lot, self.lot.line), (self.expiry, self.expiry.line),
        )  # fmt: skip
        for field, box in self._boxes:
            box.entered.connect(lambda f=field: self._entered(f))
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme.current().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(8))
        stack.addWidget(self.block)
        for pair in (self._boxes[:2], self._boxes[2:]):
            row = QHBoxLayout()
            row.setSpacing(px(10))
            for field, _ in pair:
                row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            stack.addLayout(row)
        stack.addWidget(self.button)

    # Showing

    def show_row(self, row: Standing, *, counting: bool) -> None:
        """Ask what is missing of a line; with `counting` everything, as it stands."""
        assert row.item is not None
        assert row.line is not None
        same = self.row is not None and self.row.at == row.at
        self.row = row
        traits, line = row.item.traits, row.line
        self.packs.setVisible(counting)
        self.lot.setVisible(traits.batch is not Need.NEVER)
        self.expiry.setVisible(traits.expiry is not Need.NEVER)
        self.place_field.setVisible(counting and self.several)
        self.block.setVisible(not counting)
        self.block.show_facts(self._facts(row))
        if same:
            return
        decimals = traits.decimals
        many = self.desk.say("How many") if decimals else self.desk.say("Packs")
        self.packs.label.setText(many)
        self.packs.set_text(typed_amount(line.came, line.size, decimals))
        self.lot.set_text(line.lot)
        self.expiry.set_value(line.expiry)
        self.place.show_place(line.place_id)
        for field, _ in self._boxes:
            field.set_wrong("")
        self._echo()

    def forget(self) -> None:
        """The next row is shown anew, even when it is the same."""
        self.row = None

    def _facts(self, row: Standing) -> list[Fact]:
        assert row.item is not None
        assert row.line is not None
        say, language = self.desk.say, self.desk.language
        facts = [Fact(say("Came"), packs_words(language, row.item, row.came, row.line.size))]
        code = row.line.code
        return [Fact(say("Code"), language.isolate(code), read=True), *facts] if code else facts

    def _asked(self) -> list[tuple[Field, LineBox | PlaceBox]]:
        return [(field, box) for field, box in self._boxes if not field.isHidden()]

    def begin(self) -> None:
        """The cursor goes into the first field; what stands there is typed over."""
        boxes = [box for _, box in self._asked()]
        empty = [box for box in boxes if isinstance(box, LineBox) and not box.text()]
        counting = not self.packs.isHidden()
        self._go(boxes[0] if counting or not empty else empty[0])

    def _go(self, box: LineBox | PlaceBox) -> None:
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(box, LineBox):
            box.selectAll()

    # Answers

    def _echo(self) -> None:
        """What the packs come to, in words."""
        try:
            amount = self._amount()
        except Refused:
            self.packs.set_echo("")
            return
        if self.row is None or self.row.item is None or amount is None:
            return
        item = self.row.item
        all_of_it = quantity_words(self.desk.language, item.unit, amount.came,
                                   item.traits.decimals)  # fmt: skip
        self.packs.set_echo(all_of_it)

    def _amount(self) -> Amount | None:
        if self.packs.isHidden() or self.row is None or self.row.line is None:
            return None
        assert self.row.item is not None
        return parse_amount(self.packs.text, self.row.line.size, self.row.item.traits.decimals)

    def _entered(self, field: Field) -> None:
        if not self._is_good(field):
            return
        if field is self.lot:
            self._lot_written()
        asked = [one for one, _ in self._asked()]
        # The place is the delivery's own unless somebody goes there by Tab.
        following = [box for one, box in self._asked()[asked.index(field) + 1 :]
                     if one is not self.place_field]  # fmt: skip
        if following:
            self._go(following[0])
        else:
            self.accept()

    def _lot_written(self) -> None:
        """Keep it, and offer the expiry it came with before."""
        lot = self.lot.text
        if self.packs.isHidden():
            self._note_lot(lot)
        if self.expiry.line.text().strip() or self.expiry.isHidden():
            return
        before = self._expiry_of(lot)
        if before is not None:
            self.expiry.set_value(before)
            self.expiry.check()

    def _is_good(self, field: Field) -> bool:
        """Whether a field may be left; else what is wrong stands under it."""
        assert self.row is not None
        assert self.row.item is not None
        try:
            traits = self.row.item.traits
            if field is self.packs:
                self._amount()
            elif field is self.lot and traits.batch is Need.MUST and not self.lot.text:
                raise Refused("Read the batch number from the pack.")
            elif field is self.expiry:
                self._read_expiry(required=traits.expiry is Need.MUST)
        except Refused as refused:
            field.set_wrong(self.desk.tell(refused.sentence))
            return False
        return True

    def _read_expiry(self, *, required: bool) -> Expiry | None:
        written = self.expiry.line.text().strip()
        return self.expiry.read() if written or required else None

    def accept(self) -> None:
        """Everything is written, or the cursor goes to what is wrong."""
        for field, box in self._asked():
            if not self._is_good(field):
                self._go(box)
                return
        place = self.place.chosen if not self.place_field.isHidden() else None
        if place is None and self.row is not None and self.row.line is not None:
            place = self.row.line.place_id
        expiry = None if self.expiry.isHidden() else self._read_expiry(required=False)
        lot = "" if self.lot.isHidden() else self.lot.text
        self._settle(lot, expiry, place, self._amount())
