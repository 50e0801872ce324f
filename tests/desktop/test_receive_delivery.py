"""A delivery as a value: whatever is done to it, it adds up, can be kept, and can be taken back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.pages.receive.amounts import Amount
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.delivery_body import from_body, to_body
from desktop.pages.receive.parts import Expected, Line, Paper
from desktop.pages.receive.steps import MOST_STEPS, TAKEN_BACK, Act
from inventory.domain.expiry import Expiry
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused
from tests.desktop.delivery_acts import Act as Acting
from tests.desktop.delivery_acts import acts, done

LATER = Expiry.of_month(2028, 9)
EMPTY = Delivery("request")


def batch(lot: str = "A1", came: int = 100, item: int = 1) -> Line:
    return Line(0, item, "CODE", lot, LATER, came=came, size=10, settled=True)


@given(st.lists(acts, max_size=25))
def test_lines_always_add_up(run: list[Acting]) -> None:
    delivery = EMPTY
    for act in run:
        delivery = done(delivery, act)
        keys = [line.key for line in delivery.lines]
        assert keys == sorted(set(keys))
        assert all(0 <= line.damaged <= line.came <= MAX_QUANTITY for line in delivery.lines)
        assert all(line.came > 0 and line.size > 0 for line in delivery.lines)
        assert len(set(delivery.places)) == len(delivery.places)
        assert delivery.at in delivery.places or not delivery.places
        assert len(delivery.steps) <= MOST_STEPS


@given(st.lists(acts, max_size=25))
def test_what_is_kept_comes_back_the_same(run: list[Acting]) -> None:
    delivery = EMPTY
    for act in run:
        delivery = done(delivery, act)
    assert from_body(json.loads(json.dumps(to_body(delivery))), "other") == delivery


@given(st.lists(acts, max_size=25))
def test_every_step_can_be_taken_back(run: list[Acting]) -> None:
    delivery, seen = EMPTY, [EMPTY]
    for act in run:
        before, delivery = delivery, done(delivery, act)
        if len(delivery.steps) > len(before.steps):
            seen.append(before)
    while (found := delivery.take_back()) is not None:
        delivery, step = found
        was = seen.pop()
        assert (delivery.lines, delivery.rest) == (was.lines, was.rest)
        assert step.act in TAKEN_BACK
    assert (delivery.lines, delivery.rest) == ((), EMPTY.rest)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["lines", "rest", "steps", "at", "key", "item_id", "came", "paper", "act",
                         "expected", "symbols", "ended", "request", "expiry", "size"]), inner,
        max_size=6),
    max_leaves=30,
))  # fmt: skip
def test_an_odd_draft_is_read_as_far_as_it_makes_sense(body: object) -> None:
    delivery = from_body(body, "request")
    assert delivery.request
    assert all(line.came > 0 for line in delivery.lines)
    assert from_body(json.loads(json.dumps(to_body(delivery))), "x") == delivery


def test_nothing_is_lost_by_learning_splitting_and_merging() -> None:
    unknown = Line(0, 0, "CODE", "A1", LATER, came=3)
    delivery = EMPTY.add(batch(came=100)).add(unknown).learn("CODE", 1, 20, settled=False)
    assert [(line.lot, line.came) for line in delivery.lines] == [("A1", 160)]
    delivery = delivery.split(delivery.at, 20)
    assert [(line.lot, line.came) for line in delivery.lines] == [("A1", 140), ("", 20)]
    assert delivery.line is not None
    assert not delivery.line.settled


def test_the_last_pack_of_a_line_takes_the_line_along() -> None:
    delivery = EMPTY.add(batch(came=10)).split(1, 10)
    assert [(line.lot, line.expiry, line.came) for line in delivery.lines] == [("", None, 10)]


def test_letters_of_a_batch_do_not_make_two_of_it() -> None:
    delivery = EMPTY.add(batch("ab1")).add(Line(0, 1, came=10, size=10))
    delivery = delivery.settle(delivery.at, "AB1", LATER)
    assert [line.came for line in delivery.lines] == [110]


def test_another_batch_takes_back_its_acceptance() -> None:
    delivery = EMPTY.add(batch()).accept(1, "AGREED").settle(1, "A2", LATER)
    assert delivery.lines[0].reason == ""
    delivery = EMPTY.add(batch()).accept(1, "AGREED").settle(1, "A1", LATER)
    assert delivery.lines[0].reason == "AGREED"


def test_more_cannot_be_damaged_than_came() -> None:
    delivery = EMPTY.add(batch(came=100)).damage(1, 100)
    with pytest.raises(Refused, match="More are damaged"):
        delivery.damage(1, 101)
    with pytest.raises(Refused, match="More are damaged"):
        delivery.count(1, Amount(99, 10))
    with pytest.raises(Refused, match="More are damaged"):
        delivery.settle(1, "A1", LATER, amount=Amount(99, 10))


def test_a_text_being_written_is_one_step() -> None:
    delivery = EMPTY
    for text in ("D", "Do", "DoH"):
        delivery = delivery.write(Paper(supplier=text), "supplier")
    delivery = delivery.write(Paper(supplier="DoH", waybill="4"), "waybill")
    assert [step.act for step in delivery.steps] == [Act.PAPER, Act.PAPER]
    found = delivery.take_back()
    assert found is not None
    assert found[0].paper == Paper(supplier="DoH")


def test_rows_are_codes_to_learn_then_what_came_then_what_is_waited_for() -> None:
    delivery = EMPTY.expect(Paper(), [Expected(1, 100, 10), Expected(2, 50, 10)])
    assert delivery.places == (-1, -2)
    delivery = delivery.add(batch()).add(Line(0, 0, "NEW", came=1))
    assert delivery.places == (2, 1, -2)
    assert delivery.at == 2


def test_taking_a_line_out_goes_to_the_row_in_its_place() -> None:
    delivery = EMPTY.add(batch("A1")).add(batch("A2")).add(batch("A3"))
    assert delivery.take_out(2).at == 3
    assert delivery.take_out(3).at == 2
    assert EMPTY.add(batch()).take_out(1).at == 0


def test_a_key_that_a_step_may_bring_back_is_not_used_again() -> None:
    delivery = EMPTY.add(batch("A1")).take_out(1).add(batch("A2"))
    assert [line.key for line in delivery.lines] == [2]
    for _ in range(2):
        found = delivery.take_back()
        assert found is not None
        delivery = found[0]
    assert [line.lot for line in delivery.lines] == ["A1"]
