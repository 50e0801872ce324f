"""From the database to paper: stock cards and goods-received notes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from inventory.documents.closing import Person
from inventory.documents.goods_received import GoodsReceived, GoodsReceivedLine
from inventory.documents.stock_card import StockCard, StockCardLine
from inventory.domain.consumption import METHOD, average
from inventory.domain.expiry import Expiry
from inventory.domain.months import window
from inventory.domain.names import Names
from inventory.domain.reasons import REASONS
from inventory.domain.reorder import level
from inventory.domain.sentence import N_, Sentence, sentence
from inventory.domain.status import STATUSES, Status
from inventory.domain.units import unit_named
from inventory.queries.card import CardLine, stock_card
from inventory.queries.clinics import clinic_names, clinics
from inventory.queries.documents import document_by_id, lines_of
from inventory.queries.items import item_by_id
from inventory.queries.proposal import levels
from inventory.queries.usage import use_of_items
from inventory.services.paperwork import authority
from inventory.storage import tables

STORAGE = {
    "room": N_("Room temperature"),
    "cool": N_("Cool, 8–15 °C"),
    "fridge": N_("Fridge, 2–8 °C"),
    "freezer": N_("Freezer"),
}


def stock_card_paper(
    connection: Connection, clinic_id: int, item_id: int, today: date
) -> StockCard:
    """The stock card of an item as it is printed, every movement on record."""
    clinic = next(row for row in clinics(connection) if row.id == clinic_id)
    item = item_by_id(connection, item_id)
    rule = levels(connection, clinic_id)
    use = use_of_items(connection, clinic_id, today, rule.window, item_id).get(item_id)
    amc = average(use.months if use else ())
    months = window(today, rule.window)
    least, most = item.min_months or rule.min_months, item.max_months or rule.max_months
    lines = stock_card(connection, clinic_id, item_id)[1]
    known = amc.months_counted > 0
    return StockCard(
        number=item.code,
        clinic=clinic_names(connection, clinic.id, clinic.name),
        authority=authority(connection, clinic_id),
        item=item.names,
        place=sentence("All places"),
        unit=Sentence(unit_named(item.unit).bare),
        pack_size=item.pack_size,
        lines=tuple(_card_line(line) for line in lines),
        storage=Sentence(STORAGE[item.storage]) if item.storage in STORAGE else "",
        amc=amc.rounded if known else None,
        method=METHOD,
        window=(months[0], months[-1]) if known else None,
        minimum=level(least, amc.rounded) if known else None,
        minimum_months=least,
        maximum=level(most, amc.rounded) if known else None,
        maximum_months=most,
        decimals=item.traits.decimals,
    )


def _card_line(line: CardLine) -> StockCardLine:
    remark = reason_words(line.reason)
    if line.status is not Status.USABLE:
        remark = Sentence(STATUSES[line.status].name)
    return StockCardLine(
        day=line.day, balance=line.balance, document=line.document, party=line.party,
        batch=line.lot, expiry=line.expiry, received=line.received, issued=line.issued,
        adjusted=line.adjusted, remark=remark,
    )  # fmt: skip


def reason_words(reason: str) -> Sentence | str | None:
    """A reason's name, words of somebody's own as they are, None for no reason."""
    if reason in REASONS:
        return Sentence(REASONS[reason].name)
    return reason or None


def goods_received_paper(
    connection: Connection, clinic_id: int, document_id: int
) -> GoodsReceived:
    """A goods-received note as it is printed."""
    clinic = next(row for row in clinics(connection) if row.id == clinic_id)
    document = document_by_id(connection, document_id)
    receipt = connection.execute(
        select(tables.receipt, tables.requisition.c.number)
        .outerjoin(
            tables.requisition, tables.requisition.c.id == tables.receipt.c.requisition_id
        )
        .where(tables.receipt.c.document_id == document_id)
    ).one()
    return GoodsReceived(
        number=document.number,
        clinic=clinic_names(connection, clinic.id, clinic.name),
        authority=authority(connection, clinic_id),
        supplier=receipt.supplier,
        day=document.happened_on,
        lines=tuple(_received_lines(connection, document_id)),
        source=receipt.source,
        waybill=receipt.waybill,
        order=receipt.number or "",
        note=document.note,
        received=Person(Names(en=document.user)),
    )


def _received_lines(connection: Connection, document_id: int) -> list[GoodsReceivedLine]:
    r = tables.receipt_line.c
    moved = {(line.line, line.status): line for line in lines_of(connection, document_id)}
    batches: dict[int, tuple[str, Expiry | None]] = {
        line.line: (line.lot, line.expiry) for line in moved.values()
    }
    rows = connection.execute(
        select(tables.receipt_line).where(r.document_id == document_id).order_by(r.line)
    )
    found = []
    for row in rows:
        item = item_by_id(connection, row.item_id)
        lot, expiry = batches.get(row.line, ("", None))
        status = Status(row.status)
        remark = reason_words(row.reason)
        if status is not Status.USABLE:
            remark = Sentence(STATUSES[status].name)
        found.append(
            GoodsReceivedLine(
                code=item.code, names=item.names, batch=lot, expiry=expiry,
                pack_size=row.pack_size, received=row.received + row.damaged,
                added=row.received if status is Status.USABLE else 0, damaged=row.damaged,
                ordered=row.ordered, on_waybill=row.on_waybill,
                remark=row.note or remark, decimals=item.traits.decimals,
            )
        )  # fmt: skip
    return found
