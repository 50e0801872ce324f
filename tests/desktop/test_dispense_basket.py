"""The basket as a value: whatever people do, it can be kept, brought back and taken back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.pages.dispense.basket import MOST_STEPS, Act, Basket
from desktop.pages.dispense.basket_body import from_body, to_body
from inventory.domain.quantity import MAX_QUANTITY, parse_quantity
from inventory.domain.sentence import Refused

ITEM = st.integers(1, 6)
TYPED = st.one_of(
    st.integers(0, 10**13).map(str), st.text(max_size=6), st.sampled_from(["", "٣٠", "1,204", "-3"])
)
ACTS = st.one_of(
    st.tuples(st.just("add"), ITEM, st.booleans()),
    st.tuples(st.just("write"), st.integers(0, 5), TYPED),
    st.tuples(st.just("out"), st.integers(0, 5)),
    st.tuples(st.just("batch"), st.integers(0, 5), st.integers(1, 9)),
    st.tuples(st.just("instead"), st.integers(0, 5), ITEM),
    st.tuples(st.just("note"), st.sampled_from(["number", "days", "sex"]), TYPED),
    st.tuples(st.just("go"), st.integers(-2, 9)),
    st.tuples(st.just("back")),
)


def act(basket: Basket, step: tuple[object, ...]) -> Basket:
    """One of ACTS; an act on a line that is not there does nothing."""
    match step:
        case ("add", int(item), bool(more)):
            return basket.add(item, 1, more=more)
        case ("write", int(at), str(text)) if at < len(basket.lines):
            return basket.write(at, text, 0)
        case ("out", int(at)) if at < len(basket.lines):
            return basket.take_out(at)
        case ("batch", int(at), int(lot)) if at < len(basket.lines):
            return basket.choose_batch(at, lot, "OPENED_FIRST")
        case ("instead", int(at), int(item)) if at < len(basket.lines):
            return basket.take_instead(at, item, 9)
        case ("note", str(name), str(text)):
            return basket.note(name, text)
        case ("go", int(at)):
            return basket.go(at)
        case ("back",):
            found = basket.take_back()
            return basket if found is None else found[0]
    return basket


def played(steps: list[tuple[object, ...]]) -> Basket:
    basket = Basket("request")
    for step in steps:
        basket = act(basket, step)
    return basket


@given(st.lists(ACTS, max_size=40))
def test_an_item_has_one_line_and_somebody_is_on_a_line(steps: list[tuple[object, ...]]) -> None:
    basket = played(steps)
    items = [line.item_id for line in basket.lines]
    assert len(items) == len(set(items))
    assert basket.at in range(max(len(items), 1))
    assert all(0 <= line.quantity <= MAX_QUANTITY for line in basket.lines)
    assert all(not (line.quantity and line.typed) for line in basket.lines)
    assert all(bool(line.reason) == (line.lot_id is not None) for line in basket.lines)
    assert len(basket.steps) <= MOST_STEPS


@given(st.lists(ACTS, max_size=40))
def test_what_is_kept_comes_back_as_it_was(steps: list[tuple[object, ...]]) -> None:
    basket = played(steps)
    body = json.loads(json.dumps(to_body(basket, "run")))
    assert from_body(body, "another request") == basket


@given(st.lists(ACTS, max_size=MOST_STEPS))
def test_all_steps_taken_back_leave_nothing(steps: list[tuple[object, ...]]) -> None:
    basket = played(steps)
    while (found := basket.take_back()) is not None:
        basket = found[0]
    assert basket.lines == ()
    assert not any(basket.visit.values())


@given(st.lists(ACTS, max_size=20), ACTS)
def test_a_step_taken_back_was_never_made(
    steps: list[tuple[object, ...]], last: tuple[object, ...]
) -> None:
    before = played(steps)
    after = act(before, last)
    if len(after.steps) > len(before.steps):
        found = after.take_back()
        assert found is not None
        assert replace(found[0], at=0) == replace(before, at=0)


@given(TYPED)
def test_a_quantity_is_what_the_rule_reads(text: str) -> None:
    line = Basket("r").add(1, 1).write(0, text, 0).lines[0]
    try:
        assert (line.quantity, line.typed) == (parse_quantity(text), "")
    except Refused:
        assert (line.quantity, line.typed) == (0, text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["request", "lines", "visit", "at", "steps", "item_id", "quantity", "act"]),
        inner, max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_a_spoilt_draft_is_an_odd_basket_and_no_fault(body: object) -> None:
    basket = from_body(body, "fresh")
    assert basket.request
    assert basket.at in range(max(len(basket.lines), 1))


def test_digits_of_one_quantity_are_one_step() -> None:
    basket = Basket("r").add(1, 1).write(0, "3", 0).write(0, "30", 0).write(0, "300", 0)
    found = basket.take_back()
    assert found is not None
    assert found[0].lines[0].quantity == 1
    assert found[1].act is Act.COUNT


def test_each_scan_of_the_same_pack_is_a_step() -> None:
    basket = Basket("r").add(1, 1).add(1, 1, more=True).add(1, 1, more=True)
    found = basket.take_back()
    assert found is not None
    assert (basket.lines[0].quantity, found[0].lines[0].quantity) == (3, 2)


def test_found_by_name_again_is_only_gone_to() -> None:
    basket = Basket("r").add(1, 1).add(2, 1).write(0, "30", 0)
    again = basket.add(1, 1)
    assert (again.at, again.lines) == (0, basket.lines)


def test_a_substitute_stands_after_what_it_replaces() -> None:
    basket = Basket("r").add(1, 21).add(2, 5).take_instead(0, 7, 9)
    assert [line.item_id for line in basket.lines] == [1, 7, 2]
    assert basket.lines[1].instead_of == 1
    assert basket.at == 1


@pytest.mark.parametrize(("at", "out", "then"), [(0, 1, 0), (2, 0, 1), (2, 2, 1), (0, 0, 0)])
def test_somebody_stays_near_when_a_line_goes(at: int, out: int, then: int) -> None:
    basket = Basket("r").add(1, 1).add(2, 1).add(3, 1).go(at).take_out(out)
    assert basket.at == then
