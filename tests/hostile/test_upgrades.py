"""An upgrade that is killed anywhere leaves a file that is wholly old or wholly new."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage import upgrading
from inventory.storage.opening import KNOWN, open_database
from tests.hostile import upgrades


@pytest.mark.parametrize("key", [None, upgrades.KEY], ids=["plain", "locked"])
def test_a_kill_at_any_step_leaves_a_sound_file(key: bytes | None) -> None:
    steps, found = upgrades.kill_everywhere(key, most=2)
    assert steps > 20
    assert set(found) <= set(KNOWN)


def test_a_failed_upgrade_tells_that_nothing_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = upgrades.old_file(tmp_path, None)
    monkeypatch.setattr(upgrading, "_same", lambda *_: False)
    with pytest.raises(Refused) as refusal:
        open_database(path)
    assert refusal.value.trouble is Trouble.UPGRADE_FAILED


def test_an_older_program_refuses_a_newer_file(tmp_path: Path) -> None:
    path = upgrades.old_file(tmp_path, upgrades.KEY)
    database = open_database(path, key=upgrades.KEY)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    before = path.read_bytes()
    with pytest.raises(Refused, match="newer Amana") as refusal:
        open_database(path, key=upgrades.KEY)
    assert refusal.value.trouble is Trouble.NEWER
    assert path.read_bytes() == before
