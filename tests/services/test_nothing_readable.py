"""What a thief of the laptop or of a stick can read: nothing, in any file the program leaves."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from inventory.domain.item import ItemDraft
from inventory.domain.login import Login
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.queries.clinics import clinics
from inventory.services import door
from inventory.services.drafts import save_draft
from inventory.services.items import save_item
from inventory.services.setting_up import SetUp, set_up
from inventory.storage import opening, upgrading
from inventory.storage.key_file import database_key
from inventory.storage.opening import open_database
from tests.house.tree import ROOT
from tests.ready_clinic import ReadyClinic
from tests.services.locked_clinic import NOW, TODAY
from tests.storage.test_upgrading import NEXT

LOGIN = Login("Ranamarker قادر", "a quiet long password")
SECRETS = ("Ranamarker", "قادر", "Zahramarker", "الزهراء", "Amoxmarker", "أموكسيسيلين",
           "Lotmarker", "Suppliermarker", "Draftmarker", "Placemarker", "CODEMARKER",
           "CREATE TABLE", "SQLite format", LOGIN.password)  # fmt: skip


def readable(folder: Path, *, but: tuple[str, ...] = ()) -> set[str]:
    """The secrets that stand in some file, or in a name, under a folder."""
    found = set()
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for secret in SECRETS:
            spelled = (secret.encode(), secret.encode("utf-16-le"), secret.lower().encode())
            if secret not in but and (
                any(one in content for one in spelled) or secret in str(path)
            ):
                found.add(secret)
    return found


def work(path: Path, login: Login | None) -> door.Entered:
    """A day: items, a delivery, a dispensing, a refusal, a draft; the database stays open."""
    wanted = SetUp("Zahramarker الزهراء", places=("Placemarker",))
    set_up(path, wanted, TODAY, NOW, LOGIN.name, login)
    entered = door.enter_open(path) if login is None else door.enter(path, *_parts(login))
    database = entered.database
    with database.write() as connection:
        clinic_id = clinics(connection)[0].id
        names = Names(en="Amoxmarker", ar="أموكسيسيلين")
        draft = ItemDraft("CODEMARKER", names, "medicine", "capsule", pack_size=100, ven="E")
        item = save_item(connection, draft, 0)
    clinic = ReadyClinic(database, clinic_id, {"AMOX": item}, user=LOGIN.name, now=NOW)
    clinic.receive("AMOX", 100, "Lotmarker", source="Suppliermarker")
    clinic.dispense("AMOX", 30)
    with pytest.raises(Refused):
        clinic.dispense("AMOX", 1000)
    with database.write() as connection:
        save_draft(connection, clinic_id, "dispense", "", {"note": "Draftmarker"}, NOW)
    assert clinic.check() == []
    return entered


def _parts(login: Login) -> tuple[str, str]:
    return login.name, login.password


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything that the program writes lands."""
    for name in ("TMPDIR", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        place = tmp_path / name.lower()
        place.mkdir()
        monkeypatch.setenv(name, str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_the_search_sees_what_a_plain_file_shows(folder: Path) -> None:
    entered = work(folder / "clinic.db", None)
    assert readable(folder, but=(LOGIN.password,)) == set(SECRETS) - {LOGIN.password}
    entered.lock()


def test_a_locked_database_shows_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = folder / "clinic.db"
    entered = work(path, LOGIN)
    assert path.with_name("clinic.db-wal").stat().st_size > 0
    assert readable(folder) == set(), "while it is open"
    with pytest.raises(Refused):
        door.enter(path, LOGIN.name, "guess")
    entered.lock()
    assert readable(folder) == set(), "after it was closed"
    assert capfd.readouterr() == ("", "")


def test_a_plain_file_that_was_locked_shows_nothing_when_the_old_one_is_gone(
    folder: Path,
) -> None:
    path = folder / "clinic.db"
    work(path, None).lock()
    done = door.protect(path, *_parts(LOGIN), TODAY, NOW)
    assert readable(folder) != set()
    door.forget_old(done.old_file_kept)
    assert readable(folder) == set()


def test_the_copy_before_an_upgrade_is_locked_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "clinic.db"
    entered = work(path, LOGIN)
    assert entered.master is not None
    key, now = database_key(entered.master), opening.KNOWN[-1]
    entered.lock()
    later = folder / "later"
    later.mkdir()
    (later / "9000_later.py").write_text(NEXT.replace("{then}", "").replace("{before}", now))
    monkeypatch.setattr(upgrading, "VERSIONS", [*upgrading.VERSIONS, later])
    monkeypatch.setattr(opening, "KNOWN", (*opening.KNOWN, "9000"))
    open_database(path, key=key).close()
    (copy,) = folder.glob(f"clinic-version-{now}-*.db")
    with pytest.raises(Refused):
        opening.version_of(upgrading.connect(copy))
    kept = upgrading.connect(copy, key=key)
    assert opening.version_of(kept) == now
    kept.close()
    assert readable(folder) == set()


def test_damage_tells_no_name_and_few_words(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = folder / "clinic.db"
    entered = work(path, LOGIN)
    assert entered.master is not None
    key = database_key(entered.master)
    entered.lock()
    content = bytearray(path.read_bytes())
    for place in range(5000, len(content), 4096):
        content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        open_database(path, key=key).close()
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
    assert not any(secret in str(refusal.value) for secret in SECRETS)


_SIGN_IN_AND_LOCK = """
import gc, sys
from inventory.storage import stretching
stretching.FLOOR = stretching.Cost(8, 1, 1)
from inventory.services import door
name, password = (sys.stdin.readline().rstrip() for _ in range(2))
entered = door.enter(sys.argv[1], name, password)
with entered.database.read() as connection:
    connection.exec_driver_sql("SELECT count(*) FROM item").all()
print("open", flush=True)
sys.stdin.readline()
entered.lock()
gc.collect()
print("locked", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux shows its memory")
def test_a_locked_program_has_no_key_in_its_memory(folder: Path) -> None:
    """Seen from outside, as far as can be seen: what is there while it is open is gone."""
    path = folder / "clinic.db"
    entered = work(path, LOGIN)
    assert entered.master is not None
    master, key = entered.master, database_key(entered.master)
    entered.lock()
    with subprocess.Popen(
        [sys.executable, "-c", _SIGN_IN_AND_LOCK, str(path)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as program:  # fmt: skip
        assert program.stdin is not None
        assert program.stdout is not None
        found = {}
        for said in (f"{LOGIN.name}\n{LOGIN.password}\n", "\n"):
            program.stdin.write(said)
            program.stdin.flush()
            now = program.stdout.readline().strip()
            found[now] = in_memory(program.pid, master, key, key.hex().encode())
        program.stdin.close()
    assert min(found["open"][:2]) > 0, "the search sees what is there"
    assert found["open"][2] == 0, "the text that gave SQLCipher the key is written over at once"
    assert max(found["locked"]) == 0, found


def in_memory(process: int, *secrets: bytes) -> list[int]:
    """How often each stands in what that process could write."""
    counts = [0] * len(secrets)
    areas = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for area in areas:
            edges, rights = area.split()[:2]
            if rights.startswith("rw") and not area.endswith("[vvar]"):
                start, end = (int(edge, 16) for edge in edges.split("-"))
                memory.seek(start)
                content = memory.read(end - start)
                counts = [n + content.count(s) for n, s in zip(counts, secrets, strict=True)]
    return counts
