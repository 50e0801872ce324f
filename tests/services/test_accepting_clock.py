"""A clock that was far ahead leaves a way out, and the way out leaves its trace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, text

from inventory.domain.clock import RELEASED, SILENT_DAYS
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.queries.clinics import ledger_day
from inventory.queries.clock import clock_doubt, clock_set_back
from inventory.queries.proposal import every_line
from inventory.queries.today import today_facts
from inventory.services.clock import accept_clock, entries_later
from inventory.services.permits import NeedsSecond
from tests.crew import crew_of
from tests.ready_clinic import TODAY, ReadyClinic

YEAR_AHEAD = date(2027, 11, 30)
YEAR_MS = 373 * 86_400_000
EVENTS = "SELECT count(*) FROM security_event WHERE kind = 'clock_accepted'"


def hashes(connection: Connection) -> list[bytes]:
    return [
        bytes(row) for row in connection.scalars(text("SELECT hash FROM movement ORDER BY seq"))
    ]


def ahead(clinic: ReadyClinic) -> None:
    """Somebody works one day with the clock a year ahead, then the clock is right again."""
    clinic.receive(quantity=100, expiry="2027-06")
    clinic.receive("PARA", quantity=50, lot="P1", expiry="2029-01")
    clinic.today, clinic.now = YEAR_AHEAD, clinic.now + YEAR_MS
    clinic.dispense("PARA", quantity=5)
    clinic.receive("GLOV", quantity=30, lot="G1", expiry="2029-01")
    clinic.today, clinic.now = TODAY, clinic.now - YEAR_MS


def test_until_it_is_accepted_everything_counts_by_the_day_ahead(clinic: ReadyClinic) -> None:
    ahead(clinic)
    assert clinic.ask(ledger_day, clinic.id, clinic.today) == YEAR_AHEAD
    with pytest.raises(Refused, match="Only 0 Item AMOX"):
        clinic.dispense(quantity=1)


def test_accepting_the_clock_makes_stock_usable_again(clinic: ReadyClinic) -> None:
    ahead(clinic)
    done = clinic.act(accept_clock)
    assert (done.was, done.day, done.later) == (YEAR_AHEAD, TODAY, 2)
    assert clinic.ask(entries_later, clinic.id, TODAY) == (2, YEAR_AHEAD)
    assert clinic.ask(clock_set_back, clinic.id, TODAY) is None
    assert clinic.dispense(quantity=3).number == "DSP-2026-00001"
    assert clinic.on_hand() == 97
    # What came while the clock was ahead stands on the shelf and can be given.
    clinic.dispense("GLOV", quantity=30)
    assert clinic.on_hand("GLOV") == 0
    assert clinic.value("SELECT max(clock_back) FROM movement WHERE seq > 5") == 0
    assert clinic.check() == []


def test_nothing_that_was_written_is_changed(clinic: ReadyClinic) -> None:
    ahead(clinic)
    before = clinic.ask(hashes)
    clinic.act(accept_clock)
    assert clinic.ask(hashes) == before
    assert clinic.value(EVENTS) == 1
    assert clinic.check() == []


def test_what_was_written_ahead_can_be_taken_back(clinic: ReadyClinic) -> None:
    ahead(clinic)
    clinic.act(accept_clock)
    for number in ("DSP-2027-00001", "GRN-2027-00001"):
        clinic.reverse(number)
    assert clinic.on_hand("PARA") == 50
    assert clinic.on_hand("GLOV") == 0
    clinic.ask(today_facts, clinic.id, TODAY)
    clinic.ask(every_line, clinic.id, TODAY)
    assert clinic.check() == []


def test_a_clock_that_is_not_behind_is_not_accepted(clinic: ReadyClinic) -> None:
    with pytest.raises(Refused, match="not behind"):
        clinic.act(accept_clock)
    clinic.receive()
    with pytest.raises(Refused, match="not behind"):
        clinic.act(accept_clock)
    assert clinic.value(EVENTS) == 0


def test_a_day_before_the_program_was_made_is_never_accepted(clinic: ReadyClinic) -> None:
    clinic.receive()
    clinic.today = RELEASED - timedelta(days=1)
    with pytest.raises(Refused, match="before this program was made"):
        clinic.act(accept_clock)


def test_a_day_put_back_without_the_log_is_found(clinic: ReadyClinic) -> None:
    ahead(clinic)
    with clinic.database.write() as connection:
        connection.execute(text("UPDATE stream SET last_day = :day"), {"day": TODAY.isoformat()})
    assert any("last day on record" in problem for problem in clinic.check())


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (TODAY, None),
        (TODAY + timedelta(days=SILENT_DAYS), None),
        (TODAY + timedelta(days=SILENT_DAYS + 1), "Nothing was written since 2026-11-22"),
        (TODAY - timedelta(days=1), "before the last day on record"),
        (RELEASED - timedelta(days=1), "before this program was made"),
    ],
)
def test_a_doubtful_date_is_said_before_work_begins(
    clinic: ReadyClinic, day: date, says: str | None
) -> None:
    assert clinic.ask(clock_doubt, clinic.id, TODAY) is None
    clinic.receive()
    said = clinic.ask(clock_doubt, clinic.id, day)
    assert (said is None) if says is None else says in str(said)


def test_a_laptop_that_slept_for_a_month_gives_nothing_that_expired(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=100, expiry="2026-12")
    clinic.today += timedelta(days=60)
    with pytest.raises(Refused, match="Only 0 Item AMOX"):
        clinic.dispense(quantity=1)
    assert "Nothing was written since" in str(clinic.ask(clock_doubt, clinic.id, clinic.today))


def test_it_takes_a_pharmacist_or_manager_and_a_second_person(clinic: ReadyClinic) -> None:
    crew = crew_of(clinic)
    ahead(clinic)
    with pytest.raises(Refused, match="You may not do this"):
        crew.as_one("Omar", accept_clock)
    with pytest.raises(NeedsSecond):
        crew.as_one("Noor", accept_clock)
    crew.as_one("Noor", accept_clock, second="Layla")
    event = next(row for row in crew.logged() if row.event is SecurityEvent.CLOCK_ACCEPTED)
    assert (event.user, event.second) == ("Noor", "Layla")
    assert clinic.check() == []
