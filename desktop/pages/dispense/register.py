"""What was typed about the visit, made into the register's fields; every field may stay empty."""

from __future__ import annotations

from collections.abc import Mapping

from inventory.domain.quantity import parse_quantity
from inventory.domain.sentence import Refused, Sentence
from inventory.domain.visit import Visit

CODES = ("number", "prescriber", "prescription")
CHOICES = ("sex", "age_band", "status", "payer")
DAYS = "days"


def visit_of(fields: Mapping[str, str]) -> Visit:
    """The visit as the register keeps it. Raises Refused with what is wrong."""
    return Visit(
        number=fields.get("number", "").strip(),
        sex=fields.get("sex") or None,
        age_band=fields.get("age_band") or None,
        status=fields.get("status") or None,
        prescriber=fields.get("prescriber", "").strip(),
        prescription=fields.get("prescription", "").strip(),
        days=_days(fields),
        payer=fields.get("payer") or None,
    )


def course_days(fields: Mapping[str, str]) -> int:
    """How long the treatment lasts; 0 while that is not known or cannot be read."""
    try:
        return Visit(days=_days(fields)).days or 0
    except Refused:
        return 0


def faults(fields: Mapping[str, str]) -> dict[str, Sentence]:
    """What is wrong, by field; one wrong field does not hide another."""
    found: dict[str, Sentence] = {}
    for name in (*CODES, *CHOICES, DAYS):
        try:
            visit_of({name: fields.get(name, "")})
        except Refused as refused:
            found[name] = refused.sentence
    return found


def _days(fields: Mapping[str, str]) -> int | None:
    typed = fields.get(DAYS, "").strip()
    return parse_quantity(typed) if typed else None
