"""A clock that was set back is said in amber, once a day."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QObject
from sqlalchemy import text

from desktop.clock_watch import ClockWatch
from desktop.news import NewsKind
from inventory.queries.clock import last_day
from inventory.storage.database import Database
from tests.desktop.conftest import TODAY, MakeDesk


def test_it_is_said_once_a_day(make_desk: MakeDesk, clinic_database: Database) -> None:
    desk, parent = make_desk(), QObject()
    watch = ClockWatch(desk, parent)
    watch.look()
    assert desk.said == []
    last = TODAY + timedelta(days=3)
    with clinic_database.write() as connection:
        connection.execute(text("UPDATE stream SET last_day = :day"), {"day": last.isoformat()})
    watch.look()
    watch.look()
    desk.day_changed.emit()
    (news,) = desk.said
    assert news.kind is NewsKind.LOOK
    assert news.words.values == {"day": TODAY, "last": last}
    later: date = TODAY + timedelta(days=1)
    desk._clock = lambda: later
    desk.look_at_clock()
    assert len(desk.said) == 2


def test_a_long_silence_is_asked_about_before_work_begins(
    make_desk: MakeDesk, clinic_database: Database
) -> None:
    desk, parent = make_desk(), QObject()
    with clinic_database.write() as connection:
        before = TODAY - timedelta(days=40)
        connection.execute(text("UPDATE stream SET last_day = :day"), {"day": before.isoformat()})
    ClockWatch(desk, parent).look()
    (news,) = desk.said
    assert news.words.values == {"day": TODAY, "last": before}


def test_a_laptop_that_slept_is_on_its_new_day_at_the_first_act(make_desk: MakeDesk) -> None:
    desk, days = make_desk(), []
    desk.day_changed.connect(lambda: days.append(desk.today))
    woken: date = TODAY + timedelta(days=30)
    desk._clock = lambda: woken
    stamps = []
    desk.do(lambda _connection, stamp: stamps.append(stamp.today))
    assert stamps == [woken]
    assert days == [woken]


def test_a_date_that_is_right_again_is_accepted_where_it_is_told(
    make_desk: MakeDesk, clinic_database: Database
) -> None:
    desk, parent = make_desk(), QObject()
    ahead = TODAY + timedelta(days=370)
    with clinic_database.write() as connection:
        connection.execute(text("UPDATE stream SET last_day = :day"), {"day": ahead.isoformat()})
    ClockWatch(desk, parent).look()
    (news,) = desk.said
    assert news.action is not None
    news.action.run()
    assert "Work goes on from" in str(desk.said[-1].words)
    assert desk.ask(last_day, desk.clinic.id) == TODAY
