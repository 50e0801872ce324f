"""Long work that a second person has to confirm: asked once, then done once."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from desktop.desk import Desk
from inventory.domain.roles import Permission, Role
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.exchange.progress import Progress
from inventory.queries.security import events
from inventory.services.people import add_person
from inventory.services.permits import NeedsSecond, needs_second
from tests.desktop.conftest import MakeDesk

LAYLA, OMAR = "Layla Hasan", "Omar Aziz"


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """Layla's, with Omar who can confirm."""
    made = make_desk()
    made.user = LAYLA
    made.do(add_person, LAYLA, (), "a calm river")
    made.do(add_person, OMAR, (Role.STOREKEEPER,), "seven white doors")
    return made


def weighty(connection: Connection, stamp: Stamp, what: str, progress: Progress) -> str:
    """A use case like an import of controlled items."""
    needs_second(connection, stamp, Permission.DISPOSE)
    return f"{what}, {stamp.second}, {stamp.request}"


def confirmed(desk: Desk) -> list[str]:
    return [row.second for row in desk.ask(events) if row.event is SecurityEvent.CONFIRMED]


def test_it_is_begun_once_more_with_the_same_request(desk: Desk, qtbot: QtBot) -> None:
    asked: list[NeedsSecond] = []
    told: list[str] = []
    committed: list[bool] = []
    requests: list[str] = []
    stamp_of = desk.stamp

    def stamp(request: str, second: str = "") -> Stamp:
        requests.append(request)
        return stamp_of(request, second)

    def ask(needed: NeedsSecond) -> str:
        asked.append(needed)
        return OMAR

    desk.ask_second = ask
    desk.stamp = stamp  # type: ignore[method-assign]
    desk.committed.connect(lambda: committed.append(True))
    desk.do_long(weighty, "import", done=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    assert told == [f"import, {OMAR}, {requests[0]}"]
    assert (len(asked), len(requests), committed) == (1, 1, [True])
    assert confirmed(desk) == [OMAR]


@pytest.mark.parametrize("answer", ["nobody", "not asked"])
def test_nothing_is_changed_when_nobody_confirms(desk: Desk, qtbot: QtBot, answer: str) -> None:
    def nobody(needed: NeedsSecond) -> str:
        raise Refused("Nobody confirmed it, so nothing was changed.")

    desk.ask_second = nobody if answer == "nobody" else None
    told: list[Exception] = []
    desk.do_long(weighty, "import", done=pytest.fail, failed=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    wanted = "Nobody confirmed" if answer == "nobody" else "A second person has to confirm"
    assert wanted in str(told[0])
    assert confirmed(desk) == []
