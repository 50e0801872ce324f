"""Items kept from the form: all of it, or nothing, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.item_form import ItemForm, OtherCode
from inventory.domain.names import Names
from inventory.domain.packing import Rounding
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.drafts import drafts
from inventory.queries.item_forms import item_form, item_lines, was_counted, words_in_use
from inventory.queries.search import SearchIndex
from inventory.services.adjusting import OpeningLine, open_stock
from inventory.services.clinics import NewClinic, add_clinic
from inventory.services.drafts import save_draft
from inventory.services.item_forms import DRAFT, NEW, keep_item, put_back, take_off
from inventory.storage.database import Database

TODAY = date(2026, 11, 22)
PACK = "06281086012345"
DRAFT_PCM = ItemDraft(
    "PCM", Names("Paracetamol", "باراسيتامول"), "medicine", "tablet", 1000, (20, 100),
    (Barcode(PACK, 20),), "E", "Paracetamol", "500 mg", "tablet", "room", "", ("IBU",),
    Fraction(3, 2), Fraction(4),
)  # fmt: skip
FORM = ItemForm(
    DRAFT_PCM, {1000: 6000, 20: 250}, "DoH Nineveh", Rounding.UP, 14, 30,
    (OtherCode("Kimadia", "12-34"), OtherCode("WHO", "N02BE01")),
)  # fmt: skip
IBU = ItemForm(ItemDraft("IBU", Names("Ibuprofen"), "medicine", "tablet"))


class Room:
    """One clinic with one item on its list."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.acts = 0
        with database.write() as connection:
            self.clinic = add_clinic(connection, NewClinic("Al-Zuhoor PHC"), TODAY, 0)
        self.ibu: int = self.do(keep_item, IBU)

    def do(self, act: Callable[..., Any], *args: Any) -> Any:
        self.acts += 1
        stamp = Stamp(self.clinic, "Rana", TODAY, self.acts, f"r{self.acts}")
        return self.database.act(act, stamp, *args)

    def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        with self.database.read() as connection:
            return query(connection, *args)

    def refused(self, act: Callable[..., Any], *args: Any) -> str:
        with pytest.raises(Refused) as no:
            self.do(act, *args)
        return str(no.value.sentence)


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


def test_what_was_kept_comes_back_as_it_was(room: Room) -> None:
    kept = room.do(keep_item, FORM)
    assert room.ask(item_form, kept) == FORM


def test_an_item_is_changed_all_of_it(room: Room) -> None:
    kept = room.do(keep_item, FORM)
    draft = replace(DRAFT_PCM, code="PCM500", pack_size=100, packs=(1000,), barcodes=(
        Barcode("WARD-7", 1),), substitutes=())  # fmt: skip
    changed = ItemForm(draft, {100: 700}, codes=(OtherCode("WHO", "N02BE01"),))
    assert room.do(keep_item, changed, kept) == kept
    assert room.ask(item_form, kept) == changed


def test_the_draft_goes_with_the_act(room: Room) -> None:
    with room.database.write() as connection:
        save_draft(connection, room.clinic, DRAFT, NEW, {"words": {}}, 5)
    assert "IBU" in room.refused(keep_item, replace(IBU, supplier="x"), None, NEW)
    assert len(room.ask(drafts, room.clinic, DRAFT)) == 1
    room.do(keep_item, FORM, None, NEW)
    assert room.ask(drafts, room.clinic, DRAFT) == []


def test_codes_of_other_items_are_refused_with_their_names(room: Room) -> None:
    kept = room.do(keep_item, FORM)
    assert room.refused(keep_item, FORM) == "The code PCM already belongs to Paracetamol."
    taken = replace(IBU, draft=replace(IBU.draft, barcodes=(Barcode(PACK, 1),)))
    told = room.refused(keep_item, taken, room.ibu)
    assert told == f"The code {PACK} already belongs to Paracetamol."
    told = room.refused(keep_item, replace(IBU, codes=FORM.codes), room.ibu)
    assert told == "The code 12-34 of Kimadia already belongs to Paracetamol."
    assert room.ask(item_form, kept) == FORM
    assert room.ask(item_form, room.ibu) == IBU


def test_counted_stock_keeps_its_measure(room: Room) -> None:
    assert not room.ask(was_counted, room.ibu)
    room.do(keep_item, replace(IBU, draft=replace(IBU.draft, unit="capsule")), room.ibu)
    room.do(keep_item, IBU, room.ibu)
    _fill(room)
    assert room.ask(was_counted, room.ibu)
    told = room.refused(keep_item, replace(IBU, draft=replace(IBU.draft, unit="capsule")), room.ibu)
    assert told == "The unit stays tablet: stock of this item was counted in it."
    fuel = replace(IBU, draft=replace(IBU.draft, kind="fuel"))
    assert "stays tablet" in room.refused(keep_item, fuel, room.ibu)
    room.do(keep_item, replace(IBU, supplier="DoH"), room.ibu)


def _fill(room: Room) -> None:
    room.do(open_stock, [OpeningLine(room.ibu, 10, "L1")], TODAY)


def test_an_item_is_taken_off_and_put_back(room: Room) -> None:
    assert not room.do(take_off, room.ibu).active
    assert [line.item.active for line in room.ask(item_lines)] == [False]
    told = room.refused(keep_item, IBU)
    assert told == "The code IBU belongs to Ibuprofen, which was taken off the list."
    assert room.do(put_back, room.ibu).active
    _fill(room)
    told = room.refused(take_off, room.ibu)
    assert told == "Ibuprofen still has stock, so it stays on the list."


def test_an_item_is_found_by_the_code_of_another_list(room: Room) -> None:
    kept = room.do(keep_item, FORM)
    index = room.ask(SearchIndex.build)
    assert index.search("12-34").items == (kept,)
    assert index.search(PACK).items == (kept,)


def test_the_list_and_the_words_in_use(room: Room) -> None:
    room.do(keep_item, FORM)
    lines = room.ask(item_lines)
    assert [line.item.code for line in lines] == ["IBU", "PCM"]
    assert lines[1].sizes == (1000, 20, 100)
    assert lines[1].barcodes == (PACK,)
    assert room.ask(words_in_use) == {
        "supplier": ("DoH Nineveh",), "form": ("tablet",), "storage": ("room",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: OtherCode("", "12"), "Write whose code 12 is."),
        (lambda: OtherCode("WHO", "1 2"), "A code has no spaces in it: 1 2."),
        (lambda: replace(FORM, lead_days=900), "Write between 0 and 730 days."),
        (lambda: replace(FORM, prices={20: -1}), "A price is between 0 and 1000000000000."),
    ],
)
def test_what_cannot_be_is_refused(made: Callable[[], object], told: str) -> None:
    with pytest.raises(Refused) as no:
        made()
    assert str(no.value.sentence) == told
