"""Deliveries made by chance: what people may do with one, in any order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import strategies as st

from desktop.pages.receive.amounts import Amount
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.parts import Expected, Line, Paper
from inventory.domain.expiry import Expiry
from inventory.domain.order_symbol import OrderLine, OrderSymbol
from inventory.domain.sentence import Refused

ITEMS = (1, 2, 3)
CODES = ("04006381333931", "06291100081233", "LOCAL-7")
LOTS = ("", "A1", "a1", "PC0588", "BX-90/2")

expiries = st.one_of(
    st.none(),
    st.builds(Expiry.of_month, st.integers(2026, 2030), st.integers(1, 12)),
    st.builds(Expiry.of_day, st.dates(date(2026, 1, 1), date(2030, 12, 31))),
)
lines = st.builds(
    Line,
    item_id=st.sampled_from((0, *ITEMS)), code=st.sampled_from(CODES), lot=st.sampled_from(LOTS),
    expiry=expiries, came=st.integers(1, 5_000), size=st.sampled_from((1, 10, 100)),
    settled=st.booleans(), serials=st.sampled_from(((), ("S1",))), at=st.integers(0, 10**13),
)  # fmt: skip
papers = st.builds(
    Paper, supplier=st.sampled_from(("", "DoH Nineveh")), waybill=st.sampled_from(("", "4471")),
    order_id=st.sampled_from((None, 7)), place_id=st.sampled_from((None, 2)),
)  # fmt: skip
expected = st.lists(
    st.builds(Expected, st.sampled_from(ITEMS), st.integers(1, 5_000), st.sampled_from((1, 100))),
    max_size=3, unique_by=lambda one: one.item_id,
)  # fmt: skip
symbols = st.builds(
    OrderSymbol, st.just("ORD-2026-00031"), st.just("MOS-014"), st.just(date(2026, 11, 20)),
    st.integers(1, 3), st.just(3), st.just((OrderLine("AMOX", 100),)), st.just("ABCDEFG"),
)  # fmt: skip

Act = Callable[[Delivery], Delivery]


def _on_line(act: Callable[[Delivery, int], Delivery], choice: int) -> Act:
    """The act on one of the lines there are."""

    def run(delivery: Delivery) -> Delivery:
        if not delivery.lines:
            return delivery
        return act(delivery, delivery.lines[choice % len(delivery.lines)].key)

    return run


_choice = st.integers(0, 20)
acts: st.SearchStrategy[Act] = st.one_of(
    lines.map(lambda line: lambda d: d.add(line)),
    st.tuples(_choice, st.integers(1, 500)).map(
        lambda a: _on_line(lambda d, key: d.more(key, a[1], 5), a[0])
    ),
    st.tuples(_choice, st.integers(1, 500), st.sampled_from((1, 10))).map(
        lambda a: _on_line(lambda d, key: d.count(key, Amount(a[1], a[2])), a[0])
    ),
    st.tuples(_choice, st.sampled_from(LOTS), expiries).map(
        lambda a: _on_line(lambda d, key: d.settle(key, a[1], a[2]), a[0])
    ),
    st.tuples(_choice, st.sampled_from(LOTS)).map(
        lambda a: _on_line(lambda d, key: d.write_lot(key, a[1]), a[0])
    ),
    st.tuples(_choice, st.integers(1, 500)).map(
        lambda a: _on_line(lambda d, key: d.split(key, a[1]), a[0])
    ),
    st.tuples(st.sampled_from(CODES), st.sampled_from(ITEMS), st.sampled_from((1, 20))).map(
        lambda a: lambda d: d.learn(a[0], a[1], a[2], settled=False)
    ),
    _choice.map(lambda a: _on_line(lambda d, key: d.take_out(key), a)),
    st.tuples(_choice, st.integers(0, 500)).map(
        lambda a: _on_line(lambda d, key: d.damage(key, a[1]), a[0])
    ),
    _choice.map(lambda a: _on_line(lambda d, key: d.accept(key, "AGREED"), a)),
    st.sampled_from(ITEMS).map(lambda item: lambda d: d.end(item)),
    st.tuples(papers, expected).map(lambda a: lambda d: d.expect(*a)),
    st.tuples(papers, st.sampled_from(("supplier", "waybill"))).map(
        lambda a: lambda d: d.write(*a)
    ),
    symbols.map(lambda one: lambda d: d.read_symbols((one,))),
    _choice.map(lambda a: _on_line(lambda d, key: d.go(key), a)),
)


def done(delivery: Delivery, act: Act) -> Delivery:
    """After the act, or as it was when the act says no."""
    try:
        return act(delivery)
    except Refused:
        return delivery
