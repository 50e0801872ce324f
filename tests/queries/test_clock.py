"""People are told when the clock stands before the last day on record."""

from __future__ import annotations

from datetime import date

from inventory.queries.clock import clock_set_back
from tests.ready_clinic import TODAY, ReadyClinic


def test_a_clock_set_back_is_told(clinic: ReadyClinic) -> None:
    assert clinic.ask(clock_set_back, clinic.id, date(2019, 1, 1)) is None
    clinic.receive()
    assert clinic.ask(clock_set_back, clinic.id, TODAY) is None
    assert str(clinic.ask(clock_set_back, clinic.id, date(2026, 11, 21))) == (
        "The clock of this computer stands at 2026-11-21, before the last day on record "
        "2026-11-22. Check the date."
    )
