"""At every start the file is looked over; what a whole check finds has its trouble."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.services.checking import check
from inventory.services.soundness import look_over, trouble_of
from inventory.storage.opening import open_database
from tests.hostile.flips import KEY, worked
from tests.hostile.spoiling import flipped
from tests.house.tree import ROOT
from tests.ready_clinic import ReadyClinic
from tests.services.tampering import tamper


@pytest.fixture
def busy(clinic: ReadyClinic) -> ReadyClinic:
    clinic.receive(quantity=100)
    for _ in range(3):
        clinic.dispense(quantity=1)
    return clinic


def test_a_sound_file_has_no_trouble(busy: ReadyClinic) -> None:
    assert look_over(busy.database) is None
    assert trouble_of(busy.ask(check)) is None


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM movement WHERE seq = 4",
        "UPDATE stream SET last_seq = 3",
        "UPDATE movement SET previous_hash = hash WHERE seq = 3",
    ],
)
def test_an_end_that_was_cut_or_changed_is_seen_at_once(busy: ReadyClinic, harm: str) -> None:
    tamper(busy.database, harm)
    assert look_over(busy.database) is Trouble.LEDGER_DAMAGED
    assert trouble_of(busy.ask(check)) is Trouble.LEDGER_DAMAGED


def test_stale_totals_are_told_apart_from_damage(busy: ReadyClinic) -> None:
    with busy.database.write() as connection:
        connection.execute(text("UPDATE stock SET quantity = quantity + 1"))
    assert look_over(busy.database) is None
    assert trouble_of(busy.ask(check)) is Trouble.FIGURES_DAMAGED


def test_flipped_bits_of_a_locked_file_are_seen_at_the_start(tmp_path: Path) -> None:
    with worked(tmp_path, KEY):
        pass
    path, chance = tmp_path / "amana.db", Random(3)
    content = path.read_bytes()
    for _ in range(15):
        path.write_bytes(flipped(content, chance.randrange(len(content) * 8)))
        assert _trouble_at_start(path) in (Trouble.DAMAGED, Trouble.WRONG_KEY)


def _trouble_at_start(path: Path) -> Trouble | None:
    try:
        database = open_database(path, key=KEY)
    except Refused as refusal:
        return refusal.trouble
    try:
        return look_over(database)
    finally:
        database.close()


def test_the_look_at_the_start_loads_no_sqlalchemy(tmp_path: Path) -> None:
    with worked(tmp_path, None, 1):
        pass
    code = (
        "import sys; from inventory.storage.database import connect; "
        "from inventory.services.soundness import look_over; "
        f"assert look_over(connect({str(tmp_path / 'amana.db')!r})) is None; "
        "assert 'sqlalchemy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
