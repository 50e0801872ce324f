"""The order that a basket becomes when it is dispensed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.pages.dispense.basket import Basket
from desktop.pages.dispense.register import visit_of
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.services.dispensing import DispenseLine, DispenseOrder


def order_of(basket: Basket, names: Mapping[int, Names], day: date) -> DispenseOrder:
    """Give what there is; the rest becomes unmet demand.

    Raises Refused, naming the item, while a quantity is missing or the visit cannot be kept.
    """
    for line in basket.lines:
        if not line.quantity:
            raise Refused("Write how many {item} first.", item=names.get(line.item_id, Names()))
    lines = tuple(
        DispenseLine(line.item_id, line.quantity, line.lot_id, line.reason)
        for line in basket.lines
    )
    return DispenseOrder(lines, day, visit_of(basket.visit), give_what_there_is=True,
                         emergency=basket.emergency)  # fmt: skip
