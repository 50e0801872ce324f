"""people: the first one, the others, and what each may do from a script."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.command_line.terminal import Terminal

PASSWORDS = {"Layla": "lamp over river", "Omar": "bread on table", "Noor": "stone in garden"}


@pytest.fixture
def logins(tmp_path: Path) -> dict[str, str]:
    """A login file for each, readable by its owner only."""
    found = {}
    for name, password in PASSWORDS.items():
        path = tmp_path / f"{name}.login"
        path.write_text(f"{name}\n{password}\n", encoding="utf-8")
        path.chmod(0o600)
        found[name] = str(path)
    return found


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A file whose first line is a password."""
    path = tmp_path / "secret"
    path.write_text("", encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def put(path: str, text: str) -> str:
    Path(path).write_text(f"{text}\n", encoding="utf-8")
    return path


@pytest.fixture
def staffed(desk: Terminal, logins: dict[str, str], secret: str) -> Terminal:
    """Layla is manager and pharmacist, Omar dispenser, Noor storekeeper."""
    add = ("people", "add", "--password-file", secret)
    put(secret, PASSWORDS["Layla"])
    desk.run(*add, "Layla", "--role", "manager")
    put(secret, PASSWORDS["Omar"])
    desk.run("--login-file", logins["Layla"], *add, "Omar", "--role", "dispenser")
    put(secret, PASSWORDS["Noor"])
    both = ("--login-file", logins["Layla"], "--second-login-file", logins["Omar"])
    desk.run(*both, *add, "Noor", "--role", "storekeeper")
    return desk


def test_without_people_the_list_is_empty_and_nobody_signs_in(desk: Terminal) -> None:
    assert desk.run("people") == []
    assert desk.run("stock")


def test_the_list_says_who_does_what(staffed: Terminal, logins: dict[str, str]) -> None:
    told = staffed.run("--login-file", logins["Omar"], "people")
    assert [(row["name"], row["roles"], row["state"], row["pin"]) for row in told] == [
        ("Layla", ["pharmacist", "manager"], "active", False),
        ("Noor", ["storekeeper"], "active", False),
        ("Omar", ["dispenser"], "active", False),
    ]  # fmt: skip
    code, out, _ = staffed.raw("--login-file", logins["Omar"], "people")
    assert code == 0
    assert "Responsible pharmacist" in out


def test_from_then_on_somebody_has_to_sign_in(staffed: Terminal, logins: dict[str, str]) -> None:
    for command in (("stock",), ("people",), ("receive", "--item", "AMOX", "--quantity", "1")):
        assert "sign in" in staffed.refused(*command)
    login = ("--login-file", logins["Layla"])
    staffed.run(*login, "receive", "--item", "AMOX", "--quantity", "500", "--lot", "A1",
                "--expiry", "2028-06")  # fmt: skip
    staffed.run("--login-file", logins["Omar"], "dispense", "--item", "AMOX", "--quantity", "5")
    said = staffed.refused("--login-file", logins["Noor"], "dispense", "--item", "AMOX",
                           "--quantity", "5")  # fmt: skip
    assert said.startswith("You may not do this: Dispense")
    card = staffed.run(*login, "card", "AMOX")
    assert "Omar" in str(card)


def test_roles_change_with_two(staffed: Terminal, logins: dict[str, str]) -> None:
    change = ("people", "role", "Omar", "dispenser", "storekeeper")
    first = ("--login-file", logins["Layla"])
    said = staffed.refused(*first, *change)
    assert said == (
        "A second person has to confirm this: Add people and change their roles. "
        "Give the name and password of the second person with --second-login-file."
    )
    concerned = ("--second-login-file", logins["Omar"])
    assert "second person" in staffed.refused(*first, *concerned, *change)
    told = staffed.run(*first, "--second-login-file", logins["Noor"], *change)
    assert told["roles"] == ["dispenser", "storekeeper"]


def test_somebody_leaves_and_comes_back(
    staffed: Terminal, logins: dict[str, str], secret: str
) -> None:
    both = ("--login-file", logins["Layla"], "--second-login-file", logins["Noor"])
    assert staffed.run(*both, "people", "retire", "Omar")["state"] == "left"
    assert "wrong" in staffed.refused("--login-file", logins["Omar"], "stock")
    put(secret, PASSWORDS["Omar"])
    back = ("people", "back", "omar", "--role", "dispenser", "--password-file", secret)
    assert staffed.run(*both, *back)["state"] == "active"
    assert staffed.run("--login-file", logins["Omar"], "people")


def test_own_password_and_pin(staffed: Terminal, logins: dict[str, str], secret: str) -> None:
    login = ("--login-file", logins["Omar"])
    assert staffed.run(*login, "people", "pin", "--pin-file", put(secret, "482907"))["pin"]
    assert "easy to guess" in staffed.refused(*login, "people", "pin", "--pin-file",
                                              put(secret, "111111"))  # fmt: skip
    put(secret, "a whole new one")
    staffed.run(*login, "people", "password", "--new-password-file", secret)
    assert "wrong" in staffed.refused(*login, "people")
    Path(logins["Omar"]).write_text("omar\na whole new one\n", encoding="utf-8")
    assert staffed.run(*login, "people")


def test_when_a_second_person_is_asked(staffed: Terminal, logins: dict[str, str]) -> None:
    login = ("--login-file", logins["Layla"])
    assert staffed.run(*login, "people", "second") == {
        "percent": 10, "packs": 1, "dispensing": False}  # fmt: skip
    change = ("people", "second", "--percent", "25", "--dispensing")
    assert "second person" in staffed.refused(*login, *change)
    both = (*login, "--second-login-file", logins["Omar"])
    assert staffed.run(*both, *change) == {"percent": 25, "packs": 1, "dispensing": True}


def test_no_secret_is_ever_an_argument_or_an_answer(
    staffed: Terminal, logins: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "Nobody can be asked here" in staffed.refused(
        "--login-file", logins["Layla"], "people", "add", "New", "--role", "auditor")  # fmt: skip
    code, out, err = staffed.raw("people", "add", "--help")
    assert code == 0
    assert "--password " not in out + err
    told = str(staffed.run("--login-file", logins["Layla"], "people"))
    assert "argon2" not in told


def test_a_role_or_a_person_that_is_not_there(staffed: Terminal, logins: dict[str, str]) -> None:
    login = ("--login-file", logins["Layla"])
    assert "nobody called Ghost" in staffed.refused(*login, "people", "role", "Ghost", "auditor")
    assert "boss" in staffed.refused(*login, "people", "role", "Omar", "boss", code=2)
