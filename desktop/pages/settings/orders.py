"""Orders: how many months are kept, over how many use is averaged, supplier and budget."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QHBoxLayout

from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings.section import Section
from desktop.widgets.field import Field, TextField
from desktop.widgets.segmented import Segmented
from inventory.domain.quantity import fold_digits
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, Refused, sentence
from inventory.queries.clinics import setting
from inventory.queries.proposal import levels
from inventory.services.ordering import Rules, keep_rules


class OrdersSection(Section):
    hint = N_("An item's own settings stand over these")
    needs = (Permission.KEEP_CLINIC,)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Orders"))
        level = desk.ask(levels, desk.clinic.id)
        self.least = self._field(N_("Minimum, months of stock"), _written(level.min_months))
        self.most = self._field(N_("Maximum, months of stock"), _written(level.max_months))
        self.months = Segmented([(str(n), desk.language.number(n)) for n in (3, 6, 12)],
                                str(level.window), name=desk.say("Months averaged"))  # fmt: skip
        supplier = desk.ask(setting, desk.clinic.id, "supplier", "")
        budget = desk.ask(setting, desk.clinic.id, "budget", None)
        self.supplier = TextField(desk.say("Usual supplier"), supplier, longest=80)
        self.budget = TextField(desk.say("Budget of one order, dinars"),
                                "" if budget is None else str(budget), width=200)  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        row.addWidget(self.least)
        row.addWidget(self.most)
        row.addWidget(Field(desk.say("Months averaged"), self.months), 1)
        self.card.body.addLayout(row)
        self.card.body.addWidget(self.supplier)
        self.card.body.addWidget(self.budget)
        self.add_finish(desk.say("Keep"))

    def _field(self, words: str, text: str) -> TextField:
        return TextField(self.desk.say(words), text, longest=6, width=180)

    def finish(self) -> None:
        try:
            rules = Rules(
                _months(self.least.text), _months(self.most.text), int(self.months.chosen),
                self.supplier.text, _money(self.budget.text),
            )  # fmt: skip
        except Refused as refusal:
            self.most.set_wrong(self.desk.tell(refusal.sentence))
            return
        self.desk.do(keep_rules, rules)
        self.desk.done(sentence("The next proposal follows these rules."))


def _written(months: Fraction) -> str:
    if months.denominator == 1:
        return str(months.numerator)
    return f"{months.numerator / months.denominator:g}"


def _months(text: str) -> Fraction:
    try:
        return Fraction(fold_digits(text).replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise Refused("Write months as a number, such as 3 or 2.5.") from None


def _money(text: str) -> int | None:
    plain = fold_digits(text).replace(",", "").replace(" ", "")
    if not plain:
        return None
    if not plain.isdigit() or len(plain) > 12:
        raise Refused("Write the budget in whole dinars, such as 4000000.")
    return int(plain)
