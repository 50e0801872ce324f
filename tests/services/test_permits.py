"""Nobody does what the table of roles does not allow, whatever happened to their roles before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from inventory.domain.fefo import Shelf
from inventory.domain.roles import ROLES, Permission, Role, may
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.domain.status import Status
from inventory.queries.people import people
from inventory.services.adjusting import adjust, change_status, move_expired, move_place
from inventory.services.clinics import ClinicFacts, add_empty_clinic, keep_clinic, new_place
from inventory.services.item_forms import take_off
from inventory.services.items import teach_barcode
from inventory.services.ordering import open_draft
from inventory.services.people import bring_back, change_roles, retire_person
from inventory.services.permits import permitted, require
from tests.crew import ROLES_OF, Crew, crew_of
from tests.ready_clinic import ReadyClinic

WORDS = "lamp over river"


@pytest.fixture
def crew(file_clinic: ReadyClinic) -> Crew:
    return crew_of(file_clinic)


@permitted(Permission.SHARE)
def share(connection: Connection, stamp: Stamp, what: str) -> str:
    return what


def asked(connection: Connection, stamp: Stamp, permission: Permission) -> None:
    require(connection, stamp, permission)


@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_do_what_its_row_says_and_nothing_else(
    crew: Crew, permission: Permission
) -> None:
    for name, role in ROLES_OF.items():
        held = {role, Role.PHARMACIST} if name == "Layla" else {role}
        if may(held, permission):
            crew.as_one(name, asked, permission)
        else:
            with pytest.raises(Refused, match=r"You may not do this: .* It can be done by"):
                crew.as_one(name, asked, permission)


@pytest.mark.parametrize("user", ["", "nobody", "layla", "Layla ", "Layla' OR '1'='1"])
def test_only_a_name_as_it_was_given_is_somebody(clinic: ReadyClinic, user: str) -> None:
    crew = crew_of(clinic)
    for use_case in (share, open_draft):
        with pytest.raises(Refused, match="not among the people who work here"):
            crew.as_one(user, use_case, "x")


def test_without_people_everything_is_allowed(clinic: ReadyClinic) -> None:
    for permission in Permission:
        clinic.act(asked, permission)
    assert clinic.act(share, "this") == "this"


def test_a_refusal_changes_nothing_and_says_who_can(crew: Crew) -> None:
    with pytest.raises(Refused) as refusal:
        crew.as_one("Omar", share, "x")
    assert str(refusal.value) == (
        "You may not do this: Set up more desks and move the database. "
        "It can be done by: Manager."
    )
    assert crew.clinic.documents() == []


def held(crew: Crew) -> Shelf:
    return crew.clinic.shelves()[0]


def test_every_act_asks(crew: Crew) -> None:
    """One act of each sort, by somebody who may not: all refused, with not a trace left."""
    clinic = crew.clinic
    clinic.receive()
    there = clinic.held()
    before = (clinic.documents(), clinic.stock(), len(crew.logged()))
    acts = (
        ("Omar", adjust, there, -1, "SAMPLE_QC"),
        ("Omar", change_status, [there], Status.USABLE, "CHECKED_FIT"),
        ("Samir", change_status, [there], Status.QUARANTINED, "RECALL"),
        ("Samir", move_expired),
        ("Omar", move_place, there, clinic.places()[1]),
        ("Omar", keep_clinic, ClinicFacts("Other")),
        ("Huda", new_place, "Cellar"),
        ("Noor", add_empty_clinic, "Second"),
        ("Omar", take_off, clinic.items["DIES"]),
        ("Omar", teach_barcode, "own", clinic.items["AMOX"], 1),
        ("Omar", open_draft),
        ("Samir", open_draft),
        ("Huda", change_roles, crew.id("Huda"), [Role.MANAGER]),
        ("Noor", retire_person, crew.id("Layla")),
    )
    for user, use_case, *arguments in acts:
        with pytest.raises(Refused, match="You may not do this"):
            crew.as_one(user, use_case, *arguments, second="Layla")
    for user, act in (("Huda", clinic.dispense), ("Samir", clinic.dispense),
                      ("Omar", clinic.receive), ("Samir", clinic.receive)):  # fmt: skip
        clinic.user = user
        with pytest.raises(Refused, match="You may not do this"):
            act()
    assert (clinic.documents(), clinic.stock(), len(crew.logged())) == before


def test_a_document_is_taken_back_by_who_could_have_made_it(crew: Crew) -> None:
    clinic = crew.clinic
    received = clinic.receive(quantity=1000).number
    given_out = clinic.dispense(quantity=5).number
    clinic.user = "Omar"
    with pytest.raises(Refused, match="You may not do this: Receive deliveries"):
        clinic.reverse(received)
    clinic.user = "Huda"
    with pytest.raises(Refused, match="You may not do this: Dispense"):
        clinic.reverse(given_out)
    clinic.user = "Omar"
    clinic.reverse(given_out)


names = st.sampled_from(["Noor", "Omar", "Huda", "Samir"])
changes = st.lists(
    st.one_of(
        st.tuples(st.just("roles"), names, st.frozensets(st.sampled_from(Role), min_size=1)),
        st.tuples(st.just("retire"), names, st.just(frozenset())),
        st.tuples(st.just("return"), names, st.frozensets(st.sampled_from(Role), min_size=1)),
    ),
    max_size=6,
)


@settings(max_examples=15)
@given(changes, st.lists(st.tuples(names, st.sampled_from(Permission)), min_size=3, max_size=8))
def test_rights_follow_the_table_through_any_changes(
    crew: Crew,
    steps: list[tuple[str, str, frozenset[Role]]],
    tries: list[tuple[str, Permission]],
) -> None:
    known = {row.name: set(row.roles) if row.active else set()
             for row in crew.clinic.ask(people)}  # fmt: skip
    for what, name, roles in steps:
        change = {"roles": change_roles, "retire": retire_person, "return": bring_back}[what]
        more = {"roles": [roles], "retire": [], "return": [roles, WORDS]}[what]
        seconds = [other for other, has in known.items() if may(has, Permission.CONFIRM)]
        second = next((one for one in seconds if one not in ("Layla", name)), "")
        works = bool(known[name])
        if works is (what == "return"):
            with pytest.raises(Refused):
                crew.as_one("Layla", change, crew.id(name), *more, second=second)
            continue
        crew.as_one("Layla", change, crew.id(name), *more, second=second)
        known[name] = set(roles)
    for name, permission in tries:
        if may(known[name], permission):
            crew.as_one(name, asked, permission)
        else:
            with pytest.raises(Refused):
                crew.as_one(name, asked, permission)


def test_every_permission_is_in_some_row_of_the_window() -> None:
    assert set().union(*(row.may for row in ROLES.values())) == set(Permission)
