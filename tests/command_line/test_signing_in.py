"""Commands on a locked database: who signs in, from where, and what nobody ever sees."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pyrage import x25519
from typer.main import get_command

from inventory.command_line import logins
from inventory.command_line.app import application
from inventory.storage.tries import tries_at
from tests.command_line.terminal import Terminal
from tests.house.tree import ROOT

PASSWORD, NEW = "a quiet long password", "another long password"
RANA = ("Rana Qadir", PASSWORD)
SAMI = ("Sami", "samis long password")


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def login(folder: str | Path, who: tuple[str, str]) -> str:
    return private(Path(folder) / f"{who[0]} {len(who[1])}.txt", "\n".join(who) + "\n")


def private(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def locked(terminal: Terminal) -> Terminal:
    """A locked clinic in which Rana works."""
    made = terminal.run(*signed(terminal), "init", "--clinic", "Al-Zuhoor", "--catalogue",
                        "starter")  # fmt: skip
    assert made["protected"] is True
    return terminal


def signed(terminal: Terminal, who: tuple[str, str] = RANA) -> tuple[str, str]:
    return "--login-file", login(Path(terminal.database).parent, who)


def test_work_is_done_in_the_name_of_who_signed_in(locked: Terminal) -> None:
    given = ("--item", "PARA500T", "--quantity", "50")
    locked.run(*signed(locked), "receive", *given, "--lot", "A1", "--expiry", "2028-06")
    (line,) = locked.run(*signed(locked), "card", "PARA500T")
    assert line["user"] == "Rana Qadir"
    assert locked.run(*signed(locked), "check")["ok"] is True


def test_nobody_gets_in_unasked(locked: Terminal) -> None:
    assert "--login-file" in locked.refused("stock")
    wrong = locked.refused(*signed(locked, (RANA[0], "guess")), "stock")
    assert wrong == "The name or the password is wrong."
    wrong = locked.refused(*signed(locked, ("Nobody", PASSWORD)), "stock")
    assert wrong == "The name or the password is wrong."


def test_wrong_tries_slow_down(locked: Terminal) -> None:
    for _ in range(5):
        locked.refused(*signed(locked, (RANA[0], "guess")), "stock")
    assert "Wait" in locked.refused(*signed(locked), "stock")
    tries_at(locked.database).succeeded()
    locked.run(*signed(locked), "stock")


def test_a_descriptor_is_read_once_and_closed(locked: Terminal) -> None:
    reading, writing = os.pipe()
    os.write(writing, "\n".join(RANA).encode())
    os.close(writing)
    assert locked.run("--login-descriptor", str(reading), "check")["ok"] is True
    assert "cannot be read" in locked.refused("--login-descriptor", str(reading), "check")


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "two lines"), ("Rana", "two lines"), ("a\nb\nc", "two lines"), ("\nb", "two lines"),
     ("x" * 5000, "too long")],
)  # fmt: skip
def test_a_login_file_has_two_lines(locked: Terminal, content: str, words: str) -> None:
    path = private(Path(locked.database).with_name("login"), content)
    assert words in locked.refused("--login-file", path, "stock")


def test_a_login_file_that_is_none(locked: Terminal, tmp_path: Path) -> None:
    assert "cannot be read" in locked.refused("--login-file", str(tmp_path / "none"), "stock")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\nx")
    (tmp_path / "bytes").chmod(0o600)
    assert "no text" in locked.refused("--login-file", str(tmp_path / "bytes"), "stock")
    both = (*signed(locked), "--login-descriptor", "0")
    assert "not both" in locked.refused(*both, "stock")


@pytest.mark.skipif(os.name != "posix", reason="rights of files are told on POSIX")
def test_a_login_file_that_others_can_read_is_told(locked: Terminal) -> None:
    path = Path(signed(locked)[1])
    path.chmod(0o644)
    code, _, err = locked.raw("--login-file", str(path), "check")
    assert code == 0
    assert "Others on this computer can read" in err


def test_init_needs_somebody_or_says_unprotected(terminal: Terminal) -> None:
    assert "--unprotected" in terminal.refused("init", "--clinic", "A")
    weak = signed(terminal, ("Rana", "short"))
    assert "at least 8" in terminal.refused(*weak, "init", "--clinic", "A")
    assert not Path(terminal.database).exists()
    assert terminal.run("init", "--clinic", "A", "--unprotected")["protected"] is False
    assert terminal.run("check")["ok"] is True


def test_the_terminal_is_asked(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = iter([PASSWORD, PASSWORD, PASSWORD, "a", "b"])
    monkeypatch.setattr(logins, "_at_terminal", lambda: True)
    monkeypatch.setattr(logins.getpass, "getpass", lambda asked: next(said))
    monkeypatch.setattr("sys.stdin.readline", lambda: "Rana\n", raising=False)
    code, out, err = terminal.raw("init", "--clinic", "A")
    assert (code, err) == (0, "Name: ")
    code, out, err = terminal.raw("check")
    assert (code, err) == (0, "Name: ")
    assert PASSWORD not in out + err
    other = Terminal(capsys, terminal.database + "2")
    assert "not the same" in other.raw("init", "--clinic", "A")[2]


def test_no_option_takes_a_secret() -> None:
    """A command line is seen by everybody on the computer, and kept in histories."""
    seen = set(options_of(get_command(application([]))))
    spoken = {one for one in seen if any(word in one for word in _SECRET)}
    assert len(spoken) >= 5
    assert [one for one in spoken if not one.endswith(_ELSEWHERE)] == []


_SECRET = ("password", "login", "key", "pin", "secret", "identity", "words")
_ELSEWHERE = ("_file", "_descriptor", "_from_pipe")


def options_of(command: Any) -> Iterator[str]:
    """The names of all options and arguments, of parts of commands too."""
    yield from (str(parameter.name) for parameter in command.params)
    for part in getattr(command, "commands", {}).values():
        yield from options_of(part)


def test_a_change_of_password(locked: Terminal, tmp_path: Path) -> None:
    new = private(tmp_path / "new", NEW + "\n")
    told = locked.run(*signed(locked), "password", "--new-password-file", new)
    assert told == {"person": "Rana Qadir", "password": "changed"}
    locked.refused(*signed(locked), "stock")
    locked.run(*signed(locked, (RANA[0], NEW)), "stock")


def test_the_paper_key_is_printed_and_opens(locked: Terminal, tmp_path: Path) -> None:
    page = tmp_path / "paper.pdf"
    locked.run(*signed(locked), "paper-key", str(page), "--language", "ar", "--second-language",
               "en")  # fmt: skip
    assert page.stat().st_mode & 0o077 == 0
    words = private(tmp_path / "words", scanned(page))
    new = private(tmp_path / "new", NEW)
    told = locked.run("recover", "--name", "rana qadir", "--paper-key-file", words,
                      "--new-password-file", new)  # fmt: skip
    assert told["person"] == "Rana Qadir"
    locked.run(*signed(locked, (RANA[0], NEW)), "stock")
    locked.refused(*signed(locked), "stock")
    wrong = private(tmp_path / "wrong", "abandon abandn")
    assert "Word 2" in locked.refused("recover", "--name", "Rana", "--paper-key-file", wrong,
                                      "--new-password-file", new)  # fmt: skip


def scanned(page: Path) -> str:
    image = pypdfium2.PdfDocument(page)[0].render(scale=2).to_pil()
    (symbol,) = zxingcpp.read_barcodes(image)
    return str(symbol.text)


def test_the_office_recovers(locked: Terminal, tmp_path: Path) -> None:
    office = x25519.Identity.generate()
    locked.run(*signed(locked), "office-key", str(office.to_public()))
    identity = private(tmp_path / "office", str(office))
    new = private(tmp_path / "new", NEW)
    locked.run("recover", "--name", "Rana Qadir", "--office-key-file", identity,
               "--new-password-file", new)  # fmt: skip
    locked.run(*signed(locked, (RANA[0], NEW)), "stock")
    locked.run(*signed(locked, (RANA[0], NEW)), "office-key")
    assert "does not open" in locked.refused(
        "recover", "--name", "Rana Qadir", "--office-key-file", identity,
        "--new-password-file", new,
    )  # fmt: skip


def test_protect_locks_a_plain_file(terminal: Terminal) -> None:
    terminal.run("init", "--unprotected", "--clinic", "A", "--catalogue", "starter")
    done = terminal.run(*signed(terminal), "protect")
    kept = Path(done["old_file_kept"])
    assert kept.exists()
    terminal.refused("stock")
    assert terminal.run(*signed(terminal), "check")["ok"] is True
    assert terminal.run(*signed(terminal), "forget-plain") == {"deleted": [str(kept)]}
    assert not kept.exists()


def test_a_second_person_signs_in_too(locked: Terminal, tmp_path: Path) -> None:
    second = ("--second-login-file", login(tmp_path, SAMI))
    first_line = private(tmp_path / "sami", SAMI[1])
    locked.run(*signed(locked), "people", "add", SAMI[0], "--role", "pharmacist",
               "--password-file", first_line)  # fmt: skip
    page = str(tmp_path / "paper.pdf")
    assert "A second person" in locked.refused(*signed(locked), "paper-key", page)
    wrong = ("--second-login-file", login(tmp_path, (SAMI[0], "guess")))
    assert "wrong" in locked.refused(*signed(locked), *wrong, "paper-key", page)
    assert locked.run(*signed(locked), *second, "paper-key", page)["words"] == 12


def test_neither_arguments_nor_environment_hold_the_password(
    locked: Terminal, tmp_path: Path
) -> None:
    command = [sys.executable, "main.py", "--database", locked.database, "--login-descriptor", "0",
               "check"]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as program:  # fmt: skip
        for place in ("cmdline", "environ"):
            seen = Path(f"/proc/{program.pid}/{place}")
            assert not seen.exists() or PASSWORD.encode() not in seen.read_bytes()
        _, err = program.communicate(f"{RANA[0]}\nguess".encode())
    assert b"guess" not in err
    assert b"Rana" not in err
    assert program.returncode == 1
