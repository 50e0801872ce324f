"""When a backup is due, when a proof is, and how old the last ones are in words."""

from __future__ import annotations

from dataclasses import dataclass

from inventory.domain.ages import DAY, HOUR, age
from inventory.domain.sentence import Sentence, sentence
from inventory.storage.backup_state import BackupState

EVERY = HOUR
AT_LEAST = 20 * HOUR
"""So often one is made even when nothing was done."""
PROVE_EVERY = 7 * DAY
TRY_AGAIN = 10 * 60_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due now. A clock that was set back makes a backup due, never late."""

    backup: bool
    proof: bool


def due(state: BackupState, now: int, *, worked: bool, closing: bool = False) -> Plan:
    """`worked`: something was written since the last backup; `closing`: work ends now."""
    old = now - state.last_at
    back = old < 0
    waits = not back and 0 <= now - state.failed_at < TRY_AGAIN and not closing
    backup = back or old >= AT_LEAST or (worked and (closing or old >= EVERY))
    return Plan(backup and not waits, proof_is_due(state, now) and not closing)


def proof_is_due(state: BackupState, now: int) -> bool:
    """A week has passed, or the clock was set back; never before the first backup."""
    return state.last_at > 0 and not 0 <= now - state.proven_at < PROVE_EVERY


def told(state: BackupState, now: int) -> Sentence:
    """How old the last backup is, in words."""
    if not state.last_at:
        return sentence("No backup was made yet.")
    return sentence("Last backup: {age}.", age=age(now - state.last_at))


def proof_told(state: BackupState, now: int) -> Sentence:
    """When the last one was proven."""
    if not state.proven_at:
        return sentence("No backup was opened yet to prove that it can be restored.")
    return sentence("A backup was restored to prove it {age}.", age=age(now - state.proven_at))
