"""A new desk is brought to the server by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.sign_in.connect import ConnectWindow
from inventory.domain.login import Login
from inventory.services import connecting
from inventory.storage.key_place import CONNECTION_ENDING
from tests.desktop.safe_window import close, program_at
from tests.keyboard import press, type_text
from tests.services.locked_clinic import RANA, locked_clinic

WORDS = "abandon ability able about above absent absorb abstract absurd abuse access accident"


@pytest.fixture
def program(look: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr("inventory.storage.locations.data_folder", lambda: tmp_path)
    made = program_at(tmp_path)
    yield made
    close(made)


def _window(program: Program, tmp_path: Path) -> ConnectWindow:
    program.open(str(tmp_path / f"amana-counter{CONNECTION_ENDING}"))
    QApplication.processEvents()
    assert isinstance(program.welcome, ConnectWindow)
    program.welcome.activateWindow()
    QApplication.processEvents()
    return program.welcome


def _focused() -> QWidget:
    QApplication.processEvents()
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_words_name_and_password_lead_to_work(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, Login | None]] = []
    clinic = locked_clinic(tmp_path)

    def connect_desk(file: Path, words: str, folder: Path, login: Login | None) -> Path:
        asked.append((file.name, words, login))
        return Path(clinic)

    monkeypatch.setattr(connecting, "connect_desk", connect_desk)
    window = _window(program, tmp_path)
    for text in (WORDS, RANA.name, RANA.password):
        type_text(_focused(), text)
        press(_focused(), "Enter")
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert asked == [("amana-counter.amana-connection", WORDS, RANA)]
    assert program.window is not None
    assert program.window.desk.user == RANA.name
    assert window.login is None


def test_a_refusal_keeps_the_words_and_asks_for_the_password_again(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    window = _window(program, tmp_path)
    window.form.words.set_text(WORDS)
    window.form.name.set_text("Rana")
    window.connect_desk()
    qtbot.waitUntil(lambda: window.work is None, timeout=20_000)
    assert "cannot be read" in window.message.text()
    assert (window.form.words.text, window.form.name.text) == (WORDS, "Rana")
    assert window.form.password.secret == ""
    assert window.back is not None
    window.back()
    assert not isinstance(program.welcome, ConnectWindow)
