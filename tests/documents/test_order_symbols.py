"""What is signed is what is scanned: the printed symbols give the same lines back."""

from __future__ import annotations

import pytest

from inventory.documents.order_form import OrderForm, order_form_pdf
from inventory.domain.order_symbol import OrderLine, join_symbols, read_symbol
from inventory.language import language
from tests.documents.copier import copied_twice, printed, read, scanned
from tests.documents.samples import order_form, order_of

CODE = "Code 128"
QR = "QR Code"


def lines_of(form: OrderForm) -> tuple[OrderLine, ...]:
    return tuple(sorted(OrderLine(line.code, line.requested_units) for line in form.lines))


def lines_read(found: set[tuple[str, str]]) -> tuple[OrderLine, ...]:
    symbols = [read_symbol(text) for kind, text in found if kind.startswith("QR")]
    return join_symbols(symbols)


@pytest.mark.parametrize(
    ("first", "second", "practice"), [("ar", "en", False), ("en", None, False), ("ckb", None, True)]
)
def test_a_clean_page_gives_the_order_back(first: str, second: str | None, practice: bool) -> None:
    form = order_form()
    pdf = order_form_pdf(
        form, language(first), language(second) if second else None, practice=practice
    )
    *others, last = printed(pdf)
    found = read(last)
    assert lines_read(found) == lines_of(form)
    for page in (*others, last):
        assert (CODE, form.number) in read(page)


def test_two_copies_and_a_tilted_grey_scan_give_the_order_back() -> None:
    form = order_form()
    pages = printed(order_form_pdf(form, language("ar"), language("en")), 300)
    for page, degrees in zip(pages, (-3, 3), strict=True):
        found = read(scanned(copied_twice(page), degrees))
        assert (CODE, form.number) in found
        if page is pages[-1]:
            assert lines_read(found) == lines_of(form)


def test_many_symbols_stand_above_the_signatures_and_join() -> None:
    form = order_of(150)
    assert len(form.symbols) == 5
    pages = printed(order_form_pdf(form, language("ar"), language("en")))
    found = read(pages[-1])
    assert lines_read(found) == lines_of(form)
    for page in pages:
        assert (CODE, form.number) in read(page)


@pytest.mark.parametrize(("lines", "sheets"), [(220, 1), (600, 2)])
def test_symbols_on_sheets_of_their_own_join(lines: int, sheets: int) -> None:
    form = order_of(lines)
    pages = printed(order_form_pdf(form, language("fr")))
    found = set().union(*(read(page) for page in pages[-sheets:]))
    assert lines_read(found) == lines_of(form)
