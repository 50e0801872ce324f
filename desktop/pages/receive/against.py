"""What should come: an order of this clinic, or the symbols on an order made elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.desk import Desk
from desktop.pages.receive.amounts import usual_pack
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.parts import Expected
from inventory.domain.order_symbol import OrderLine, OrderSymbol, join_symbols
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.queries.clinics import clinics, setting
from inventory.queries.items import ItemRow, all_items
from inventory.queries.orders import OrderRow, order_lines, order_numbered, orders

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A delivery that knows what to expect, or still waits for more symbols; and what to say."""

    delivery: Delivery
    words: Sentence
    whole: bool = True


def open_orders(desk: Desk) -> list[OrderRow]:
    """Orders that goods may come for, the newest first."""
    return desk.ask(orders, desk.clinic.id, open_only=True)


def expect_order(desk: Desk, delivery: Delivery, number: str) -> Loaded:
    """Receive against an order of this clinic. Raises Refused when nothing of it is to come."""
    order = desk.ask(order_numbered, desk.clinic.id, number)
    if order.state == DRAFT:
        raise Refused("{number} has not been printed, so nothing can be received against it.",
                      number=order.number)  # fmt: skip
    expected = expected_of(desk, order)
    if not expected:
        raise Refused("Everything on {number} has come already.", number=order.number)
    supplier = delivery.paper.supplier or order.supplier or _usual_supplier(desk)
    paper = replace(delivery.paper, supplier=supplier, order_id=order.id, order=order.number)
    return Loaded(delivery.expect(paper, expected), _told(order.number, len(expected)))


def expected_of(desk: Desk, order: OrderRow) -> tuple[Expected, ...]:
    """What is still to come of an order."""
    return tuple(
        Expected(line.item.id, line.to_come, usual_pack(line.item) if line.item.traits.decimals
                 else line.pack_size)
        for line in desk.ask(order_lines, order.id)
        if line.to_come
    )  # fmt: skip


def without_order(delivery: Delivery) -> Delivery:
    """Receive freely: nothing is expected."""
    paper = replace(delivery.paper, order_id=None, order="")
    return delivery.expect(paper, ())


def expect_symbol(desk: Desk, delivery: Delivery, symbol: OrderSymbol) -> Loaded:
    """One symbol of an order's form: enough for an order made here, else one of several."""
    if symbol.clinic == _code(desk) and _is_here(desk, symbol.number):
        if delivery.paper.order == symbol.number and delivery.expected:
            return Loaded(delivery, sentence("{number} is being received.", number=symbol.number))
        return expect_order(desk, delivery, symbol.number)
    read = _parts(delivery.rest.symbols, symbol)
    if len(read) < symbol.parts:
        words = sentence(
            "{read} of {parts} symbols of {number} read. Scan the others.",
            read=len(read), parts=symbol.parts, number=symbol.number,
        )  # fmt: skip
        return Loaded(delivery.read_symbols(read), words, whole=False)
    return _from_paper(desk, delivery, symbol.number, join_symbols(read))


def _from_paper(
    desk: Desk, delivery: Delivery, number: str, lines: Iterable[OrderLine]
) -> Loaded:
    """The lines of an order that this database does not know."""
    items = {item.code: item for item in desk.ask(all_items)}
    wanted = list(lines)
    expected = _expected(items, wanted)
    unknown = [line.code for line in wanted if line.code not in items]
    paper = replace(delivery.paper, order_id=None, order=number)
    loaded = delivery.expect(paper, expected)
    if not unknown:
        return Loaded(loaded, _told(number, len(expected)))
    words = counted(
        "{n} line of {number} is not on the list of items: {code}.",
        "{n} lines of {number} are not on the list of items, the first is {code}.",
        len(unknown), number=number, code=unknown[0],
    )  # fmt: skip
    return Loaded(loaded, words, whole=False)


def _expected(items: dict[str, ItemRow], lines: list[OrderLine]) -> tuple[Expected, ...]:
    return tuple(
        Expected(items[line.code].id, line.quantity, usual_pack(items[line.code]))
        for line in lines
        if line.code in items and line.quantity
    )


def _parts(kept: tuple[OrderSymbol, ...], symbol: OrderSymbol) -> tuple[OrderSymbol, ...]:
    """The symbols read of this printing, this one among them; another order begins anew."""
    own = (one for one in kept if one.whole == symbol.whole and one.part != symbol.part)
    return (*own, symbol)


def _told(number: str, lines: int) -> Sentence:
    return counted(
        "{n} line of {number} is expected.", "{n} lines of {number} are expected.",
        lines, number=number,
    )  # fmt: skip


def _is_here(desk: Desk, number: str) -> bool:
    return any(row.number == number for row in desk.ask(orders, desk.clinic.id))


def _code(desk: Desk) -> str:
    return next(row.code for row in desk.ask(clinics) if row.id == desk.clinic.id)


def _usual_supplier(desk: Desk) -> str:
    return str(desk.ask(setting, desk.clinic.id, "supplier", ""))
