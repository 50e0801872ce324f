"""From the database to paper: the data of the reorder form, and its printing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from inventory.documents.closing import Person
from inventory.documents.order_form import (
    OrderForm,
    OrderFormLine,
    OrderFormSection,
    order_form_pdf,
)
from inventory.domain.consumption import METHOD
from inventory.domain.item_kinds import SECTIONS
from inventory.domain.names import Names
from inventory.domain.order_symbol import OrderLine, write_symbols
from inventory.domain.reasons import REASONS
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.domain.stamp import Stamp
from inventory.domain.units import unit_named
from inventory.exchange.atomic_file import write_file
from inventory.language import Language
from inventory.queries.clinics import ClinicRow, clinic_names, clinics, setting
from inventory.queries.orders import (
    OrderLineRow,
    OrderRow,
    order_by_id,
    order_lines,
    orders,
)
from inventory.queries.proposal import levels
from inventory.services import ledger, ordering
from inventory.services.ordering import OrderState
from inventory.services.permits import permitted


def authority(connection: Connection, clinic_id: int) -> Names:
    """The authority over the clinic, the first line of every form."""
    return Names(**setting(connection, clinic_id, "authority", {}))


def order_form_of(connection: Connection, clinic_id: int, order_id: int) -> OrderForm:
    """The form of a saved order, lines with nothing asked for left out."""
    clinic = next(row for row in clinics(connection) if row.id == clinic_id)
    order = order_by_id(connection, order_id)
    lines = [line for line in order_lines(connection, order_id) if line.packs > 0]
    if not lines:
        raise Refused("Nothing needs ordering, so there is no form to print.")
    level = levels(connection, clinic_id)
    supplier = order.supplier or setting(connection, clinic_id, "supplier", "")
    return OrderForm(
        number=order.number,
        clinic=clinic_names(connection, clinic.id, clinic.name),
        clinic_code=clinic.code,
        authority=authority(connection, clinic_id),
        supplier=Names(en=supplier),
        day=order.made_on,
        period_first=order.period_start,
        period_last=order.period_end,
        sections=tuple(_sections(lines, level.window)),
        symbols=tuple(_symbols(clinic, order, lines)),
        needed_by=order.needed_by,
        emergency=order.emergency,
        method=METHOD,
        months=level.window,
        maximum_months=level.max_months,
        requester=Person(Names(en=order.user)),
    )


def _symbols(clinic: ClinicRow, order: OrderRow, lines: Iterable[OrderLineRow]) -> list[str]:
    wanted = [OrderLine(line.item.code, line.requested) for line in lines]
    return write_symbols(order.number, clinic.code, order.made_on, wanted)


def _sections(lines: Iterable[OrderLineRow], window: int) -> Iterable[OrderFormSection]:
    rows = list(lines)
    for code, title in SECTIONS.items():
        own = tuple(_line(row, window) for row in rows if row.item.traits.section == code)
        if own:
            yield OrderFormSection(Sentence(title), own)


def _line(row: OrderLineRow, window: int) -> OrderFormLine:
    return OrderFormLine(
        code=row.item.code, names=row.item.names, unit=Sentence(unit_named(row.item.unit).bare),
        opening=row.opening, received=row.received, consumed=row.consumed,
        adjustments=row.adjusted, on_hand=row.closing, days_out=row.days_out, amc=row.average,
        maximum=row.maximum, on_order=row.on_order, requested_units=row.requested,
        packs=row.packs, pack_size=row.pack_size, remark=_together(_remarks(row, window)),
        decimals=row.item.traits.decimals,
    )  # fmt: skip


def _remarks(row: OrderLineRow, window: int) -> list[Sentence]:
    """Why the line does not follow from its letters."""
    said = []
    if row.packs != row.proposed_packs:
        said.append(_changed(row))
    if row.on_hand != row.closing:
        said.append(sentence("today {quantity}", quantity=_shown(row, row.on_hand)))
    if row.at_risk:
        said.append(sentence("{quantity} expire unused", quantity=_shown(row, row.at_risk)))
    if row.months_counted not in (0, window):
        said.append(counted("P over {n} month", "P over {n} months", row.months_counted))
    return said


def _changed(row: OrderLineRow) -> Sentence:
    why: object = row.note
    if not row.note:
        why = Sentence(REASONS[row.reason].name) if row.reason in REASONS else ""
    if not why:
        return sentence("proposed {packs}", packs=row.proposed_packs)
    return sentence("proposed {packs}: {reason}", packs=row.proposed_packs, reason=why)


def _shown(row: OrderLineRow, quantity: int) -> object:
    decimals = row.item.traits.decimals
    return quantity if not decimals else f"{quantity // 10}.{quantity % 10}"


def _together(said: list[Sentence]) -> Sentence | None:
    if not said:
        return None
    whole = said[0]
    for following in said[1:]:
        whole = sentence("{first}; {following}", first=whole, following=following)
    return whole


@permitted(Permission.ORDER)
def print_form(
    connection: Connection, stamp: Stamp, path: Path, first: Language, second: Language | None
) -> int:
    """Save what is proposed as a printed order and write its form. Returns the order's id.

    While nothing has moved since such an order of the same day, that one is printed again. A
    draft that somebody wrote in is left to them. A form that cannot be written leaves no order
    behind.
    """
    stream = ledger.begin(connection, stamp.clinic_id)
    own = [
        order
        for order in orders(connection, stamp.clinic_id)
        if not order.supplier and not order.kinds and not _by_hand(connection, order)
    ]
    again = [
        order.id for order in own
        if order.head == stream.head and order.made_on == stream.day(stamp)
        and order.state in (OrderState.PRINTED, OrderState.PARTLY_RECEIVED)
    ]  # fmt: skip
    order_id = again[0] if again else _fresh_order(connection, stamp, own)
    form = order_form_of(connection, stamp.clinic_id, order_id)
    practice = bool(setting(connection, 0, "practice", False))
    write_file(path, order_form_pdf(form, first, second, practice=practice))
    return order_id


def _fresh_order(connection: Connection, stamp: Stamp, own: Iterable[OrderRow]) -> int:
    """What is proposed now, printed: the open draft when nobody wrote in it, else a new order."""
    untouched = any(order.state == OrderState.DRAFT for order in own)
    begin = ordering.open_draft if untouched else ordering.begin_order
    order_id = begin(connection, stamp)
    ordering.print_order(connection, stamp, order_id)
    return order_id


def _by_hand(connection: Connection, order: OrderRow) -> bool:
    """Whether somebody changed or added a line, or said when and how urgently it is needed."""
    return (
        order.needed_by is not None
        or order.emergency
        or any(line.changed_by or line.added for line in order_lines(connection, order.id))
    )
