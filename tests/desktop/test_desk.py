"""The desk asks, acts, keeps drafts, and tells everyone once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.desk import new_request
from desktop.preferences import Preferences, PreferencesFile
from desktop.scan_burst import ScannerSettings
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from tests.desktop.conftest import TODAY, MakeDesk


def test_an_act_carries_who_and_when_and_is_told_once(make_desk: MakeDesk) -> None:
    desk = make_desk()
    told: list[bool] = []
    desk.committed.connect(lambda: told.append(True))

    def act(connection: Any, stamp: Stamp, number: int) -> tuple[Stamp, int]:
        return stamp, number

    stamp, number = desk.do(act, 7)
    assert (stamp.user, stamp.today, stamp.clinic_id) == ("Rana", TODAY, desk.clinic.id)
    assert (number, told) == (7, [True])
    again, _ = desk.do_once("a" * 32, act, 8)
    assert again.request == "a" * 32


def test_a_refused_act_changes_nothing_and_tells_nobody(make_desk: MakeDesk) -> None:
    desk = make_desk()
    told: list[bool] = []
    desk.committed.connect(lambda: told.append(True))

    def act(connection: Any, stamp: Stamp) -> None:
        raise Refused("Only {n} here.", n=12)

    with pytest.raises(Refused, match="Only 12 here"):
        desk.do(act)
    assert told == []


def test_drafts_come_back(make_desk: MakeDesk) -> None:
    basket = make_desk().draft("basket", "1")
    assert basket.load() is None
    basket.save({"lines": [[1, 20]]})
    basket.save({"lines": [[1, 20], [2, 5]]})
    other = make_desk()
    assert other.draft("basket", "1").load() == {"lines": [[1, 20], [2, 5]]}
    assert [row.key for row in other.drafts("basket")] == ["1"]
    basket.drop()
    assert other.draft("basket", "1").load() is None


def test_requests_are_never_the_same() -> None:
    made = {new_request() for _ in range(100)}
    assert len(made) == 100
    assert {len(request) for request in made} == {32}


def test_midnight_is_told(make_desk: MakeDesk) -> None:
    desk = make_desk()
    told: list[bool] = []
    desk.day_changed.connect(lambda: told.append(True))
    desk.look_at_clock()
    desk._clock = lambda: date(2026, 11, 23)
    desk.look_at_clock()
    desk.look_at_clock()
    assert told == [True]
    assert desk.today == date(2026, 11, 23)


def test_digits_change_all_of_a_screen(make_desk: MakeDesk) -> None:
    desk = make_desk("ar")
    assert desk.language.number(1204) == "1,204"
    desk.change_look(digits="arab")
    assert desk.language.number(1204) == "١٬٢٠٤"
    desk.speak("en")
    assert desk.language.number(1204) == "1,204"


def test_a_theme_is_asked_for_by_look_size_and_clinic(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.change_look(look="dark", text_size=130)
    assert desk.theme.dark
    assert desk.theme.px(40) == 52


def test_scanner_settings_are_kept(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.change_scanner(ScannerSettings(country="fr", substitute="~"))
    again = PreferencesFile(desk.preferences.path)
    assert ScannerSettings(**again.now.scanner) == ScannerSettings(country="fr", substitute="~")


def test_preferences_survive(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "desktop.json"
    PreferencesFile(path).change(language="ckb", people=("Rana", "Haval"), text_size=115)
    read = PreferencesFile(path).now
    assert (read.language, read.people, read.text_size) == ("ckb", ("Rana", "Haval"), 115)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"text_size": "huge", "people": 3}', "\x00"])
def test_a_spoiled_file_is_as_none(tmp_path: Path, body: str) -> None:
    path = tmp_path / "desktop.json"
    path.write_text(body, encoding="utf-8")
    assert PreferencesFile(path).now == Preferences()


def test_unknown_scanner_settings_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "desktop.json"
    path.write_text(json.dumps({"scanner": {"country": "de", "wings": 2}}), encoding="utf-8")
    assert PreferencesFile(path).now.scanner == {"country": "de"}


def test_a_folder_that_refuses_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = PreferencesFile(tmp_path / "file" / "desktop.json")
    assert kept.change(look="dark").look == "dark"
