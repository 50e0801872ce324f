"""serve-setup, connect and move, as the person who sets up the server types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inventory.command_line import main
from inventory.storage import locations
from tests.postgres import Postgres
from tests.ready_clinic import ReadyClinic
from tests.serving.conftest import LAN
from tests.storage.test_opening import address_of

NAME = "typed"


class Typist:
    """Types a command and reads what is printed."""

    def __init__(self, capture: pytest.CaptureFixture[str], database: str = "") -> None:
        self.capture, self.database = capture, database

    def run(self, *command: str) -> Any:
        code, out, err = self.raw(*command)
        assert code == 0, err
        return json.loads(out)

    def raw(self, *command: str) -> tuple[int, str, str]:
        self.capture.readouterr()
        given = ["--database", self.database] if self.database else []
        code = main(["--json", *given, "--today", "2026-11-22", *command])
        printed = self.capture.readouterr()
        return code, printed.out, printed.err


def test_from_a_laptop_to_a_server_with_a_desk_and_back(
    file_clinic: ReadyClinic, postgres: Postgres, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(locations, "data_folder", lambda: tmp_path)
    monkeypatch.setattr("inventory.command_line.serving.data_folder", lambda: tmp_path)
    file_clinic.receive("AMOX", 100, "A1")
    laptop = Typist(capsys, address_of(file_clinic.database))
    folder = tmp_path / "keys"
    setup = (
        "serve-setup", "--server", postgres.administrator, "--host", "localhost", "--lan", LAN,
        "--name", NAME, "--folder", str(folder), "--desk", "counter",
    )  # fmt: skip
    try:
        made = laptop.run(*setup)
        assert laptop.run(*setup)["changed"] == []
        capsys.readouterr()
        assert main([*setup, "--new-files"]) == 0
        printed = capsys.readouterr()
        assert "\n    hostssl typed +typed_program 192.168.1.0/24 scram-sha-256\n" in printed.out
        assert "shown only once" in printed.err
        made = laptop.run(*setup, "--new-files")
        moved = laptop.run("move", "--server", postgres.administrator, "--name", NAME)
        assert moved["place"].startswith(f"{NAME} @ ")
        code, _, err = laptop.raw("dispense", "--item", "AMOX", "--quantity", "1")
        assert (code, f"moved to {moved['place']}" in err) == (1, True)
        (file,) = made["files"]
        words = tmp_path / "words"
        words.write_text(file["words"])
        words.chmod(0o600)
        code, _, err = laptop.raw("connect", file["file"], "--words-file", str(words))
        assert (code, "does not answer" in err) == (1, True), err
        back = Typist(capsys, postgres.administrator.replace("/postgres?", f"/{NAME}?"))
        assert back.run("check") == {"ok": True, "problems": []}
        back.run("dispense", "--item", "AMOX", "--quantity", "1")
        back.run("move", str(tmp_path / "back.db"))
        again = Typist(capsys, str(tmp_path / "back.db"))
        assert again.run("check") == {"ok": True, "problems": []}
        (row,) = again.run("stock", "--item", "AMOX")
        assert 99 in row.values()
        assert again.run("serve-setup", "--server", postgres.administrator, "--name", NAME,
                         "--folder", str(folder), "--shut-out", "counter")["shut_out"]  # fmt: skip
    finally:
        postgres.forget(NAME)


def test_a_password_is_never_written_into_an_address(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = Typist(capsys).raw(
        "serve-setup", "--server", "postgresql://postgres:geheim@localhost/postgres",
        "--host", "localhost", "--lan", LAN, "--folder", str(tmp_path),
    )  # fmt: skip
    assert (code, out) == (1, "")
    assert "geheim" not in err
    assert "--server-password-file" in err


@pytest.mark.parametrize("command", [("move",), ("move", "a.db", "--server", "x")])
def test_a_move_needs_one_place(
    file_clinic: ReadyClinic, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    code, _, err = Typist(capsys, address_of(file_clinic.database)).raw(*command)
    assert (code, "Name a new file" in err) == (1, True)
