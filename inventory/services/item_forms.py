"""Keep what a person wrote of one item, and take items off the list and put them back."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from inventory.domain.item import ItemDraft
from inventory.domain.item_form import ItemForm, OtherCode
from inventory.domain.item_kinds import KINDS
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused, sentence
from inventory.domain.stamp import Stamp
from inventory.domain.units import unit_named
from inventory.queries.item_forms import owner_of_code, was_counted
from inventory.queries.items import ItemRow, item_by_id
from inventory.services import second_person
from inventory.services.drafts import drop_draft
from inventory.services.items import bind_substitutes, retire_item, save_item, set_price
from inventory.services.permits import permitted
from inventory.storage import tables

DRAFT = "item"
"""Kind of the drafts of half-filled forms; the key begins with the id of the item, or with NEW."""

NEW = "new"


@permitted(Permission.KEEP_ITEMS)
def keep_item(
    connection: Connection,
    stamp: Stamp,
    form: ItemForm,
    item_id: int | None = None,
    draft_key: str | None = None,
) -> int:
    """Add an item, or with `item_id` change it all, also its code. Returns the id.

    The draft of the form is forgotten in the same act. Raises Refused when the code or a
    barcode is another item's, or when counted stock would be called by another unit.
    """
    _refuse_taken_code(connection, form.draft.code, item_id)
    if item_id is not None:
        before = item_by_id(connection, item_id)
        _refuse_new_measure(connection, before, form.draft)
        second_person.for_items(
            connection, stamp, {form.draft.code: form.draft.controlled}, renamed=before.code
        )
        _rename(connection, item_id, form.draft.code)
        _forget_missing_barcodes(connection, item_id, form.draft)
    kept = save_item(connection, form.draft, stamp.now)
    for size in (form.draft.pack_size, *form.draft.packs):
        set_price(connection, kept, size, form.prices.get(size))
    _set_own(connection, kept, form)
    _set_codes(connection, kept, form.codes)
    bind_substitutes(connection, kept, form.draft.substitutes)
    if draft_key is not None:
        drop_draft(connection, stamp.clinic_id, DRAFT, draft_key)
    return kept


def _refuse_taken_code(connection: Connection, code: str, item_id: int | None) -> None:
    owner = owner_of_code(connection, code)
    if owner is None or owner.id == item_id:
        return
    if owner.active:
        raise Refused("The code {code} already belongs to {item}.", code=code, item=owner.names)
    raise Refused("The code {code} belongs to {item}, which was taken off the list.",
                  code=code, item=owner.names)  # fmt: skip


def _refuse_new_measure(connection: Connection, item: ItemRow, draft: ItemDraft) -> None:
    same = item.unit == draft.unit and item.traits.decimals == KINDS[draft.kind].decimals
    if not same and was_counted(connection, item.id):
        unit = sentence(unit_named(item.unit).bare)
        raise Refused("The unit stays {unit}: stock of this item was counted in it.", unit=unit)


def _rename(connection: Connection, item_id: int, code: str) -> None:
    i = tables.item
    connection.execute(update(i).where(i.c.id == item_id).values(code=code))


def _forget_missing_barcodes(connection: Connection, item_id: int, draft: ItemDraft) -> None:
    b = tables.barcode
    kept = [barcode.code for barcode in draft.barcodes]
    connection.execute(delete(b).where(b.c.item_id == item_id, b.c.code.not_in(kept)))


def _set_own(connection: Connection, item_id: int, form: ItemForm) -> None:
    i = tables.item
    connection.execute(
        update(i).where(i.c.id == item_id).values(
            supplier=form.supplier,
            rounding=None if form.rounding is None else str(form.rounding),
            lead_days=form.lead_days,
            review_days=form.review_days,
        )
    )  # fmt: skip


def _set_codes(connection: Connection, item_id: int, codes: tuple[OtherCode, ...]) -> None:
    c = tables.item_code
    connection.execute(delete(c).where(c.c.item_id == item_id))
    for other in dict.fromkeys(codes):
        taken = connection.scalar(
            select(c.c.item_id).where(c.c.scheme == other.scheme, c.c.code == other.code)
        )
        if taken is not None:
            raise Refused("The code {code} of {scheme} already belongs to {item}.",
                          code=other.code, scheme=other.scheme,
                          item=item_by_id(connection, taken).names)  # fmt: skip
        connection.execute(insert(c).values(scheme=other.scheme, code=other.code, item_id=item_id))


@permitted(Permission.KEEP_ITEMS)
def take_off(connection: Connection, stamp: Stamp, item_id: int) -> ItemRow:
    """Take an item off the list; its history stays. Refused while there is stock of it."""
    retire_item(connection, item_id, stamp.now)
    return item_by_id(connection, item_id)


@permitted(Permission.KEEP_ITEMS)
def put_back(connection: Connection, stamp: Stamp, item_id: int) -> ItemRow:
    """Put an item that was taken off back on the list."""
    i = tables.item
    connection.execute(update(i).where(i.c.id == item_id).values(active=1, changed_at=stamp.now))
    return item_by_id(connection, item_id)
