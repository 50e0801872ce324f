"""Long work leaves the window free, can be stopped, and says how it ended."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from desktop.tasks import LongWork, seconds_left
from inventory.domain.sentence import Refused
from inventory.exchange.progress import Cancelled, Progress
from tests.desktop.conftest import MakeDesk, MakeWindow
from tests.keyboard import press


def test_the_result_comes_back_in_the_window_s_thread(qtbot: QtBot, make_desk: MakeDesk) -> None:
    came: list[tuple[int, bool]] = []
    here = threading.current_thread()

    def work(progress: Progress) -> int:
        assert threading.current_thread() is not here
        return 42

    running = make_desk().run_long(
        work, lambda result: came.append((result, threading.current_thread() is here))
    )
    qtbot.waitUntil(lambda: bool(came))
    assert came == [(42, True)]
    assert isinstance(running, LongWork)


def test_a_refusal_is_said(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk()

    def work(progress: Progress) -> None:
        raise Refused("The file is empty.")

    running = desk.run_long(work, lambda result: None)
    with qtbot.waitSignal(running.ended):
        pass
    qtbot.waitUntil(lambda: bool(desk.said))
    assert str(desk.said[-1].words) == "The file is empty."


def test_esc_stops_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        for done in range(0, 500_000_000, 500):
            progress.step(done, 500_000_000)

    window.desk.run_long(work, lambda result: None)
    assert begun.wait(5)
    press(window, "Esc")
    qtbot.waitUntil(lambda: bool(window.desk.said))
    assert str(window.desk.said[-1].words) == str(Cancelled().sentence)
    assert window.watch.work is None


def test_a_long_one_shows_a_line_and_counts(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress.report(12_400, 50_000)
        go_on.wait(5)

    running = window.desk.run_long(work, lambda result: None)
    window.watch._begin()
    assert window.line.isVisible()
    qtbot.waitUntil(lambda: window.line.total == 50_000)
    running.began -= 4
    window.watch._show()
    assert "12,400 of 50,000" in window.message_bar.words.words
    go_on.set()
    qtbot.waitUntil(lambda: window.watch.work is None)
    assert not window.line.isVisible()
    assert window.findChild(QProgressBar) is None


@pytest.mark.parametrize(
    ("done", "total", "seconds", "left"),
    [(12_500, 50_000, 5.0, 15), (0, 50_000, 5.0, None), (7, 0, 5.0, None), (5, 5, 5.0, 0)],
)
def test_time_left(done: int, total: int, seconds: float, left: int | None) -> None:
    assert seconds_left(done, total, seconds) == left
