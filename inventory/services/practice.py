"""The practice clinic: a year of believable work, the same every time for the same day.

Nothing here is real: not the clinic, not its patients' ages, not its deliveries. It lives in a
database of its own, marked as practice.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.clinics import clinics as all_clinics
from inventory.queries.clinics import setting
from inventory.queries.items import all_items
from inventory.services import clinics
from inventory.services.items import set_price
from inventory.services.practice_demand import Demand, Habit
from inventory.services.practice_left import leave_work
from inventory.services.practice_work import Work
from inventory.services.setting_up import CATALOGUES, STARTER, SetUp, set_up
from inventory.storage.opening import discard, open_database

NAME = "Al-Zuhoor PHC"
DAYS = 365
SEED = 2026
Progress = Callable[[int, int], None]


class Calendar:
    """Makes the stamps of a day, two minutes apart from eight in the morning in Iraq."""

    def __init__(self, clinic_id: int) -> None:
        self.clinic_id = clinic_id
        self._minute = 0
        self._day = date.min

    def stamp(self, day: date, user: str) -> Stamp:
        self._minute = 0 if day != self._day else self._minute + 2
        self._day = day
        moment = datetime(day.year, day.month, day.day, 5) + timedelta(minutes=self._minute)
        now = int((moment - datetime(1970, 1, 1)).total_seconds() * 1000)
        return Stamp(self.clinic_id, user, day, now, uuid7().hex)


def make_practice(
    path: Path, today: date, now: int, progress: Progress | None = None
) -> dict[str, Any]:
    """Make the practice clinic anew at `path`; an older one there is replaced, nothing else is.

    Long: `progress(days done, days in all)` is called for each day of history.
    """
    _refuse_to_replace_work(path)
    discard(path)
    made = set_up(
        path,
        SetUp(NAME, catalogue=STARTER, town="Mosul, Nineveh", places=("Pharmacy", "Store")),
        today - timedelta(days=DAYS),
        now,
    )
    database = open_database(path)  # fmt: skip
    try:
        with database.write() as connection:
            clinics.save_setting(connection, 0, "practice", True)
            _live(connection, today, progress)
    finally:
        database.close()
    return {**made, "practice": True}


def _refuse_to_replace_work(path: Path) -> None:
    """Somebody's own database may have the same name."""
    if not Path(path).expanduser().exists():
        return
    database = open_database(path)
    try:
        with database.read() as connection:
            practice = setting(connection, 0, "practice", False)
    finally:
        database.close()
    if not practice:
        raise Refused("{file} is not a practice clinic. Nothing was changed.", file=Path(path).name)


def _live(connection: Connection, today: date, progress: Progress | None) -> None:
    clinic_id = all_clinics(connection)[0].id
    _set_up_clinic(connection, clinic_id)
    habits, random = list(_habits(connection)), Random(SEED)
    first = today - timedelta(days=DAYS)
    days = [first + timedelta(days=number) for number in range(1, DAYS + 1)]
    demand = Demand(habits, days, random)
    work = Work(connection, Calendar(clinic_id), habits, demand, random)
    work.open_store(first)
    for number, day in enumerate(days, start=1):
        work.live_day(day)
        if progress is not None:
            progress(number, DAYS)
    work.make_a_mistake()
    leave_work(connection, work.supply)


def _set_up_clinic(connection: Connection, clinic_id: int) -> None:
    clinics.change_clinic(connection, clinic_id, code="MOS-014", colour="teal")
    settings = {
        "authority": {
            "en": "Republic of Iraq · Ministry of Health · Nineveh Directorate of Health",
            "ar": "جمهورية العراق · وزارة الصحة · دائرة صحة نينوى",
            "ckb": "کۆماری عێراق · وەزارەتی تەندروستی · بەڕێوەبەرایەتیی تەندروستیی نەینەوا",
            "fr": "République d’Irak · Ministère de la Santé · Direction de la santé de Ninive",
        },
        "names": {
            "en": "Al-Zuhoor PHC", "ar": "مركز صحي الزهور",
            "ckb": "بنکەی تەندروستیی زوهوور", "fr": "Centre de santé Al-Zuhoor",
        },
        "supplier": "DoH Nineveh",
        "budget": 4_000_000,
    }  # fmt: skip
    for key, value in settings.items():
        clinics.save_setting(connection, clinic_id, key, value)


def _habits(connection: Connection) -> Iterator[Habit]:
    items = {item.code: item for item in all_items(connection)}
    with (CATALOGUES / "practice.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            item = items[row["code"]]
            if row["price"]:
                set_price(connection, item.id, item.pack_size, int(row["price"]))
            yield Habit(item, int(row["monthly"]), int(row["typical"]), int(row["winter"]),
                        int(row["summer"]))  # fmt: skip
