"""Backups and restores as a script would make them."""

from __future__ import annotations

import io
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inventory.command_line import backups
from inventory.domain.roles import Role
from inventory.domain.stamp import Stamp
from inventory.services import door
from tests.command_line.terminal import Terminal

RANA, SAMI = ("Rana", "ranas long password"), ("Sami", "samis long password")
STAMP = Stamp(1, "Rana", date(2026, 11, 22), 1_800_000_000_000, "a request")


@pytest.fixture(autouse=True)
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def signed(terminal: Terminal, who: tuple[str, str] = RANA, what: str = "") -> tuple[str, str]:
    path = Path(terminal.database).parent / f"{who[0]}.txt"
    path.write_text("\n".join(who) + "\n")
    path.chmod(0o600)
    return f"--{what}login-file", str(path)


@pytest.fixture
def locked(terminal: Terminal) -> Terminal:
    """A locked clinic in which Rana works."""
    terminal.run(*signed(terminal), "init", "--clinic", "Al-Zuhoor", "--catalogue", "starter")
    given = ("--item", "PARA500T", "--quantity", "50", "--lot", "A1", "--expiry", "2028-06")
    terminal.run(*signed(terminal), "receive", *given)
    return terminal


def test_back_up_verify_prove_restore(locked: Terminal, stick: Path, tmp_path: Path) -> None:
    made = locked.run(*signed(locked), "backup", str(stick))
    assert made["locked"] is True
    verified = locked.run(*signed(locked), "verify-backup", made["backup"])
    assert verified["rows"] > 100
    proof = locked.run(*signed(locked), "prove-restore", str(stick))
    assert (proof["ok"], proof["backup"]) == (True, made["backup"])
    new = str(tmp_path / "new.db")
    code, out, err = locked.raw("--json", *signed(locked), "restore", made["backup"], "--to", new)
    assert (code, json.loads(out)["kept"]) == (0, None)
    assert "Everything until" in err
    there = Terminal(locked.capture, new)
    assert there.run(*signed(there), "check") == {"ok": True, "problems": []}
    assert there.run(*signed(there), "stock")


def test_with_the_paper_key_alone(locked: Terminal, stick: Path, tmp_path: Path) -> None:
    entered = door.enter(locked.database, *RANA)
    words = " ".join(door.make_paper_key(entered, STAMP).words)
    entered.lock()
    made = locked.run(*signed(locked), "backup", str(stick))
    paper = tmp_path / "paper.txt"
    paper.write_text(words)
    paper.chmod(0o600)
    code, _, err = locked.raw("restore", made["backup"], "--to", str(tmp_path / "new.db"),
                              "--paper-key-file", str(paper))  # fmt: skip
    assert code == 0, err


def test_a_second_person_confirms(locked: Terminal, stick: Path, tmp_path: Path) -> None:
    sami = Path(signed(locked, SAMI)[1])
    entered = door.enter(locked.database, *RANA)
    door.add_person(entered, STAMP, SAMI[0], [Role.PHARMACIST], SAMI[1])
    entered.lock()
    made = locked.run(*signed(locked), "backup", str(stick))
    to = ("restore", made["backup"], "--to", str(tmp_path / "new.db"))
    assert "second person" in locked.refused(*signed(locked), *to)
    code, _, err = locked.raw(*signed(locked), "--second-login-file", str(sami), *to)
    assert code == 0, err


def test_the_key_comes_through_the_pipe(
    locked: Terminal, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered = door.enter(locked.database, *RANA)
    assert entered.master is not None
    key = entered.master.hex()
    entered.lock()
    polite: list[str] = []
    monkeypatch.setattr(backups, "step_back", lambda: polite.append("after you"))

    def piped(text: str, *command: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{text}\n".encode())))
        return locked.raw("--json", *command, str(stick), "--key-from-pipe")

    code, out, err = piped(key, "backup", "--progress")
    assert (code, json.loads(out)["locked"]) == (0, True)
    assert json.loads(err.splitlines()[-1])["done"] > 100
    code, out, _ = piped(key, "prove-restore")
    assert (code, json.loads(out)["ok"]) == (0, True)
    assert polite == ["after you"] * 2
    for wrong in ("abc", "00" * 16, "00" * 500, "é"):
        code, _, err = piped(wrong, "backup")
        assert (code, "not a key" in err) == (1, True)
    assert piped("00" * 32, "backup")[0] == 1
    assert piped("", "backup")[0] == 1


def test_a_plain_database_on_either_engine(desk: Terminal, stick: Path, tmp_path: Path) -> None:
    desk.run("receive", "--item", "AMOX", "--quantity", "50", "--lot", "A1", "--expiry", "2028-06")
    made = desk.run("backup", str(stick))
    assert made["locked"] is False
    assert desk.run("prove-restore", str(stick))["ok"] is True
    assert desk.raw("restore", made["backup"], "--to", str(tmp_path / "new.db"))[0] == 0
    there = Terminal(desk.capture, str(tmp_path / "new.db"))
    assert there.run("stock") == desk.run("stock")


def test_a_copied_back_file_is_refused_until_somebody_decides(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.run("init", "--unprotected", "--clinic", "Al-Zuhoor", "--catalogue", "starter")
    given = (
        "receive",
        "--item",
        "PARA500T",
        "--quantity",
        "50",
        "--lot",
        "A1",
        "--expiry",
        "2028-06",
    )
    terminal.run(*given)
    older = tmp_path / "older.db"
    shutil.copyfile(terminal.database, older)
    terminal.run(*given)
    assert "nothing to decide" in terminal.refused("continue-here")
    shutil.copyfile(older, terminal.database)
    before: Any = terminal.run("card", "PARA500T")
    said = terminal.refused(*given)
    assert "older copy" in said
    assert said.endswith("give the command continue-here.")
    assert terminal.run("card", "PARA500T") == before
    terminal.run("continue-here")
    assert terminal.run(*given)["document"] == "GRN-2026-01000"
    assert terminal.run("check")["ok"] is True


@pytest.mark.parametrize("content", [b"", b"AMANA-BACKUP 9\nL", b"PK\x03\x04", b"AMANA-BACKUP 1\n"])
def test_what_is_no_backup_is_told(terminal: Terminal, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.amana"
    path.write_bytes(content)
    for command in (
        ("verify-backup", str(path)),
        ("restore", str(path), "--to", terminal.database),
    ):
        terminal.refused(*command)
    terminal.refused("verify-backup", str(tmp_path))
    terminal.refused("verify-backup", str(tmp_path / "none"))


def test_evacuate_leaves_totals_that_can_be_read(
    locked: Terminal, stick: Path, tmp_path: Path
) -> None:
    made = locked.run(*signed(locked), "backup", str(stick))
    done = locked.run(*signed(locked), "evacuate", str(stick))
    assert (done["visits"], done["swept"]) == (0, True)
    assert "older backup" in done["told"][-1]
    done = locked.run(
        *signed(locked), "evacuate", str(stick), "--emergency", "--remove-backups", str(stick)
    )
    assert len(done["told"]) == 1
    assert not Path(made["backup"]).exists()
    tables = locked.run(*signed(locked), "read-totals", done["totals"], "--to", str(tmp_path))
    assert len(tables["files"]) == 2
    assert "PARA500T" in Path(tables["files"][0]).read_text("utf-8-sig")
    locked.refused(*signed(locked), "restore", done["totals"], "--to", str(tmp_path / "new.db"))
