"""Backups of a window: made in a process of their own, by themselves, and their age is said."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.backups import keeper
from desktop.backups.badge import BackupAge
from desktop.backups.closing import ClosingVeil
from desktop.backups.keeper import BackupKeeper
from desktop.backups.process import Job
from desktop.backups.state import BackupsNow
from desktop.backups.sticks import Stick, place_name
from desktop.main_window import MainWindow
from desktop.pages.today.backup_line import backup_line
from inventory.domain.ages import DAY, HOUR
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Sentence, sentence
from inventory.services import security_log
from inventory.services.backing_up import backups_in, verify_backup
from inventory.storage import stretching
from inventory.storage.backup_state import change_state
from inventory.storage.stretching import Cost
from tests.desktop.safe_window import close, open_safe, program_at, safety_of, wait_for
from tests.keyboard import press
from tests.services.locked_clinic import locked_clinic


@pytest.fixture
def program(look: None, tmp_path: Path) -> Iterator[Program]:
    made = program_at(tmp_path)
    yield made
    close(made)


@pytest.fixture
def real_window(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A clinic whose key file another process accepts as well: its slots are not cheap."""
    honest = Cost(64 * 1024, 3, 4)
    monkeypatch.setattr(stretching, "FLOOR", honest)
    monkeypatch.setattr(stretching, "calibrated", lambda: honest)
    return open_safe(program, locked_clinic(tmp_path))


@pytest.fixture
def window(program: Program, tmp_path: Path) -> MainWindow:
    return open_safe(program, locked_clinic(tmp_path))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick that is in, without a folder for backups yet."""
    folder = tmp_path / "BLUE"
    folder.mkdir()
    return folder / "amana"


class QuietProcess(QObject):
    """Takes the place of a process: the test says how it ends."""

    ended = Signal(object)
    progressed = Signal(object, object)
    made: list[QuietProcess]

    def __init__(self, safety: QObject, job: Job, folder: Path) -> None:
        super().__init__(safety)
        self.job, self.folder, self.cancelled = job, folder, False
        QuietProcess.made.append(self)

    def start(self) -> None:
        """Nothing yet."""

    def cancel(self) -> None:
        self.cancelled = True
        self.ended.emit(sentence("The backup was not made: it was skipped."))

    def end(self, refusal: Sentence | None = None) -> None:
        self.ended.emit(refusal)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> list[QuietProcess]:
    QuietProcess.made = []
    monkeypatch.setattr(keeper, "BackupProcess", QuietProcess)
    return QuietProcess.made


def keeper_of(window: MainWindow) -> BackupKeeper:
    return safety_of(window).backups


def work(window: MainWindow) -> None:
    window.desk.do(security_log.record, SecurityEvent.EXPORTED)


def remember(window: MainWindow, **state: int) -> None:
    """What this computer knows of earlier backups."""
    kept = keeper_of(window)
    kept.look()
    change_state(kept._mark, **state)
    kept.look()


def now() -> int:
    return time.time_ns() // 1_000_000


# A real process


def test_a_backup_is_made_by_a_process_that_gets_the_key_through_a_pipe(
    real_window: MainWindow, stick: Path, qtbot: QtBot
) -> None:
    window = real_window
    kept, key = keeper_of(window), safety_of(window).key_for_backups
    ended: list[bool] = []
    kept.ended.connect(ended.append)
    kept.choose(stick)
    assert kept.process is not None
    told = " ".join([kept.process.process.program(), *kept.process.process.arguments()])
    assert len(key) == 64
    assert key not in told
    assert kept.now.short(now()).text == "Making a backup…"
    wait_for(qtbot, lambda: bool(ended))
    assert ended == [True], kept.refused
    ((_, path),) = backups_in(stick)
    assert verify_backup(path, safety_of(window).entered.master).locked
    assert "just now" in str(kept.now.short(now()))
    assert kept.now.tone(now()) == "green"


@pytest.mark.skipif(os.name != "posix", reason="a process is killed with a signal of POSIX")
def test_killed_in_the_middle_it_leaves_no_backup_and_says_so(
    window: MainWindow, stick: Path, qtbot: QtBot
) -> None:
    kept = keeper_of(window)
    ended: list[bool] = []
    kept.ended.connect(ended.append)
    kept.choose(stick)
    assert kept.process is not None
    pid = kept.process.process.processId()
    os.kill(pid, signal.SIGKILL)
    wait_for(qtbot, lambda: bool(ended))
    assert ended == [False]
    assert "interrupted" in str(kept.refused)
    assert not stick.exists() or backups_in(stick) == []


# When


def test_a_backup_is_made_when_the_stick_comes_and_then_every_hour_of_work(
    window: MainWindow, stick: Path, quiet: list[QuietProcess]
) -> None:
    kept = keeper_of(window)
    window.desk.preferences.change(backups=str(stick))
    kept.look()
    assert [made.job for made in quiet] == [Job.BACK_UP]
    remember(window, last_at=now())
    quiet[0].end()
    kept.look()
    assert len(quiet) == 1
    work(window)
    remember(window, last_at=now() - HOUR + 60_000)
    assert len(quiet) == 1
    remember(window, last_at=now() - HOUR)
    assert len(quiet) == 2


def test_nothing_is_tried_while_the_stick_is_out_and_nobody_is_asked(
    window: MainWindow, tmp_path: Path, quiet: list[QuietProcess]
) -> None:
    window.desk.preferences.change(backups=str(tmp_path / "gone" / "amana"))
    kept = keeper_of(window)
    kept.look()
    assert quiet == []
    assert kept.now.missing
    assert window.desk.said == []
    assert QApplication.activeModalWidget() is None


def test_a_refusal_is_kept_and_said_where_backups_are(
    window: MainWindow, stick: Path, quiet: list[QuietProcess]
) -> None:
    kept = keeper_of(window)
    kept.choose(stick)
    quiet[0].end(sentence("This is no place for backups."))
    assert kept.now.refused is not None
    kept.choose(stick)
    assert kept.now.refused is None


def test_a_proof_follows_a_backup_once_a_week(
    window: MainWindow, stick: Path, quiet: list[QuietProcess], qtbot: QtBot
) -> None:
    kept = keeper_of(window)
    kept.begin()
    kept.choose(stick)
    remember(window, last_at=now())
    quiet[0].end()
    qtbot.waitUntil(lambda: len(quiet) == 2, timeout=5_000)
    assert quiet[1].job is Job.PROVE
    remember(window, proven_at=now())
    quiet[1].end()
    kept.start()
    quiet[2].end()
    QApplication.processEvents()
    assert len(quiet) == 3


def test_practice_makes_no_backups(
    window: MainWindow, stick: Path, quiet: list[QuietProcess]
) -> None:
    window.desk.practice = True
    window.desk.preferences.change(backups=str(stick))
    keeper_of(window).look()
    assert quiet == []


# At the end


def test_the_window_waits_for_the_last_backup_and_closes_by_itself(
    window: MainWindow, stick: Path, quiet: list[QuietProcess]
) -> None:
    window.desk.preferences.change(backups=str(stick))
    work(window)
    assert window.guardian.keep_last_backup()
    veil = window.guardian.veil
    assert isinstance(veil, ClosingVeil)
    assert veil.isVisible()
    quiet[0].end()
    assert not window.isVisible()


def test_somebody_in_a_hurry_closes_without_it(
    window: MainWindow, stick: Path, quiet: list[QuietProcess]
) -> None:
    window.desk.preferences.change(backups=str(stick))
    work(window)
    window.guardian.keep_last_backup()
    veil = window.guardian.veil
    assert isinstance(veil, ClosingVeil)
    press(veil.skip, "Esc")
    assert quiet[0].cancelled
    assert not window.isVisible()


def test_nothing_done_since_or_no_stick_and_the_window_closes_at_once(
    window: MainWindow, stick: Path, quiet: list[QuietProcess]
) -> None:
    assert not window.guardian.keep_last_backup()
    keeper_of(window)._dirty = False
    remember(window, last_at=now())
    window.desk.preferences.change(backups=str(stick))
    assert not window.guardian.keep_last_backup()


# What is said


@pytest.mark.parametrize(
    ("ago", "tone", "words"),
    [(2 * HOUR, "green", "Backup 2 hours ago, checked"), (2 * DAY, "amber", "2 days ago"),
     (4 * DAY, "red", "4 days ago")],
)  # fmt: skip
def test_the_age_colours_the_badge(ago: int, tone: str, words: str) -> None:
    at = 1_800_000_000_000
    state = BackupsNow("BLUE", at - ago)
    assert state.tone(at) == tone
    assert words in str(state.short(at))
    assert (backup_line(state, at) is None) == (ago <= DAY)


def test_the_badge_stands_in_the_message_bar_and_leads_to_settings(
    window: MainWindow, quiet: list[QuietProcess]
) -> None:
    remember(window, last_at=now() - 2 * HOUR)
    badge = window.message_bar.findChild(BackupAge)
    assert badge is not None
    badge.refresh()
    assert badge.words.text() == "Backup 2 hours ago, checked"
    badge.desk.open_page("settings", "backup")
    assert window.here == "settings"


def test_today_asks_for_a_place_and_then_for_the_stick() -> None:
    at = 1_800_000_000_000
    states = (BackupsNow(), BackupsNow("BLUE", missing=True), BackupsNow("BLUE", at - 2 * DAY))
    lines = [line for state in states if (line := backup_line(state, at)) is not None]
    assert [str(line.title) for line in lines] == [
        "Choose a stick for backups", "Put the stick BLUE in", "Make a backup"]  # fmt: skip


def test_a_place_is_called_by_its_stick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("desktop.backups.sticks.sticks",
                        lambda: [Stick("BLUE", tmp_path, 10**9)])  # fmt: skip
    assert place_name(tmp_path / "amana") == "BLUE"
    assert place_name(Path("/srv/copies/amana")) == "copies"
