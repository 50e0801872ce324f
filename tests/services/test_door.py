"""The way in: who gets in, who does not, and what stays when something is interrupted."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import pytest
from pyrage import x25519

from inventory.domain.login import Login
from inventory.domain.roles import Role
from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services import door
from inventory.services.checking import check
from inventory.services.permits import NeedsSecond
from inventory.storage.database import Database
from inventory.storage.key_file import KeyFileDamaged, KeyFileLost, WrongKey, copy_path, key_path
from inventory.storage.locations import state_folder
from inventory.storage.opening import open_database
from inventory.storage.tries import MustWait, tries_at
from tests.killed import killed_at, left_in
from tests.ready_clinic import furnish
from tests.services.locked_clinic import (
    RANA,
    add,
    entered_by,
    events,
    locked_clinic,
    person_id,
    stamp,
)
from tests.storage.test_opening import address_of

SAMI = Login("سامي حسن", "كلمة سر طويلة")
HUDA = Login("Huda", "hudas long password")
NEW = Login(RANA.name, "another long password")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return locked_clinic(tmp_path)


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def opens(path: Path, login: Login) -> bool:
    tries_at(path).succeeded()
    try:
        entered_by(path, login).lock()
    except WrongKey:
        return False
    return True


def test_a_new_database_is_locked_and_opens_for_its_first_person(path: Path) -> None:
    assert door.is_locked(path)
    assert door.needs_sign_in(path)
    entered = entered_by(path, Login("rana  QADIR", RANA.password))
    assert entered.person is not None
    assert entered.person.name == "Rana Qadir"
    assert entered.person.roles == {Role.MANAGER, Role.PHARMACIST}
    assert entered.is_protected
    with entered.database.read() as connection:
        assert check(connection) == []
    door.signed_in(entered, stamp())
    assert events(entered) == ["person_added", "signed_in"]
    entered.lock()


@pytest.mark.parametrize("wrong", [Login(RANA.name, "guess"), Login("Nobody", RANA.password)])
def test_nobody_else_gets_in(path: Path, wrong: Login) -> None:
    with pytest.raises(WrongKey, match=r"^The name or the password is wrong\.$"):
        entered_by(path, wrong)
    with pytest.raises(Refused) as plain:
        open_database(path)
    assert plain.value.trouble is Trouble.LOCKED
    with pytest.raises(Refused) as other:
        open_database(path, key=bytes(32))
    assert other.value.trouble is Trouble.WRONG_KEY


def test_wrong_tries_slow_down_and_stand_in_the_log(path: Path) -> None:
    for _ in range(5):
        with pytest.raises(WrongKey):
            entered_by(path, Login(RANA.name, "guess"))
    with pytest.raises(MustWait, match="Wait"):
        entered_by(path)
    assert door.wait_left(path) > 0
    tries_at(path).succeeded()
    entered = entered_by(path)
    door.tell_wrong_tries(entered, stamp())
    door.tell_wrong_tries(entered, stamp())
    assert events(entered) == ["person_added", "sign_in_refused"]
    entered.lock()


def test_a_lock_drops_the_key(path: Path) -> None:
    entered = entered_by(path)
    database, shown = entered.database, repr(entered)
    assert entered.master is not None
    assert entered.master.hex() not in shown
    entered.lock()
    assert (entered.master, entered.person) == (None, None)
    with pytest.raises(Refused) as refusal, database.read():
        pytest.fail("It was read after it was locked.")
    assert refusal.value.trouble is Trouble.LOCKED


def test_each_person_has_an_own_way_in(path: Path) -> None:
    entered = entered_by(path)
    sami = add(entered, SAMI, [Role.DISPENSER])
    add(entered, HUDA, [Role.PHARMACIST], SAMI.name)
    assert opens(path, SAMI)
    with pytest.raises(NeedsSecond):
        door.change_password(entered, stamp(), sami, "Rana would know it")
    assert opens(path, SAMI)
    door.retire_person(entered, stamp(second=HUDA.name), sami)
    assert not opens(path, SAMI)
    assert opens(path, RANA)
    assert opens(path, HUDA)
    door.bring_back(entered, stamp(second=HUDA.name), sami, [Role.DISPENSER], SAMI.password)
    assert opens(path, SAMI)
    entered.lock()


def test_a_new_password_does_not_rewrite_the_database(path: Path) -> None:
    entered = entered_by(path)
    keys = key_path(path).read_bytes()
    with entered.database.driver() as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = pages_of(path)
    door.change_password(entered, stamp(), person_id(entered, RANA.name), NEW.password)
    with entered.database.driver() as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    changed = [page for page, was in enumerate(pages) if pages_of(path)[page] != was]
    entered.lock()
    # The row of the person and the entry of the log, not the database.
    assert len(changed) < len(pages) / 4
    assert key_path(path).read_bytes() != keys
    assert opens(path, NEW)
    assert not opens(path, RANA)


def pages_of(path: Path) -> list[bytes]:
    content = path.read_bytes()
    return [content[start : start + 4096] for start in range(0, len(content), 4096)]


@pytest.mark.parametrize("weak", ["short", "        ", ""])
def test_a_weak_password_changes_nothing(path: Path, weak: str) -> None:
    entered = entered_by(path)
    keys = key_path(path).read_bytes()
    with pytest.raises(Refused):
        door.change_password(entered, stamp(), person_id(entered, RANA.name), weak)
    assert key_path(path).read_bytes() == keys
    entered.lock()


def test_the_paper_key_opens_when_passwords_are_lost(path: Path) -> None:
    entered = entered_by(path)
    paper = door.make_paper_key(entered, stamp())
    door.paper_key_printed(entered)
    entered.lock()
    for text in (" ".join(paper.words), "،".join(paper.numbers), paper.qr_text):
        entered = door.enter_with_paper(path, text)
        assert entered.must_set_password
        assert entered.person is None
        with entered.database.read() as connection:
            assert check(connection) == []
        entered.lock()
    entered = door.enter_with_paper(path, paper.qr_text)
    with pytest.raises(Refused, match="nobody called"):
        door.set_new_password(entered, stamp(), "Nobody", NEW.password)
    person = door.set_new_password(entered, stamp(), "rana qadir", NEW.password)
    assert (person.name, entered.must_set_password) == (RANA.name, False)
    assert events(entered)[-2:] == ["paper_key_used", "password_changed"]
    entered.lock()
    assert opens(path, NEW)
    assert not opens(path, RANA)


def test_a_new_paper_key_ends_the_old_one_when_it_is_printed(path: Path) -> None:
    entered = entered_by(path)
    old = door.make_paper_key(entered, stamp())
    new = door.make_paper_key(entered, stamp())
    door.enter_with_paper(path, old.qr_text).lock()
    door.paper_key_printed(entered)
    entered.lock()
    with pytest.raises(WrongKey, match="printed since"):
        door.enter_with_paper(path, old.qr_text)
    door.enter_with_paper(path, new.qr_text).lock()


def test_a_mistyped_paper_key_is_no_wrong_try(path: Path) -> None:
    for _ in range(7):
        with pytest.raises(Refused, match="Word 2 is not in the list"):
            door.enter_with_paper(path, "abandon abandn")
    assert door.wait_left(path) == 0


def test_an_office_may_open_it_while_it_is_allowed_to(path: Path) -> None:
    office = x25519.Identity.generate()
    entered = entered_by(path)
    door.set_office_key(entered, stamp(), str(office.to_public()))
    door.enter_with_office(path, str(office)).lock()
    door.set_office_key(entered, stamp(), None)
    assert events(entered).count("office_key_set") == 2
    entered.lock()
    with pytest.raises(WrongKey):
        door.enter_with_office(path, str(office))


def test_keys_need_two_people_where_there_are_two(path: Path) -> None:
    entered = entered_by(path)
    add(entered, SAMI, [Role.PHARMACIST])
    keys = key_path(path).read_bytes()
    office = str(x25519.Identity.generate().to_public())
    with pytest.raises(NeedsSecond):
        door.make_paper_key(entered, stamp())
    with pytest.raises(NeedsSecond):
        door.set_office_key(entered, stamp(), office)
    assert key_path(path).read_bytes() == keys
    second = door.confirm(entered, SAMI.name, SAMI.password).name
    door.make_paper_key(entered, stamp(second=second))
    assert events(entered)[-2:] == ["confirmed", "paper_key_made"]
    entered.lock()


def test_somebody_without_a_way_in_gets_one_when_confirming(path: Path) -> None:
    entered = entered_by(path)
    add(entered, SAMI, [Role.DISPENSER])
    assert entered.master is not None
    with entered.database.read() as connection:
        uid = connection.exec_driver_sql("SELECT uid FROM person WHERE id = 2").scalar_one()
    entered.write(entered.keys().without_person(entered.master, uid))
    assert not opens(path, SAMI)
    with pytest.raises(Refused):
        door.confirm(entered, SAMI.name, "guess")
    door.confirm(entered, SAMI.name, SAMI.password)
    assert opens(path, SAMI)
    entered.lock()


def test_a_plain_database_asks_nobody(tmp_path: Path) -> None:
    path = locked_clinic(tmp_path, None)
    assert not door.is_locked(path)
    assert not door.needs_sign_in(path)
    entered = door.enter_open(path)
    assert (entered.person, entered.user, entered.is_protected) == (None, "", False)
    with pytest.raises(Refused, match="not locked with a key"):
        door.make_paper_key(entered, stamp())
    entered.lock()


def test_people_in_a_plain_database_sign_in(tmp_path: Path) -> None:
    path = locked_clinic(tmp_path, None)
    entered = door.enter_open(path)
    door.add_person(entered, stamp(), RANA.name, [], RANA.password)
    entered.lock()
    assert door.needs_sign_in(path)
    with pytest.raises(Refused, match="Sign in"):
        door.enter_open(path)
    with pytest.raises(Refused, match="wrong"):
        entered_by(path, NEW)
    entered = entered_by(path)
    door.change_password(entered, stamp(), person_id(entered, RANA.name), NEW.password)
    entered.lock()
    entered_by(path, NEW).lock()


def test_the_same_on_a_server(server_database: Database) -> None:
    address = address_of(server_database)
    assert not door.is_locked(address)
    assert not door.needs_sign_in(address)
    furnish(server_database)
    entered = door.enter_open(address)
    door.add_person(entered, stamp(), RANA.name, [], RANA.password)
    entered.lock()
    assert door.needs_sign_in(address)
    with pytest.raises(Refused, match="wrong"):
        door.enter(address, RANA.name, "guess")
    entered = door.enter(address, RANA.name, RANA.password)
    assert entered.user == RANA.name
    entered.lock()


def test_a_lost_or_damaged_key_file_is_told(path: Path) -> None:
    content = key_path(path).read_bytes()
    key_path(path).write_bytes(content[:100])
    entered_by(path).lock()
    assert key_path(path).read_bytes() == content, "the copy mended it"
    for place in (key_path(path), copy_path(key_path(path))):
        place.write_bytes(content[:100])
    with pytest.raises(KeyFileDamaged) as damaged:
        entered_by(path)
    for place in (key_path(path), copy_path(key_path(path))):
        place.unlink()
    with pytest.raises(KeyFileLost) as lost:
        entered_by(path)
    assert damaged.value.trouble is Trouble.KEY_FILE_DAMAGED
    assert lost.value.trouble is Trouble.KEY_FILE_MISSING
    assert door.wait_left(path) == 0


def test_the_key_file_of_another_database_opens_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = locked_clinic(tmp_path / "other")
    shutil.copyfile(key_path(other), key_path(path))
    with pytest.raises(Refused) as refusal:
        entered_by(path)
    assert refusal.value.trouble is Trouble.WRONG_KEY


def test_keys_that_stand_in_the_way_are_kept(path: Path) -> None:
    content = key_path(path).read_bytes()
    path.unlink()
    locked_clinic(path.parent)
    kept = path.with_name("clinic.db.key.old-1")
    assert kept.read_bytes() == content


@pytest.mark.parametrize("file", ["empty", "text", "none"])
def test_a_file_of_something_else_is_not_locked(tmp_path: Path, file: str) -> None:
    path = tmp_path / file
    if file != "none":
        path.write_bytes(b"" if file == "empty" else b"Not a database at all." * 100)
    assert not door.is_locked(path)


def test_killed_while_it_is_made_nothing_half_made_is_found(tmp_path: Path) -> None:
    seen: set[frozenset[str]] = set()
    for step in count(3):  # what is discarded before was not there
        folder = tmp_path / str(step)
        folder.mkdir()
        killed = killed_at(step, folder, lambda folder=folder: locked_clinic(folder))
        path, left = folder / "clinic.db", left_in(folder)
        if killed and left in seen:
            continue
        seen.add(left)
        if not path.exists():
            assert killed
            locked_clinic(folder)
        entered = entered_by(path)
        with entered.database.read() as connection:
            assert check(connection) == []
        entered.lock()
        if not killed:
            break
    assert step > 5


def test_killed_while_a_password_changes_one_opens_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = state_folder()
    for step in count():
        folder = tmp_path / str(step)
        folder.mkdir()
        # Each is the same computer in a life of its own: it has not seen the others' file.
        shutil.copytree(remembered, folder / "state" / "amana")
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
        for name in ("clinic.db", "clinic.db.key", "clinic.db.key.copy"):
            shutil.copyfile(path.with_name(name), folder / name)
        copied = folder / "clinic.db"
        killed = killed_at(step, folder, lambda copied=copied: change(copied))
        works = [login for login in (RANA, NEW) if opens_for_good(copied, login)]
        assert len(works) == 1, (step, works)
        if not killed:
            break
    assert works == [NEW]
    assert step > 3


def change(path: Path) -> None:
    entered = entered_by(path)
    door.change_password(entered, stamp(), person_id(entered, RANA.name), NEW.password)
    entered.lock()


def opens_for_good(path: Path, login: Login) -> bool:
    """It opens, and what is left of an interrupted change is put in order by that."""
    tries_at(path).succeeded()
    try:
        entered = entered_by(path, login)
    except Refused as refusal:
        if "wrong" not in str(refusal):
            raise
        return False
    assert len(entered.keys().passwords) == 1
    entered.lock()
    return True
