"""One batch however its number is spelled, and no expiry that cannot be right."""

from __future__ import annotations

import pytest

from inventory.domain.expiry import Expiry
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.services.adjusting import OpeningLine, open_stock
from tests.ready_clinic import TODAY, ReadyClinic


@pytest.mark.parametrize("again", ["ab12", "AB12", "aB\uff11\uff12", "\uff21\uff2212"])
def test_another_spelling_is_the_same_batch(clinic: ReadyClinic, again: str) -> None:
    clinic.receive(quantity=10, lot="Ab12")
    clinic.receive(quantity=5, lot=again)
    assert clinic.stock() == {("Ab12", Status.USABLE): 15}
    clinic.receive(quantity=1, lot=again, expiry="2028-07")
    clinic.receive(quantity=1, lot=again, maker="Another")
    assert clinic.value("SELECT count(*) FROM lot") == 3
    assert clinic.check() == []


@pytest.mark.parametrize("expiry", ["2015-12", "2047-01", "0206-11", "9999-12-31"])
def test_an_expiry_that_cannot_be_right_is_refused(clinic: ReadyClinic, expiry: str) -> None:
    with pytest.raises(Refused, match=f"{expiry} cannot be right. Check the pack."):
        clinic.receive(expiry=expiry)
    line = OpeningLine(clinic.items["AMOX"], 5, "A1", Expiry.from_iso(expiry))
    with pytest.raises(Refused, match="Check the pack"):
        clinic.act(open_stock, [line], TODAY)
    assert clinic.value("SELECT count(*) FROM lot") == 0


@pytest.mark.parametrize("expiry", ["2016-01", "2046-12"])
def test_the_bounds_are_still_right(clinic: ReadyClinic, expiry: str) -> None:
    assert clinic.receive(expiry=expiry).number == "GRN-2026-00001"
