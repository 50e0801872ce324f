"""A later PySide6 loses a reference at every emit on Python 3.11 and dies after some hundreds."""

from __future__ import annotations

from tests.desktop.conftest import MakeDesk


def test_5000_emits_are_survived(make_desk: MakeDesk) -> None:
    desk = make_desk()
    heard: list[object] = []
    desk.committed.connect(lambda: heard.append(True))
    desk.count_told.connect(lambda page, number: heard.append((page, number)))
    desk.news_told.connect(heard.append)
    for number in range(5_000):
        desk.committed.emit()
        desk.count_told.emit("today", number)
        desk.news_told.emit(True)
    assert len(heard) == 15_000
    assert heard[-2] == ("today", 4_999)
