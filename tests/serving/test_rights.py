"""What the program's role may do is what the program does, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from inventory.domain.roles import Role
from inventory.domain.status import Status
from inventory.services import checking, ordering, people
from inventory.services.adjusting import change_status
from inventory.services.clinics import NewClinic, add_clinic, save_setting
from inventory.services.drafts import drop_draft, save_draft
from inventory.services.item_forms import take_off as retire
from inventory.services.streams import StreamReason, open_next
from inventory.storage.opening import create_database, open_database
from inventory.storage.server_roles import WRITES
from tests.house.tree import name_of, python_files
from tests.ready_clinic import furnish
from tests.serving.conftest import Server

SQL = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)\b(?!\.)(?!\s*(?:is|are|the)\b)")
CODE = re.compile(r"\b(insert|update|delete)\(\s*tables\.([a-z_]+)\)")
VERBS = {"INSERT INTO": "INSERT", "DELETE FROM": "DELETE"}
OWNERS_WORK = {("visit", "DELETE")}
"""Evacuating a server is done by who set it up."""


def _written() -> Iterator[tuple[str, str, str]]:
    """Every table that the source writes: where, the table, the verb."""
    for path in python_files("inventory/"):
        if "/migrations/" in str(path):
            continue
        text = path.read_text(encoding="utf-8")
        for pattern in (SQL, CODE):
            for verb, table in pattern.findall(text):
                if table in WRITES:
                    yield name_of(path), table, VERBS.get(verb, verb.upper())


def test_the_source_writes_nothing_it_has_no_right_to() -> None:
    found = list(_written())
    assert len(found) > 40
    wrong = [
        one
        for one in found
        if one[1:] not in OWNERS_WORK
        and not any(right.partition(" ")[0] == one[2] for right in WRITES[one[1]])
    ]
    assert wrong == []


def test_a_desk_can_do_its_work_with_these_rights(server: Server) -> None:
    """Furnish, receive, dispense, reverse, hold, order, keep drafts, look after people, repair."""

    def first(connection: Connection) -> None:
        add_clinic(connection, NewClinic("First"), date(2026, 11, 22), 0)

    create_database(server.local, fill=first).close()
    database = open_database(server.local)
    try:
        clinic = furnish(database, "Second")
        clinic.receive("AMOX", 500, "A1")
        clinic.reverse(clinic.dispense("AMOX", 30).number)
        clinic.act(change_status, [clinic.held("AMOX", "A1", 20)], Status.QUARANTINED, "DAMAGED")
        order = clinic.act(ordering.open_draft)
        clinic.act(ordering.add_line, order, clinic.items["AMOX"])
        clinic.act(ordering.change_line, order, clinic.items["AMOX"], 3, "NEW")
        clinic.act(ordering.refresh, order)
        clinic.act(ordering.print_order, order)
        clinic.act(ordering.close_order, order)
        clinic.act(retire, clinic.items["DIES"])
        clinic.user = "Layla"
        clinic.act(people.add_person, "Layla", {Role.MANAGER}, "lamp over river")
        with database.write() as connection:
            save_draft(connection, clinic.id, "basket", "1", {}, 0)
            drop_draft(connection, clinic.id, "basket", "1")
            save_setting(connection, clinic.id, "language", "ar")
            save_setting(connection, clinic.id, "language", "en")
            checking.rebuild(connection)
            open_next(connection, clinic.id, clinic.stamp(), StreamReason.COPY)
        assert clinic.check() == []
    finally:
        database.close()
        server.empty()
