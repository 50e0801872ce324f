"""Shared by journeys: clinics' files, a printer, a manager and a storekeeper at the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from desktop import printing, theme
from desktop.appearance import dress
from inventory.domain.sentence import Refused
from tests.journeys import receiving_bay
from tests.journeys.order_desk import Manager, Printer, close_window, furnish, open_window
from tests.journeys.receiving_bay import Storekeeper, close_bay, open_bay

LANGUAGES = [("en", "us"), ("ar", "ara")]


@pytest.fixture(autouse=True)
def _own_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each journey is on a computer that has seen no file yet: they share copies of one clinic."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(scope="session")
def order_clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("order") / "clinic.db"
    furnish(path)
    return path


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    made = Printer()
    monkeypatch.setattr(printing, "printers", lambda: ("Laser",))
    monkeypatch.setattr(printing, "print_paper", made.take)
    return made


@pytest.fixture
def open_here(monkeypatch: pytest.MonkeyPatch) -> list[Manager]:
    """The windows, last opened last. As in the program, a refusal no page caught is said."""
    windows: list[Manager] = []
    loud = sys.excepthook

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if isinstance(fault, Refused) and windows:
            windows[-1].window.desk.refused(fault)
        else:
            loud(kind, fault, trace)

    monkeypatch.setattr(sys, "excepthook", hook)
    return windows


@pytest.fixture(params=LANGUAGES, ids=[code for code, _ in LANGUAGES])
def manager(
    qapp: QApplication, order_clinic: Path, tmp_path: Path, request: pytest.FixtureRequest,
    printer: Printer, open_here: list[Manager],
) -> Iterator[Manager]:  # fmt: skip
    """A window in each language and layout, over a database of its own."""
    code, layout = request.param
    path = tmp_path / "clinic.db"
    path.write_bytes(order_clinic.read_bytes())
    opened = open_window(qapp, path, tmp_path / "desktop.json", code, layout)
    opened.papers = printer.papers
    open_here.append(opened)
    yield opened
    if opened.program.window is not None:
        close_window(opened)
    dress(qapp, theme.LIGHT, rtl=False)


@pytest.fixture(scope="session")
def bay_clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bay") / "clinic.db"
    receiving_bay.furnish(path)
    return path


@pytest.fixture(params=LANGUAGES, ids=[code for code, _ in LANGUAGES])
def keeper(
    qapp: QApplication, bay_clinic: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Storekeeper]:
    """The Receive page of a clinic of its own, in each language and layout."""
    code, layout = request.param
    path = tmp_path / "clinic.db"
    path.write_bytes(bay_clinic.read_bytes())
    opened = open_bay(qapp, path, tmp_path / "desktop.json", code, layout)
    yield opened
    if opened.program.window is not None:
        close_bay(opened)
    dress(qapp, theme.LIGHT, rtl=False)
