"""People: who may be added, what they may do, and how they are recognised."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from inventory.domain.roles import FIRST, Permission, Role
from inventory.domain.security import SecurityEvent as Event
from inventory.domain.sentence import Refused
from inventory.queries.people import PersonRow, confirmers, has_people, people, person_named
from inventory.queries.security import events
from inventory.services.people import (
    add_person,
    authenticate,
    bring_back,
    change_roles,
    pin_fits,
    retire_person,
    set_password,
    set_pin,
)
from inventory.services.permits import NeedsSecond
from tests.crew import Crew, crew_of
from tests.ready_clinic import ReadyClinic

WORDS = "lamp over river"


@pytest.fixture
def crew(clinic: ReadyClinic) -> Crew:
    return crew_of(clinic)


def named(clinic: ReadyClinic, name: str) -> PersonRow:
    found = clinic.ask(person_named, name)
    assert found is not None
    return found


def test_the_first_person_can_do_everything_a_clinic_needs(clinic: ReadyClinic) -> None:
    assert not clinic.ask(has_people)
    clinic.act(add_person, "Layla", [Role.AUDITOR], WORDS)
    assert named(clinic, "Layla").roles == FIRST | {Role.AUDITOR}
    assert clinic.ask(has_people)
    assert clinic.check() == []


def test_a_name_belongs_to_one_person(crew: Crew) -> None:
    for name in ("omar", "OMAR", " Omar ", "Omár"):
        with pytest.raises(Refused, match="already a person called Omar"):
            crew.as_one("Layla", add_person, name, [Role.DISPENSER], WORDS, second="Noor")
    for name in ("", "  ", "...", "x" * 81):
        with pytest.raises(Refused):
            crew.as_one("Layla", add_person, name, [Role.DISPENSER], WORDS, second="Noor")


def test_a_person_needs_a_role_and_a_password(crew: Crew) -> None:
    with pytest.raises(Refused, match="at least one role"):
        crew.as_one("Layla", add_person, "New", [], WORDS, second="Noor")
    with pytest.raises(Refused, match="at least 8"):
        crew.as_one("Layla", add_person, "New", [Role.AUDITOR], "short", second="Noor")


def test_only_the_right_password_lets_somebody_in(crew: Crew) -> None:
    clinic = crew.clinic
    assert clinic.ask(authenticate, " omar ", crew.password("Omar")).name == "Omar"
    for name, password in (
        ("Omar", "wrong words"), ("Omar", ""), ("Nobody", crew.password("Omar")), ("", ""),
        ("Omar", crew.password("Layla")), ("Omar", "\ud800"),
    ):  # fmt: skip
        with pytest.raises(Refused, match="The name or the password is wrong"):
            clinic.ask(authenticate, name, password)


def test_everyone_changes_the_own_password(crew: Crew) -> None:
    crew.as_one("Omar", set_password, crew.id("Omar"), "a new one today")
    assert crew.clinic.ask(authenticate, "Omar", "a new one today").name == "Omar"
    with pytest.raises(Refused, match="wrong"):
        crew.clinic.ask(authenticate, "Omar", crew.password("Omar"))


def test_another_s_password_takes_a_manager_and_a_second_person(crew: Crew) -> None:
    with pytest.raises(Refused, match="You may not do this"):
        crew.as_one("Noor", set_password, crew.id("Omar"), "a new one today")
    with pytest.raises(NeedsSecond):
        crew.as_one("Layla", set_password, crew.id("Omar"), "a new one today")
    with pytest.raises(NeedsSecond):
        crew.as_one("Layla", set_password, crew.id("Omar"), "a new one today", second="Omar")
    crew.as_one("Layla", set_password, crew.id("Omar"), "a new one today", second="Noor")
    assert crew.clinic.ask(authenticate, "Omar", "a new one today")


def test_a_pin_only_fits_who_has_it(crew: Crew) -> None:
    clinic, omar = crew.clinic, crew.id("Omar")
    assert not clinic.ask(pin_fits, omar, "")
    crew.as_one("Omar", set_pin, omar, "482907")
    assert named(clinic, "Omar").has_pin
    assert clinic.ask(pin_fits, omar, "٤٨٢٩٠٧")
    assert not clinic.ask(pin_fits, omar, "482908")
    assert not clinic.ask(pin_fits, crew.id("Noor"), "482907")
    crew.as_one("Omar", set_pin, omar, "")
    assert not named(clinic, "Omar").has_pin
    assert not clinic.ask(pin_fits, omar, "")


def test_who_has_left_neither_signs_in_nor_acts(crew: Crew) -> None:
    clinic = crew.clinic
    crew.as_one("Omar", set_pin, crew.id("Omar"), "482907")
    crew.as_one("Layla", retire_person, crew.id("Omar"), second="Noor")
    with pytest.raises(Refused, match="wrong"):
        clinic.ask(authenticate, "Omar", crew.password("Omar"))
    assert not clinic.ask(pin_fits, crew.id("Omar"), "482907")
    with pytest.raises(Refused, match="not among the people"):
        crew.as_one("Omar", set_pin, crew.id("Omar"), "482907")
    assert "Omar" not in {row.name for row in clinic.ask(confirmers, "Layla")}


def test_somebody_who_had_left_can_come_back(crew: Crew) -> None:
    crew.as_one("Layla", retire_person, crew.id("Omar"), second="Noor")
    with pytest.raises(Refused, match="worked here before"):
        crew.as_one("Layla", add_person, "Omar", [Role.DISPENSER], WORDS, second="Noor")
    crew.as_one("Layla", bring_back, crew.id("Omar"), [Role.AUDITOR], WORDS, second="Noor")
    assert crew.clinic.ask(authenticate, "Omar", WORDS).roles == {Role.AUDITOR}
    with pytest.raises(Refused, match="works here already"):
        crew.as_one("Layla", bring_back, crew.id("Omar"), [Role.AUDITOR], WORDS, second="Noor")


def test_the_last_manager_stays_manager(crew: Crew) -> None:
    with pytest.raises(Refused, match="Make somebody else manager first"):
        crew.as_one("Layla", change_roles, crew.id("Layla"), [Role.PHARMACIST], second="Noor")
    with pytest.raises(Refused, match="Make somebody else manager first"):
        crew.as_one("Layla", retire_person, crew.id("Layla"), second="Noor")
    crew.as_one("Layla", change_roles, crew.id("Noor"), [Role.MANAGER], second="Omar")
    crew.as_one("Layla", change_roles, crew.id("Layla"), [Role.PHARMACIST], second="Noor")
    assert not named(crew.clinic, "Layla").may(Permission.PEOPLE)


def test_role_changes_take_two_and_never_the_one_concerned(crew: Crew) -> None:
    for second in ("", "Layla", "Omar", "Samir", "Nobody"):
        with pytest.raises(NeedsSecond):
            crew.as_one("Layla", change_roles, crew.id("Omar"), [Role.MANAGER], second=second)
    assert named(crew.clinic, "Omar").roles == {Role.DISPENSER}
    crew.as_one("Layla", change_roles, crew.id("Omar"), [Role.STOREKEEPER], second="Noor")
    assert named(crew.clinic, "Omar").roles == {Role.STOREKEEPER}
    changed, confirmed = crew.logged()[:2]
    assert (changed.event, changed.says) == (
        Event.ROLES_CHANGED, {"person": "Omar", "roles": "storekeeper"})  # fmt: skip
    assert (confirmed.event, confirmed.user, confirmed.second) == (
        Event.CONFIRMED, "Layla", "Noor")  # fmt: skip


def test_who_is_alone_acts_alone_and_it_is_written_down(clinic: ReadyClinic) -> None:
    clinic.act(add_person, "Layla", (), WORDS)
    clinic.user = "Layla"
    clinic.act(add_person, "Samir", [Role.AUDITOR], WORDS)
    kinds = [event.event for event in clinic.ask(events)]
    assert kinds == [Event.PERSON_ADDED, Event.DONE_ALONE, Event.PERSON_ADDED]


def test_all_of_it_is_in_the_chain(crew: Crew) -> None:
    crew.as_one("Omar", set_password, crew.id("Omar"), "a new one today")
    crew.clinic.user = "Noor"
    crew.clinic.receive()
    assert crew.clinic.check() == []
    assert not any("new one" in str(event) for event in crew.logged())


def test_a_hash_never_shows_in_what_a_page_reads(crew: Crew) -> None:
    assert "argon2" not in str([replace(row) for row in crew.clinic.ask(people)])


def test_two_managers_cannot_take_the_role_from_each_other(crew: Crew) -> None:
    """At the same moment, on two desks: one of them comes too late."""
    crew.as_one("Layla", change_roles, crew.id("Huda"), [Role.MANAGER], second="Noor")
    clinic = crew.clinic
    ids = {name: crew.id(name) for name in ("Layla", "Huda")}

    def demote(user: str, other: str) -> bool:
        stamp = replace(clinic.stamp(), user=user, second="Noor", request=f"{user} demotes")
        try:
            clinic.database.act(change_roles, stamp, ids[other], [Role.DISPENSER])
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as desks:
        done = list(desks.map(demote, ("Layla", "Huda"), ("Huda", "Layla")))
    assert sorted(done) == [False, True]
    assert sum(row.may(Permission.PEOPLE) for row in clinic.ask(people)) == 1
    assert clinic.check() == []
