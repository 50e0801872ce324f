"""Kinds, reasons and statuses: tables that hang together."""

from __future__ import annotations

import pytest

from inventory.domain.fefo import Shelf, pick
from inventory.domain.item_kinds import KINDS, SECTIONS, Need, Way
from inventory.domain.movements import MovementKind
from inventory.domain.reasons import REASONS, SHOWN, Context, offered, reason, reasons_for
from inventory.domain.sentence import Refused
from inventory.domain.status import STATUSES, Status
from tests.conftest import TODAY


def test_kinds_lie_in_a_section_and_know_their_code() -> None:
    assert list(KINDS) == ["medicine", "vaccine", "supply", "fuel", "equipment", "other"]
    for code, kind in KINDS.items():
        assert kind.code == code
        assert kind.section in SECTIONS
        assert kind.dispensable in (Way.DISPENSE, Way.USE)


def test_every_section_has_a_kind() -> None:
    assert {kind.section for kind in KINDS.values()} == set(SECTIONS)


def test_traits_decide_what_is_asked() -> None:
    assert KINDS["medicine"].batch is Need.MUST
    assert KINDS["medicine"].expiry is Need.MUST
    assert KINDS["fuel"].batch is Need.NEVER
    assert KINDS["fuel"].decimals == 1
    assert KINDS["equipment"].expiry is Need.NEVER


@pytest.mark.parametrize("context", Context)
def test_every_context_offers_one_to_six_reasons(context: Context) -> None:
    assert 1 <= len(offered(context)) <= SHOWN
    assert offered(context) == reasons_for(context)[:SHOWN]
    assert offered(context.value) == offered(context)


def test_every_reason_is_of_use_somewhere() -> None:
    for code, row in REASONS.items():
        assert row.code == code
        assert row.uses
        assert row.sign in (-1, 0, 1)
        assert not row.wastage or row.sign == -1


def test_theft_needs_two_people_and_expiry_is_wastage() -> None:
    assert reason("THEFT").two_people
    assert not reason("THEFT").wastage
    assert reason("EXPIRED").wastage
    assert not reason("DATA_ENTRY_CORRECTION").wastage


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(Refused, match="There is no reason NO_SUCH"):
        reason("NO_SUCH")


@pytest.mark.parametrize("status", Status)
def test_only_usable_stock_is_issued_and_the_rest_says_why(status: Status) -> None:
    assert STATUSES[status].issuable is (status is Status.USABLE)
    picked = pick([Shelf(1, 1, "A", None, status, 5)], 5, TODAY)
    assert bool(picked.takes) is STATUSES[status].issuable
    assert all(str(passed.why) for passed in picked.passed)


def test_codes_kept_in_databases_stay_as_they_are() -> None:
    assert [status.value for status in Status] == [
        "usable", "quarantined", "damaged", "expired", "recalled",
    ]  # fmt: skip
    assert MovementKind.DISPENSE.value == "dispense"
    assert MovementKind.REVERSAL.value == "reversal"
