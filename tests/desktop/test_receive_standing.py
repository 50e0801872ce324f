"""How lines stand: what is short only when somebody said so, what is extra, what may be used."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.pages.receive.arriving import Pack, arrive, doubts, is_code, pack_of
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.parts import Expected, Line, Paper
from desktop.pages.receive.receipt import first_blocking, receipt_of
from desktop.pages.receive.standing import Fit, Standing, missing, standings
from inventory.domain.expiry import Expiry
from inventory.domain.names import Names
from inventory.domain.scan import read_scan
from inventory.domain.sentence import Refused
from inventory.queries.items import ItemRow
from inventory.queries.scanning import Found

TODAY = date(2026, 11, 22)
LATER, SOON, PAST = (Expiry.from_iso(text) for text in ("2028-09", "2027-02-28", "2026-10"))
GTIN = "04006381333931"
EMPTY = Delivery("request")


def item(number: int = 1, kind: str = "medicine", pack: int = 100) -> ItemRow:
    return ItemRow(
        id=number, code=f"MED-{number:04}", names=Names(en=f"Item {number}"), inn="", strength="",
        form="", kind=kind, unit="tablet", ven="V", storage="room", controlled="", pack_size=pack,
        price=None, supplier="", min_months=None, max_months=None, rounding=None, active=True,
    )  # fmt: skip


ITEMS = {number: item(number) for number in (1, 2, 3)}


def line(number: int = 1, lot: str = "A1", came: int = 100, expiry: Expiry | None = LATER) -> Line:
    return Line(0, number, GTIN, lot, expiry, came=came, size=100, settled=True)


def rows(delivery: Delivery) -> tuple[Standing, ...]:
    return standings(delivery, ITEMS, TODAY)


def states(delivery: Delivery) -> list[str]:
    return [row.state for row in rows(delivery)]


# What is short, extra, to come


def test_short_is_said_only_once_somebody_said_it() -> None:
    delivery = EMPTY.expect(Paper(), [Expected(1, 5000, 100)]).add(line(came=4200))
    (row,) = rows(delivery)
    assert (row.state, row.to_come, row.differs) == ("waiting", 800, 0)
    (row,) = rows(delivery.end(1))
    assert (row.state, row.to_come, row.differs) == ("short", 0, -800)
    assert states(delivery.end(1).end(1)) == ["waiting"]


def test_what_never_came_is_short_too() -> None:
    delivery = EMPTY.expect(Paper(), [Expected(1, 5000, 100)])
    assert states(delivery) == ["waiting"]
    (row,) = rows(delivery.end(1))
    assert (row.state, row.differs, row.line) == ("short", -5000, None)


def test_more_than_expected_and_what_nobody_expected_is_extra() -> None:
    delivery = EMPTY.expect(Paper(), [Expected(1, 2400, 100)]).add(line(came=3000)).add(line(2))
    first, second = rows(delivery)
    assert (first.state, first.differs, first.expected) == ("extra", 600, 2400)
    assert (second.state, second.differs, second.expected) == ("extra", 100, None)


def test_a_free_delivery_has_nothing_short_or_extra() -> None:
    assert states(EMPTY.add(line())) == ["fine"]


def test_batches_of_one_item_are_counted_together() -> None:
    delivery = EMPTY.expect(Paper(), [Expected(1, 5000, 100)])
    delivery = delivery.add(line(lot="A1", came=3000)).add(line(lot="A2", came=1000))
    first, second = rows(delivery)
    assert (first.expected, first.to_come) == (5000, 1000)
    assert (second.expected, second.state) == (None, "fine")
    assert states(delivery.add(line(lot="A3", came=1000))) == ["fine", "fine", "fine"]


def test_figures_are_in_packs_that_fit_both() -> None:
    delivery = EMPTY.expect(Paper(), [Expected(1, 2000, 1000)]).add(line(came=400))
    assert rows(delivery)[0].size == 100


# Shelf life


@pytest.mark.parametrize(
    ("expiry", "fit", "state"),
    [(LATER, Fit.USABLE, "fine"), (SOON, Fit.SHORT_DATED, "short_dated"),
     (PAST, Fit.EXPIRED, "expired")],
)  # fmt: skip
def test_shelf_life_is_judged_at_receipt(expiry: Expiry, fit: Fit, state: str) -> None:
    (row,) = rows(EMPTY.add(line(expiry=expiry)))
    assert (row.fit, row.state) == (fit, state)


def test_a_reason_accepts_what_is_short_dated_but_never_what_expired() -> None:
    (row,) = rows(EMPTY.add(line(expiry=SOON)).accept(1, "AGREED"))
    assert (row.fit, row.state) == (Fit.ACCEPTED, "fine")
    (row,) = rows(EMPTY.add(line(expiry=PAST)).accept(1, "AGREED"))
    assert row.fit is Fit.EXPIRED


def test_damage_is_seen_before_what_is_still_to_come() -> None:
    delivery = EMPTY.expect(Paper(), [Expected(1, 5000, 100)]).add(line()).damage(1, 200 // 2)
    assert states(delivery) == ["damaged"]


@pytest.mark.parametrize(
    ("kind", "asked", "must"),
    [("medicine", {"lot", "expiry"}, True), ("supply", {"lot", "expiry"}, False),
     ("fuel", set(), False)],
)  # fmt: skip
def test_the_kind_decides_what_is_asked(kind: str, asked: set[str], must: bool) -> None:
    one = item(1, kind)
    bare = Line(1, 1, came=1)
    assert missing(bare, one.traits) == asked
    settled = Line(1, 1, came=1, settled=True)
    assert bool(missing(settled, one.traits)) is must
    assert (first_blocking(Delivery("r", (bare,)), {1: one}) is not None) is must


# Packs on their way in


def pack(text: str, known: bool = True) -> Pack:
    found = Found(item(), 100) if known else None
    return pack_of(read_scan(text, TODAY), found, 100)


def test_a_gs1_pack_needs_no_key() -> None:
    delivery = arrive(EMPTY, pack(f"]d201{GTIN}1728093010PC0588"), 5)
    assert states(delivery) == ["fine"]
    delivery = arrive(delivery, pack(f"]d201{GTIN}1728093010PC0588"), 6)
    assert [(one.lot, one.came, one.at) for one in delivery.lines] == [("PC0588", 200, 6)]


def test_the_label_of_a_carton_says_how_many_packs() -> None:
    delivery = arrive(EMPTY, pack(f"]C102{GTIN}1728093037{12:02}\x1d10PC0588"), 5)
    assert delivery.lines[0].came == 1200


def test_another_batch_is_another_line() -> None:
    delivery = arrive(EMPTY, pack(f"]d201{GTIN}1728093010A1"), 5)
    delivery = arrive(delivery, pack(f"]d201{GTIN}1728093010A2"), 6)
    assert [one.lot for one in delivery.lines] == ["A1", "A2"]
    again = pack(f"]d201{GTIN}1729093010A1")
    assert [str(words) for words in doubts(delivery, again)] == [
        "Batch A1 came with the expiry 2028-09-30 before. Compare the packs."
    ]


def test_a_code_that_says_nothing_of_its_batch_is_as_the_last_pack() -> None:
    delivery = arrive(EMPTY, pack(GTIN), 5)
    assert states(delivery) == ["new_code"]
    delivery = arrive(delivery.settle(1, "A1", LATER), pack(GTIN), 6)
    delivery = arrive(delivery.split(1, 100).settle(2, "A2", LATER), pack(GTIN), 7)
    assert [(one.lot, one.came) for one in delivery.lines] == [("A1", 100), ("A2", 200)]


def test_a_very_pack_scanned_twice_is_counted_and_said() -> None:
    text = f"]d201{GTIN}1728093010A1\x1d21SN77"
    delivery = arrive(EMPTY, pack(text), 5)
    assert len(doubts(delivery, pack(text))) == 1
    assert arrive(delivery, pack(text), 6).lines[0].came == 200


def test_unknown_codes_are_counted_until_they_are_learned() -> None:
    text = f"]d201{GTIN}1728093010A1"
    delivery = arrive(arrive(EMPTY, pack(text, known=False), 5), pack(text, known=False), 6)
    assert [(one.item_id, one.came) for one in delivery.lines] == [(0, 2)]
    delivery = delivery.learn(GTIN, 1, 20, settled=False)
    assert [(one.item_id, one.came, one.size, one.lot) for one in delivery.lines] == [
        (1, 40, 20, "A1")
    ]
    assert states(delivery) == ["fine"]


@pytest.mark.parametrize(
    "text",
    ["4006381333932", f"]d201{GTIN[:-1]}21728093010A1", "]C100340063810000000017"],
    ids=["wrong check digit", "wrong check digit in GS1", "pallet"],
)
def test_what_names_no_product_is_never_learned(text: str) -> None:
    with pytest.raises(Refused):
        pack_of(read_scan(text, TODAY), None, 1)


@pytest.mark.parametrize(("text", "code"), [("LOCAL-7", True), ("cefalexin", False),
                                            ("500 mg", False), ("ab1", False)])  # fmt: skip
def test_words_somebody_typed_are_no_codes(text: str, code: bool) -> None:
    assert is_code(read_scan(text, TODAY)) is code


# What is posted


def test_batches_share_what_was_ordered_and_what_stayed_away_is_written() -> None:
    delivery = EMPTY.expect(Paper(order_id=7, order="ORD"), [Expected(1, 5000, 100),
                                                             Expected(2, 300, 100)])  # fmt: skip
    delivery = delivery.add(line(lot="A1", came=3000)).add(line(lot="A2", came=1500))
    delivery = delivery.damage(2, 100).add(line(3))
    receipt = receipt_of(delivery, ITEMS, TODAY)
    told = [(one.item_id, one.quantity, one.damaged, one.ordered) for one in receipt.lines]
    assert told == [(1, 3000, 0, 3000), (1, 1400, 100, 2000), (3, 100, 0, None), (2, 0, 0, 300)]
    assert receipt.requisition_id == 7


def test_a_code_nobody_knows_is_not_received() -> None:
    delivery = EMPTY.add(line()).add(Line(0, 0, "NEW-1", came=2))
    with pytest.raises(Refused, match="2 packs have a code nobody knows"):
        receipt_of(delivery, ITEMS, TODAY)


@pytest.mark.parametrize(("lot", "expiry", "asked"), [("", LATER, "batch"), ("A1", None, "expiry")])
def test_a_medicine_without_batch_or_expiry_is_not_received(
    lot: str, expiry: Expiry | None, asked: str
) -> None:
    with pytest.raises(Refused, match=f"Item 1 needs its {asked}"):
        receipt_of(EMPTY.add(line(lot=lot, expiry=expiry)), ITEMS, TODAY)


def test_an_order_made_elsewhere_is_named_on_the_note() -> None:
    delivery = EMPTY.expect(Paper(order="ORD-2026-00001", note="two cartons"), []).add(line())
    assert receipt_of(delivery, ITEMS, TODAY).note == "ORD-2026-00001 · two cartons"
