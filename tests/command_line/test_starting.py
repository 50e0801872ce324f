"""Starting a command loads what it needs and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inventory.storage.opening import create_database
from tests.house.tree import ROOT
from tests.ready_clinic import furnish

_REPORT = """
import json, sys
from main import main
code = main(sys.argv[1:])
print(json.dumps({"code": code, "loaded": sorted({name.split(".")[0] for name in sys.modules})}))
"""
HEAVY = {"PySide6", "desktop", "qtawesome", "reportlab", "alembic", "uharfbuzz", "fpdf", "PIL",
         "openpyxl", "xlsxwriter", "pypdfium2", "zxingcpp", "barcode", "psycopg",
         "rapidfuzz"}  # fmt: skip


@pytest.fixture
def address(tmp_path: Path) -> str:
    path = str(tmp_path / "amana.db")
    database = create_database(path)
    furnish(database)
    database.close()
    return path


@pytest.mark.parametrize(
    "command",
    ["stock", "amc AMOX", "card AMOX", "scan 4006381333931", "order", "check", "clinics",
     "items list", "receive --item DIES --quantity 5", "clinics add Second"],
)  # fmt: skip
def test_a_command_loads_nothing_heavy(address: str, command: str) -> None:
    options = ["--database", address, "--today", "2026-11-22", "--json"]
    run = [sys.executable, "-c", _REPORT, *options, *command.split()]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["code"] == 0, done.stderr
    assert HEAVY & set(told["loaded"]) == set()


def main_py(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "main.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_day_of_work(tmp_path: Path) -> None:
    options = ("--database", str(tmp_path / "amana.db"), "--json")
    first = main_py(*options, "--today", "2026-11-22", "init", "--unprotected",
                    "--clinic", "Al-Zuhoor", "--catalogue", "starter")  # fmt: skip
    assert first.returncode == 0, first.stderr
    code = "PARA500T"
    given = ("--item", code, "--quantity", "50")
    for command in (
        ("receive", *given, "--lot", "A1", "--expiry", "2028-06"),
        ("dispense", *given),
    ):
        done = main_py(*options, "--today", "2026-11-22", *command)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["lines"][0]["quantity"] == 50
    refused = main_py(*options, "--today", "2026-11-22", "dispense", *given)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    assert main_py(*options, "dispense", "--item", code).returncode == 2


def test_bytes_that_are_no_text_are_refused(address: str) -> None:
    command = [sys.executable, "main.py", "--database", address, "card", b"\xff\xfe"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"cannot be printed" in done.stderr


def test_a_reader_that_goes_away_is_no_fault(address: str) -> None:
    line = f"'{sys.executable}' main.py --database '{address}' items list | true"
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
