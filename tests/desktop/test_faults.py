"""What nobody foresaw is written down and said calmly, once."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from desktop.faults import FaultBook, keep_log, log
from inventory.domain.sentence import Refused, Sentence


@pytest.fixture
def said() -> list[Sentence]:
    return []


@pytest.fixture
def book(said: list[Sentence]) -> FaultBook:
    made = FaultBook()
    made.tell = said.append
    return made


def hand_over(book: FaultBook, fault: Exception) -> None:
    try:
        raise fault
    except type(fault) as caught:
        book.caught(type(caught), caught, caught.__traceback__)


def test_a_refusal_is_said_as_it_is(book: FaultBook, said: list[Sentence]) -> None:
    hand_over(book, Refused("Only {n} here.", n=12))
    assert [str(sentence) for sentence in said] == ["Only 12 here."]


def test_a_fault_is_logged_and_said_without_its_insides(
    book: FaultBook, said: list[Sentence], tmp_path: Path
) -> None:
    keep_log(tmp_path)
    hand_over(book, KeyError("inner thing"))
    for handler in log.handlers:
        handler.close()
    written = (tmp_path / "amana.log").read_text(encoding="utf-8")
    assert "KeyError" in written
    assert "test_faults.py" in written
    assert len(said) == 1
    assert "KeyError" not in str(said[0])
    log.handlers.clear()


def test_no_name_reaches_the_log(book: FaultBook, tmp_path: Path) -> None:
    """Faults carry values of rows; whoever takes the laptop can read the log."""
    keep_log(tmp_path)
    names = ["".join(reversed(name)) for name in ("anaR", "نيليسيسكومأ")]
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.connect() as connection:
        try:
            connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": names[0]})
        except OperationalError as inner:
            outer = ValueError(*names)
            outer.__cause__ = inner
    engine.dispose()
    hand_over(book, outer)
    for handler in log.handlers:
        handler.close()
    written = (tmp_path / "amana.log").read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "OperationalError" in written
    assert [name for name in names if name in written] == []
    log.handlers.clear()


def test_a_repaint_that_fails_again_and_again_is_said_once(
    book: FaultBook, said: list[Sentence]
) -> None:
    for _ in range(50):
        hand_over(book, ZeroDivisionError())
    assert len(said) == 1


def test_a_folder_that_cannot_be_written_does_not_stop_the_window(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    keep_log(tmp_path / "file" / "logs")
    assert any(isinstance(handler, logging.NullHandler) for handler in log.handlers)
    log.handlers.clear()
