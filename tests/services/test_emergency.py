"""In an emergency nobody who works here is kept from taking stock out; it is always listed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inventory.domain.reasons import Context, reasons_for
from inventory.domain.security import SecurityEvent as Event
from inventory.domain.sentence import Refused
from inventory.domain.status import Status
from inventory.queries.do_first import TaskKind
from inventory.queries.emergency import EmergencyIssue, emergency_issues
from inventory.queries.today import today_facts
from inventory.services.adjusting import change_status
from inventory.services.baskets import dispense_basket
from inventory.services.dispensing import Dispensed, DispenseLine, DispenseOrder, dispense
from inventory.services.people import retire_person
from inventory.services.reversing import reverse
from inventory.services.second_person import SecondRules, keep_second_rules
from tests.crew import ROLES_OF, Crew, crew_of
from tests.ready_clinic import ReadyClinic
from tests.services.test_second_person import control

WHY = "LIFE_IN_DANGER"


@pytest.fixture
def crew(clinic: ReadyClinic) -> Crew:
    made = crew_of(clinic)
    clinic.receive("AMOX", 2000)
    clinic.receive("PARA", 20000, "P1")
    return made


def order(clinic: ReadyClinic, *amounts: tuple[str, int], why: str = WHY) -> DispenseOrder:
    lines = tuple(DispenseLine(clinic.items[code], quantity) for code, quantity in amounts)
    return DispenseOrder(lines, clinic.today, emergency=why)


def take(crew: Crew, user: str, *amounts: tuple[str, int], why: str = WHY) -> Dispensed:
    return crew.as_one(user, dispense, order(crew.clinic, *amounts, why=why))


def listed(clinic: ReadyClinic, days: int = 7) -> list[EmergencyIssue]:
    return clinic.ask(emergency_issues, clinic.id, clinic.today - timedelta(days=days - 1))


@pytest.mark.parametrize("user", sorted(ROLES_OF))
def test_whoever_works_here_is_never_blocked(crew: Crew, user: str) -> None:
    """Also of a controlled item, also where the clinic asks for two people at the counter."""
    clinic = crew.clinic
    control(clinic)
    crew.as_one("Layla", keep_second_rules, SecondRules(0, 0, True), second="Noor")
    done = take(crew, user, ("AMOX", 1500), ("PARA", 10), ("AMOX", 5))
    row = crew.logged()[0]
    assert (row.event, row.user, row.says) == (
        Event.EMERGENCY_ISSUE, user,
        {"document": done.number, "reason": WHY, "items": "AMOX 1505, PARA 10"},
    )  # fmt: skip
    (issue,) = listed(clinic)
    assert (issue.document, issue.user, issue.reason) == (done.number, user, WHY)
    assert issue.items == (("AMOX", 1505), ("PARA", 10))
    assert clinic.check() == []


def test_a_basket_can_be_one_too(crew: Crew) -> None:
    done = crew.as_one("Samir", dispense_basket, order(crew.clinic, ("PARA", 10)), "basket")
    assert listed(crew.clinic)[0].document == done.number


def test_who_does_not_work_here_takes_nothing(crew: Crew) -> None:
    crew.as_one("Layla", retire_person, crew.id("Omar"), second="Noor")
    for user in ("Omar", "Stranger", ""):
        with pytest.raises(Refused, match="not among the people"):
            take(crew, user, ("AMOX", 1))


def test_it_makes_nothing_safe_that_is_not(crew: Crew) -> None:
    """Held and expired stock stays where it is, and there is never more than there is."""
    clinic = crew.clinic
    crew.as_one("Noor", change_status, [clinic.held(quantity=1990)], Status.QUARANTINED, "RECALL")
    for quantity in (11, 2001):
        with pytest.raises(Refused, match="can be dispensed here"):
            take(crew, "Noor", ("AMOX", quantity))
    clinic.today += timedelta(days=700)
    with pytest.raises(Refused, match="can be dispensed here"):
        take(crew, "Noor", ("PARA", 1))
    assert listed(clinic) == []


@pytest.mark.parametrize("why", ["WRONG_ITEM", "EMERGENCY", "because"])
def test_it_needs_a_reason_of_its_own(crew: Crew, why: str) -> None:
    with pytest.raises(Refused):
        take(crew, "Omar", ("AMOX", 1), why=why)


def test_every_reason_that_is_offered_works(crew: Crew) -> None:
    for why in reasons_for(Context.EMERGENCY):
        take(crew, "Huda", ("AMOX", 1), why=why.code)
    assert len(listed(crew.clinic)) == len(reasons_for(Context.EMERGENCY))


def test_sent_twice_it_is_one_issue_and_one_event(crew: Crew) -> None:
    wanted = order(crew.clinic, ("AMOX", 3))
    first = crew.as_one("Huda", dispense, wanted, request="one")
    again = crew.as_one("Huda", dispense, wanted, request="one")
    assert (again.number, again.again) == (first.number, True)
    assert [row.event for row in crew.logged()].count(Event.EMERGENCY_ISSUE) == 1


def test_it_stands_on_the_first_page_for_a_week_also_when_taken_back(crew: Crew) -> None:
    clinic = crew.clinic
    done = take(crew, "Huda", ("PARA", 3))
    crew.as_one("Noor", reverse, done.number, "WRONG_ITEM")
    assert listed(clinic)[0].reversed_by == clinic.documents()[-1]

    def told() -> list[str]:
        facts = clinic.ask(today_facts, clinic.id, clinic.today)
        return [f"{task.order} {task.who}" for task in facts.tasks
                if task.kind is TaskKind.EMERGENCY]  # fmt: skip

    assert told() == [f"{done.number} Huda"]
    clinic.today += timedelta(days=6)
    assert told() == [f"{done.number} Huda"]
    clinic.today += timedelta(days=1)
    assert told() == []


def test_without_people_it_is_listed_all_the_same(clinic: ReadyClinic) -> None:
    clinic.receive()
    clinic.act(dispense, order(clinic, ("AMOX", 3)))
    assert len(listed(clinic)) == 1
    assert clinic.value("SELECT kind FROM security_event") == Event.EMERGENCY_ISSUE
