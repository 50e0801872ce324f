"""What was taken out in an emergency: for the pharmacist to look at, and to put on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from inventory.domain.reasons import Context, reasons_for
from inventory.storage.statement import Statement
from inventory.storage.types import day_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

_CODES = ", ".join(f"'{why.code}'" for why in reasons_for(Context.EMERGENCY))
_ISSUES = Statement(f"""
SELECT d.id, d.number, d."user", d.happened_on, d.recorded_at, d.reason,
  COALESCE(r.number, ''), i.code, -m.quantity
FROM document d JOIN movement m ON m.document_id = d.id JOIN item i ON i.id = m.item_id
LEFT JOIN document r ON r.reverses_id = d.id
WHERE d.clinic_id = :clinic AND d.kind = 'dispense' AND d.happened_on >= :since
  AND d.reason IN ({_CODES})
ORDER BY d.id DESC, m.seq
""")


@dataclass(frozen=True, slots=True)
class EmergencyIssue:
    """One document: who, when, why, and what went out (item code, smallest units).

    `reversed_by` is the number of the document that took it back, else empty.
    """

    document: str
    user: str
    happened_on: date
    recorded_at: int
    reason: str
    reversed_by: str
    items: tuple[tuple[str, int], ...]


def emergency_issues(connection: Connection, clinic_id: int, since: date) -> list[EmergencyIssue]:
    """Every emergency issue of that day and later, newest first."""
    rows = _ISSUES.rows(connection, {"clinic": clinic_id, "since": since.isoformat()})
    return [_issue(list(lines)) for _, lines in groupby(rows, key=itemgetter(0))]


def _issue(lines: list[tuple[int, str, str, str, int, str, str, str, int]]) -> EmergencyIssue:
    _, number, user, day, at, reason, taken_back, _, _ = lines[0]
    total: dict[str, int] = {}
    for line in lines:
        total[line[7]] = total.get(line[7], 0) + line[8]
    return EmergencyIssue(number, user, day_of(day), at, reason, taken_back, tuple(total.items()))
