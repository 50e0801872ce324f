"""Backups are made every hour and at the end of work, proofs every week."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.domain.ages import DAY, HOUR
from inventory.services.backup_plan import TRY_AGAIN, due, proof_told, told
from inventory.storage.backup_state import BackupState, change_state, read_state

NOW = 1_800_000_000_000


@pytest.mark.parametrize(
    ("age", "worked", "closing", "expected"),
    [
        (HOUR, True, False, True), (HOUR - 1, True, False, False), (HOUR, False, False, False),
        (60_000, True, True, True), (60_000, False, True, False), (20 * HOUR, False, False, True),
        (-HOUR, False, False, True), (NOW, False, False, True),
    ],
)  # fmt: skip
def test_when_a_backup_is_due(age: int, worked: bool, closing: bool, expected: bool) -> None:
    state = BackupState(last_at=NOW - age, proven_at=NOW)
    assert due(state, NOW, worked=worked, closing=closing).backup is expected


def test_after_a_failure_it_waits_a_little() -> None:
    state = BackupState(last_at=NOW - DAY, failed_at=NOW - 1)
    assert not due(state, NOW, worked=True).backup
    assert due(state, NOW, worked=True, closing=True).backup
    assert due(state, NOW + TRY_AGAIN, worked=True).backup


@pytest.mark.parametrize(
    ("proven", "last", "expected"),
    [(0, 0, False), (0, NOW, True), (NOW - 7 * DAY, NOW, True), (NOW - 6 * DAY, NOW, False),
     (NOW + DAY, NOW, True)],
)  # fmt: skip
def test_when_a_proof_is_due(proven: int, last: int, expected: bool) -> None:
    assert due(BackupState(last_at=last, proven_at=proven), NOW, worked=False).proof is expected


def test_the_age_is_always_said_in_words() -> None:
    assert str(told(BackupState(), NOW)) == "No backup was made yet."
    assert str(told(BackupState(last_at=NOW - 3 * HOUR), NOW)) == "Last backup: 3 hours ago."
    assert "7 days ago" in str(proof_told(BackupState(proven_at=NOW - 7 * DAY), NOW))


def test_what_is_remembered_is_read_strictly(tmp_path: Path) -> None:
    folder = tmp_path
    change_state("0a1b2c3d", folder, last_at=5, last_size=7)
    assert read_state("0a1b2c3d", folder) == BackupState(last_at=5, last_size=7)
    file = folder / "backups-0a1b2c3d.json"
    for damage in (b"", b"[]", b"{", b'{"last_at": 1}', b"[" * 5000,
                   file.read_bytes().replace(b"5", b'"5"'), file.read_bytes().replace(b"5", b"-5"),
                   file.read_bytes().replace(b'""', b'"../x"')):  # fmt: skip
        file.write_bytes(damage)
        assert read_state("0a1b2c3d", folder) == BackupState()
