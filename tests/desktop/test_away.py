"""A window at a server that goes away: it shows what was seen, keeps what was typed, comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program, make_application
from desktop.away import Away
from desktop.desk import Desk, new_request
from desktop.faults import FaultBook
from desktop.main_window import MainWindow
from desktop.preferences import PreferencesFile
from desktop.shell.notice_bar import Notice
from inventory.domain.sentence import Refused, sentence
from inventory.domain.troubles import Trouble
from inventory.queries.clinics import clinics
from inventory.queries.connected import connected
from inventory.queries.items import item_by_id
from inventory.queries.lots import lots_of, on_hand_of
from inventory.services.dispensing import DispenseLine, DispenseOrder, dispense
from inventory.services.drafts import save_draft
from inventory.storage.database import Database
from inventory.storage.heartbeat import Pace
from inventory.storage.kept_drafts import Kept, KeptDrafts
from inventory.storage.opening import open_database
from tests.cable import Cable, cable
from tests.desktop.conftest import TODAY, MakeWindow, no_items
from tests.postgres import Postgres
from tests.ready_clinic import ReadyClinic, furnish

QUICK = Pace(every=0.05, answer=0.3, connect=2)
MORNING = datetime(2026, 11, 22, 10, 42)
KEY = bytes(range(32))
LONG_MS = 20_000


class Far:
    """A clinic on a server, a desk at the other end of a cable, and the server seen from near."""

    def __init__(self, near: ReadyClinic, database: Database, line: Cable, desk: Desk) -> None:
        self.near, self.database, self.line, self.desk = near, database, line, desk

    @property
    def away(self) -> Away:
        assert self.desk.away is not None
        return self.desk.away

    def on_hand(self) -> int:
        return on_hand_of(self.desk.ask(lots_of, self.near.id, self.near.items["AMOX"], TODAY))

    def order(self) -> DispenseOrder:
        return DispenseOrder((DispenseLine(self.near.items["AMOX"], 10),), TODAY)

    def goes(self, qtbot: QtBot) -> None:
        self.line.cut()
        qtbot.waitUntil(lambda: self.away.since is not None, timeout=LONG_MS)

    def comes_back(self, qtbot: QtBot) -> None:
        self.line.mend()
        qtbot.waitUntil(lambda: self.away.since is None, timeout=LONG_MS)


@pytest.fixture
def far(
    look: None, server_database: Database, postgres: Postgres, preferences: PreferencesFile
) -> Iterator[Far]:
    near = furnish(server_database)
    near.receive("AMOX", 100, "A1")
    address = server_database.engine.url.render_as_string(hide_password=False)
    with cable(postgres.socket) as line:
        database = open_database(postgres.through(address, line.port))
        with database.read() as connection:
            row = clinics(connection)[0]
        desk = Desk(database, row, user="Rana", clock=lambda: TODAY, preferences=preferences)
        away = Away(desk, database, pace=QUICK, clock=lambda: MORNING)
        desk.share(away)
        away.begin()
        yield Far(near, database, line, desk)
        away.stop()
        away.wait()
        database.close()


def test_what_was_seen_is_seen_again_and_nothing_else(far: Far, qtbot: QtBot) -> None:
    assert far.on_hand() == 100
    far.goes(qtbot)
    far.near.dispense("AMOX", 30)
    assert far.on_hand() == 100
    with pytest.raises(Refused, match="not looked at before"):
        far.desk.ask(item_by_id, far.near.items["PARA"])
    with pytest.raises(Refused, match="does not answer"):
        far.desk.ask(lambda connection: 1)
    far.comes_back(qtbot)
    assert far.on_hand() == 70


def test_nothing_is_written_and_the_same_act_is_done_once_afterwards(
    far: Far, qtbot: QtBot
) -> None:
    request = new_request()
    far.goes(qtbot)
    with pytest.raises(Refused, match="press again when the server is back") as refusal:
        far.desk.do_once(request, dispense, far.order())
    assert refusal.value.trouble is Trouble.SERVER_AWAY
    far.comes_back(qtbot)
    first = far.desk.do_once(request, dispense, far.order())
    again = far.desk.do_once(request, dispense, far.order())
    assert (first.again, again.again, first.number) == (False, True, again.number)
    assert far.on_hand() == 90
    assert far.near.check() == []


def test_a_cable_that_dies_in_the_middle_of_an_act_does_it_once(far: Far, qtbot: QtBot) -> None:
    """It dies when the server has done it and before the desk hears of it."""
    request = new_request()

    def dispense_and_die(connection: Any, stamp: Any, order: DispenseOrder) -> Any:
        done = dispense(connection, stamp, order)
        far.line.deaf = True
        return done

    with pytest.raises(Refused):
        far.desk.do_once(request, dispense_and_die, far.order())
    far.line.deaf = False
    qtbot.waitUntil(lambda: far.away.since is not None, timeout=LONG_MS)
    far.comes_back(qtbot)
    assert far.desk.do_once(request, dispense, far.order()).again
    assert far.near.on_hand("AMOX") == 90


def test_a_basket_is_kept_and_written_when_the_server_is_back(far: Far, qtbot: QtBot) -> None:
    far.desk.draft("basket", "1").save({"lines": [1]})
    far.desk.draft("basket", "2").save({"lines": [2]})
    assert [row.key for row in far.desk.drafts("basket")] == ["1", "2"]
    far.goes(qtbot)
    far.desk.draft("basket", "1").save({"lines": [1, 5]})
    far.desk.draft("basket", "2").drop()
    far.desk.draft("basket", "3").save({"lines": [3]})
    assert far.desk.draft("basket", "1").load() == {"lines": [1, 5]}
    assert far.desk.draft("basket", "2").load() is None
    assert [row.key for row in far.desk.drafts("basket")] == ["1", "3"]
    far.comes_back(qtbot)
    kept = "SELECT key, body FROM draft ORDER BY key"
    rows = far.near.ask(lambda connection: connection.exec_driver_sql(kept).all())
    assert [tuple(row) for row in rows] == [("1", '{"lines": [1, 5]}'), ("3", '{"lines": [3]}')]
    assert far.away.kept.all() == {}


def test_what_a_program_left_is_written_at_the_next_start_but_never_over_newer_work(
    far: Far, tmp_path: Path
) -> None:
    far.database.address = str(tmp_path / "amana.server")
    left = KeptDrafts(tmp_path / "amana.server.drafts", KEY)
    early, late = 1_000, far.near.now + 10**12
    for key in ("1", "2"):
        left.put((far.near.id, "basket", key), Kept({"lines": [9]}, False, early))
    far.near.database.act(_save, far.near.stamp(), "2", late)
    away = Away(far.desk, far.database, KEY, QUICK)
    away.begin()
    away.stop()
    away.wait()
    assert far.desk.draft("basket", "1").load() == {"lines": [9]}
    assert far.desk.draft("basket", "2").load() == {"lines": [7]}
    assert list(tmp_path.glob("*.drafts")) == []


def _save(connection: Any, stamp: Any, key: str, at: int) -> None:
    save_draft(connection, stamp.clinic_id, "basket", key, {"lines": [7]}, at)


def test_a_window_of_moved_data_says_where_they_are(
    far: Far, qtbot: QtBot, make_window: MakeWindow
) -> None:
    far.database.moved_to = "amana @ pharmacy"
    window = MainWindow(far.desk, no_items)
    qtbot.addWidget(window)
    window.open_first_page()
    assert "moved to amana @ pharmacy" in window.notice.accessibleName()
    with pytest.raises(Refused, match="moved to"):
        far.desk.do(dispense, far.order())


def test_the_window_says_since_when_and_goes_on_by_itself(
    far: Far, qtbot: QtBot, qapp: QApplication, make_window: MakeWindow
) -> None:
    window = MainWindow(far.desk, no_items)
    qtbot.addWidget(window)
    window.show()
    window.open_first_page()
    told: list[bool] = []
    far.desk.committed.connect(lambda: told.append(True))
    far.goes(qtbot)
    qtbot.waitUntil(lambda: window.notice.notice is not None)
    assert window.notice.accessibleName() == (
        "The server does not answer since 10:42. You see what was read then; nothing can be "
        "written until it is back."
    )
    far.desk.change_look(text_size=115)
    assert window.notice.notice is not None
    far.comes_back(qtbot)
    qtbot.waitUntil(lambda: window.notice.notice is None)
    assert str(far.desk.said[-1].words) == "The server is back. Work goes on."
    assert told == [True]


def test_who_is_connected_is_shown(far: Far, qtbot: QtBot, make_window: MakeWindow) -> None:
    window = MainWindow(far.desk, no_items)
    qtbot.addWidget(window)
    window.open_first_page()
    far.desk.take_over("رنا")
    window.show_desks()
    assert window.sheet is not None
    rows = far.desk.ask(connected)
    assert ("رنا", True) in [(row.person, row.here) for row in rows]
    assert window.close_sheet()
    far.goes(qtbot)
    window.show_desks()
    assert window.sheet is not None


def test_the_program_opens_a_server_and_keeps_no_password(
    look: None, qtbot: QtBot, server_database: Database, preferences: PreferencesFile
) -> None:
    furnish(server_database)
    address = server_database.engine.url.render_as_string(hide_password=False)
    program = Program(make_application(), FaultBook(), preferences=preferences, today=TODAY)
    for given in (address.replace("postgres:@", "postgres:geheim@"), address):
        program.open(given)
        assert program.window is not None
        away = program.window.desk.away
        assert away is not None
        notice = Notice("amber", "lan-disconnect", sentence("away"))
        program.window.show_notice(notice)
        program.window.desk.refused(Refused("No.").because(Trouble.SERVER_AWAY))
        assert program.window.notice.notice == notice
        assert "geheim" not in preferences.now.database
        program.leave()
        program._close_old()
        away.wait()
    assert preferences.now.database == address
    if program.scanner is not None:
        program.scanner.remove()


def test_what_is_kept_is_locked_and_survives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "amana.server.drafts"
    place = (1, "basket", "1")
    kept = KeptDrafts(path, KEY)
    kept.put(place, Kept({"lines": ["Amoxicillin"]}, False, 5))
    assert kept.in_file
    assert b"Amoxicillin" not in path.read_bytes()
    again = KeptDrafts(path, KEY)
    assert again.get(place) == Kept({"lines": ["Amoxicillin"]}, False, 5)
    assert KeptDrafts(path, bytes(32)).all() == {}
    again.forget(place)
    assert not path.exists()


def test_without_a_key_nothing_is_laid_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "amana.server.drafts"
    kept = KeptDrafts(path, None)
    kept.put((1, "basket", "1"), Kept({"lines": ["Amoxicillin"]}, False, 5))
    assert not kept.in_file
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"AMANA-DRAFTS 1\n", b"AMANA-DRAFTS 1\n" + bytes(60)])
def test_a_spoiled_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "amana.server.drafts"
    path.write_bytes(content)
    assert KeptDrafts(path, KEY).all() == {}
