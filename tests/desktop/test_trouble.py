"""One calm page for whatever goes wrong: its words, its keys, where it stands and when it goes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.first_run import FirstRun
from desktop.main_window import MainWindow
from desktop.restore.window import RestoreWindow
from desktop.trouble.page import TroublePage
from desktop.trouble.telling import MOST_WAYS, STOPS, Way, telling_of, ways_of
from desktop.trouble.veil import TroubleVeil
from desktop.trouble.window import TroubleWindow
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused, sentence
from inventory.domain.troubles import TROUBLES, Act, Trouble
from inventory.language import language
from inventory.services import security_log
from inventory.services.copying import copy_to
from inventory.storage.open_mark import OpenMark
from inventory.storage.room import Room, RoomState
from tests.desktop.conftest import TODAY
from tests.desktop.safe_window import close, open_safe, program_at, safety_of
from tests.keyboard import press
from tests.services.locked_clinic import entered_by, locked_clinic


@pytest.fixture
def program(look: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr("inventory.storage.locations.data_folder", lambda: tmp_path)
    made = program_at(tmp_path)
    yield made
    close(made)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return locked_clinic(tmp_path)


@pytest.fixture
def window(program: Program, path: Path) -> MainWindow:
    return open_safe(program, path)


def every_act(done: list[Act]) -> dict[Act, Callable[[], object]]:
    return {act: (lambda act=act: done.append(act)) for act in Act}  # type: ignore[misc]


def veil_of(window: MainWindow) -> TroubleVeil:
    QApplication.processEvents()
    assert isinstance(window.guardian.veil, TroubleVeil)
    return window.guardian.veil


# The page


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_a_page_with_one_to_three_ways(
    look: None, qtbot: QtBot, trouble: Trouble
) -> None:
    ways = ways_of(trouble, every_act([]))
    page = TroublePage(language("en"), telling_of(trouble, "amana.db"), ways)
    qtbot.addWidget(page)
    assert 1 <= len(page.buttons) <= MOST_WAYS
    told = page.accessibleDescription()
    row = TROUBLES[trouble]
    assert [part for part in (row.happened, row.safe, row.do_now) if part not in told] == []


def test_enter_takes_the_first_way_and_digits_the_others(look: None, qtbot: QtBot) -> None:
    done: list[Act] = []
    page = TroublePage(
        language("ar"), telling_of(Trouble.DAMAGED), ways_of(Trouble.DAMAGED, every_act(done))
    )
    qtbot.addWidget(page)
    page.show()
    press(page, "Enter")
    press(page, "2", "ara")
    press(page.buttons[0], "Down")
    assert page.buttons[1].hasFocus() or not page.isActiveWindow()
    assert done == [Act.RESTORE, Act.SHOW_FOLDER]


def test_only_what_can_be_done_here_is_offered() -> None:
    ways: list[Way] = ways_of(Trouble.DAMAGED, {Act.CLOSE: lambda: None})
    assert [way.words for way in ways] == ["Close Amana"]


# A file that cannot be opened


def test_a_file_that_is_not_there_is_found_again(program: Program, tmp_path: Path) -> None:
    gone = tmp_path / "gone.db"
    program.open_or_tell(str(gone))
    assert isinstance(program.welcome, TroubleWindow)
    assert program.welcome.trouble is Trouble.MISSING
    program.welcome.try_again()
    assert isinstance(program.welcome, TroubleWindow)
    assert program.welcome.bar.isVisible()


def test_a_damaged_file_leads_to_the_backups(program: Program, path: Path) -> None:
    program.tell_trouble(Refused("It is damaged.").because(Trouble.DAMAGED), str(path))
    assert isinstance(program.welcome, TroubleWindow)
    press(program.welcome.page.buttons[0], "Enter")
    assert isinstance(program.welcome, RestoreWindow)


def test_esc_leads_to_the_first_questions(program: Program, path: Path) -> None:
    program.tell_trouble(Refused("It is damaged.").because(Trouble.DAMAGED), str(path))
    assert program.welcome is not None
    press(program.welcome, "Esc")
    assert isinstance(program.welcome, FirstRun)


def test_a_refusal_without_a_trouble_is_said_in_the_first_questions(program: Program) -> None:
    program.tell_trouble(Refused("There is no clinic here yet."), "x.db")
    assert isinstance(program.welcome, FirstRun)


# Under the window


def test_a_file_taken_away_covers_the_pages_and_its_return_uncovers_them(
    window: MainWindow, path: Path
) -> None:
    aside = path.with_name("aside.db")
    path.rename(aside)
    window.guardian.watch.look()  # type: ignore[union-attr]
    veil = veil_of(window)
    assert veil.trouble is Trouble.MISSING
    press(window, "Ctrl+2")
    assert window.here == "today"
    press(veil.page.buttons[0], "Enter")
    assert veil.page.answer.text() == "The file is still not there."
    aside.rename(path)
    press(veil.page.buttons[0], "Enter")
    assert window.guardian.veil is None


def test_another_file_in_its_place_is_not_taken_for_it(window: MainWindow, path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    path.rename(path.with_name("aside.db"))
    copy.rename(path)
    assert safety_of(window).file_is_gone()


def test_a_refusal_that_stops_all_work_covers_the_pages(window: MainWindow) -> None:
    for trouble in sorted(STOPS):
        window.desk.refused(Refused("It failed.").because(trouble))
        veil = veil_of(window)
        assert veil.trouble is trouble
        veil.lift()


def test_a_refusal_of_a_rule_covers_nothing(window: MainWindow) -> None:
    window.desk.refused(Refused("Only 12 here."))
    assert window.guardian.veil is None


def test_the_disk_is_said_while_it_fills_and_no_longer(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, watch = safety_of(window).database, window.guardian.watch
    assert watch is not None
    for state, tone in ((RoomState.LOW, "amber"), (RoomState.NONE, "red")):
        monkeypatch.setattr(database, "room", lambda state=state: Room(state, 30_000_000))
        watch.look()
        assert window.notice.isVisible()
        assert window.notice.notice is not None
        assert window.notice.notice.tone == tone
    monkeypatch.setattr(database, "room", lambda: Room(RoomState.FINE, 10**11))
    watch.look()
    assert not window.notice.isVisible()


def test_the_notice_has_a_key(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path] = []
    monkeypatch.setattr("desktop.trouble.watch.show_folder", shown.append)
    monkeypatch.setattr(safety_of(window).database, "room", lambda: Room(RoomState.LOW, 10**7))
    assert window.guardian.watch is not None
    window.guardian.watch.look()
    press(window, "Alt+0")
    assert shown == [Path(safety_of(window).database.address).parent]


# Copied back


@pytest.fixture
def older(program: Program, path: Path) -> MainWindow:
    """The window of a file that was copied back after more was written."""
    first = open_safe(program, path)
    safety_of(first).database.close()
    kept = path.read_bytes()
    again = open_safe(program, path)
    for _ in range(2):
        again.desk.do(security_log.record, SecurityEvent.EXPORTED)
    program._close_old()
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    path.write_bytes(kept)
    return open_safe(program, path)


def test_an_older_copy_can_be_looked_at_and_nothing_is_written(older: MainWindow) -> None:
    veil = veil_of(older)
    assert veil.trouble is Trouble.OLDER_COPY
    press(veil.page.buttons[0], "Enter")
    assert older.guardian.veil is None
    assert older.notice.isVisible()
    assert safety_of(older).looks_only
    with pytest.raises(Refused, match="older copy"):
        older.desk.do(security_log.record, SecurityEvent.EXPORTED)
    older.desk.draft("dispense").save({"lines": [1]})
    assert older.desk.draft("dispense").load() is None
    press(older, "Alt+0")
    assert veil_of(older).trouble is Trouble.OLDER_COPY


def test_continuing_here_opens_a_new_stream_and_work_goes_on(older: MainWindow) -> None:
    veil = veil_of(older)
    press(veil.page, "2")
    assert older.guardian.veil is None
    assert not older.notice.isVisible()
    older.desk.do(security_log.record, SecurityEvent.EXPORTED)
    assert "goes on here" in str(older.desk.said[-1].words)


# The clock


def test_a_clock_behind_the_ledger_is_said_and_accepted(window: MainWindow) -> None:
    desk, watch = window.desk, window.guardian.watch
    assert watch is not None
    desk.do(security_log.record, SecurityEvent.EXPORTED)
    desk._clock = lambda: TODAY - timedelta(days=1)
    watch.look()
    assert window.notice.isVisible()
    press(window, "Alt+0")
    assert not window.notice.isVisible()
    assert "goes on from" in str(desk.said[-1].words)


def test_a_second_window_on_the_file_is_told_and_works(
    window: MainWindow, program: Program, path: Path
) -> None:
    assert not any("another window" in news.words.text for news in window.desk.said)
    other = OpenMark(str(path))
    assert other.other
    other.close()
    window.guardian.stop()
    other = OpenMark(str(path))
    window.guardian.begin()
    assert any("another window" in news.words.text for news in window.desk.said)
    other.close()


def test_damage_is_seen_soon_after_the_start(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventory.services.soundness.look_over", lambda _file: Trouble.DAMAGED)
    window.guardian._look_over()
    qtbot.waitUntil(lambda: window.guardian.veil is not None)
    assert veil_of(window).trouble is Trouble.DAMAGED


def test_a_sound_file_is_looked_over_in_silence(window: MainWindow, qtbot: QtBot) -> None:
    window.guardian._look_over()
    assert window.guardian.looking is not None
    with qtbot.waitSignal(window.guardian.looking.ended):
        pass
    assert window.guardian.veil is None


# A medium that is shut, and a ledger that was changed


def test_a_file_only_to_look_at_is_copied_here_and_work_begins(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    path = locked_clinic(shut, None)
    monkeypatch.setattr("inventory.storage.database.only_to_look", lambda file: file.parent == shut)
    program.open(str(path))
    window = program.window
    assert window is not None
    assert window.guardian.watch is not None
    window.guardian.watch.look()
    assert window.notice.isVisible()
    press(window, "Alt+0")
    assert program.window is not None
    assert safety_of(program.window).database.address == str(tmp_path / "clinic.db")
    assert not safety_of(program.window).database.look_only


def test_nothing_half_copied_is_left_behind(tmp_path: Path) -> None:
    source = tmp_path / "here"
    source.mkdir()
    path = locked_clinic(source)
    full = tmp_path / "gone"
    with pytest.raises(Refused, match="cannot be copied"):
        copy_to(path, full)
    assert not full.exists()
    copied = copy_to(path, tmp_path)
    again = copy_to(path, tmp_path)
    assert again.name == "clinic-2.db"
    assert entered_by(copied).person is not None
    assert entered_by(again).person is not None


def test_the_check_names_what_is_wrong(window: MainWindow, qtbot: QtBot) -> None:
    window.guardian.show(Trouble.LEDGER_DAMAGED)
    veil = veil_of(window)
    veil._checked([sentence("Line {n} was changed.", n=n) for n in range(5)])
    assert "5 things are wrong." in veil.page.answer.text()
    press(veil.page.buttons[0], "Enter")
    qtbot.waitUntil(lambda: "Nothing wrong" in veil.page.answer.text(), timeout=20_000)
