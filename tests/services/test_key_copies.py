"""A lost key file comes back out of a backup, and only out of one of the same database."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.domain.login import Login
from inventory.domain.sentence import Refused
from inventory.services import door
from inventory.services.backing_up import back_up
from inventory.services.key_copies import put_back_keys
from inventory.services.restoring import WayIn
from inventory.storage.key_file import KeyFileLost, WrongKey, copy_path, key_path
from tests.services.locked_clinic import NOW, RANA, TODAY, entered_by, locked_clinic, stamp

BY_PASSWORD = WayIn(login=RANA)


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def backed_up(folder: Path) -> tuple[Path, Path, str]:
    """A database without its keys, a backup of it, and the text of its paper key."""
    folder.mkdir()
    path = locked_clinic(folder)
    entered = entered_by(path)
    paper = door.make_paper_key(entered, stamp())
    made = back_up(entered.database, entered.master, entered.keys().to_bytes(), folder, NOW, TODAY)
    entered.lock()
    lose(path)
    return path, made.path, paper.qr_text


def lose(path: Path) -> None:
    for place in (key_path(path), copy_path(key_path(path))):
        place.unlink()


def test_a_password_or_the_paper_key_puts_it_back(tmp_path: Path) -> None:
    path, backup, paper = backed_up(tmp_path / "a")
    for way in (BY_PASSWORD, WayIn(paper=paper)):
        with pytest.raises(KeyFileLost):
            entered_by(path)
        put_back_keys(path, backup, way)
        entered_by(path).lock()
        with pytest.raises(Refused, match="in its place"):
            put_back_keys(path, backup, way)
        lose(path)


def test_who_cannot_open_the_backup_gets_nothing(tmp_path: Path) -> None:
    path, backup, _ = backed_up(tmp_path / "a")
    for _ in range(5):
        with pytest.raises(WrongKey):
            put_back_keys(path, backup, WayIn(login=Login(RANA.name, "guess")))
    with pytest.raises(Refused, match="Wait"):
        put_back_keys(path, backup, BY_PASSWORD)
    assert not key_path(path).exists()


def test_another_clinics_backup_is_noticed(tmp_path: Path) -> None:
    path, _, _ = backed_up(tmp_path / "a")
    _, other, _ = backed_up(tmp_path / "b")
    with pytest.raises(Refused, match="of another database"):
        put_back_keys(path, other, BY_PASSWORD)
    assert not key_path(path).exists()


def test_a_plain_database_and_a_plain_backup_have_none(tmp_path: Path) -> None:
    path, backup, _ = backed_up(tmp_path / "a")
    (tmp_path / "plain").mkdir()
    plain = locked_clinic(tmp_path / "plain", None)
    with pytest.raises(Refused, match="in its place"):
        put_back_keys(plain, backup, BY_PASSWORD)
    entered = door.enter_open(plain)
    made = back_up(entered.database, None, b"", tmp_path / "plain", NOW, TODAY)
    entered.lock()
    with pytest.raises(Refused, match="carries no key"):
        put_back_keys(path, made.path, BY_PASSWORD)
