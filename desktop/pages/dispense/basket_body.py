"""A basket as JSON, and back: what is kept is checked again, an odd part is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from desktop.pages.dispense.basket import Act, Basket, Line, Step
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.reasons import Context, reasons_for


def to_body(basket: Basket, run: str) -> dict[str, Any]:
    """`run` names the running of the program that wrote it."""
    return {
        "run": run,
        "request": basket.request,
        "lines": [asdict(line) for line in basket.lines],
        "visit": dict(basket.visit),
        "at": basket.at,
        "emergency": basket.emergency,
        "steps": [
            {
                "act": str(step.act),
                "mark": step.mark,
                "item_id": step.item_id,
                "lines": [asdict(line) for line in step.lines],
                "visit": dict(step.visit),
                "at": step.at,
                "emergency": step.emergency,
            }
            for step in basket.steps
        ],
    }


def from_body(body: object, request: str) -> Basket:
    """The basket that was kept; `request` is used when it had none."""
    found = body if isinstance(body, Mapping) else {}
    kept = found.get("request")
    basket = Basket(
        kept if isinstance(kept, str) and kept else request,
        _lines(found.get("lines")),
        _visit(found.get("visit")),
        steps=tuple(_steps(found.get("steps"))),
        emergency=_emergency(found.get("emergency")),
    )
    return basket.go(_whole(found.get("at")))


def _lines(found: object) -> tuple[Line, ...]:
    rows = found if isinstance(found, list) else []
    lines = [_line(row) for row in rows if isinstance(row, Mapping) and _whole(row.get("item_id"))]
    return tuple({line.item_id: line for line in lines}.values())


def _line(row: Mapping[str, Any]) -> Line:
    lot = _id(row.get("lot_id"))
    reason = _text(row.get("reason"))
    chosen = lot is not None and bool(reason)
    return Line(
        item_id=_whole(row.get("item_id")),
        quantity=_whole(row.get("quantity")),
        typed=_text(row.get("typed")),
        lot_id=lot if chosen else None,
        reason=reason if chosen else "",
        scanned=_id(row.get("scanned")),
        instead_of=_id(row.get("instead_of")),
    )


def _visit(found: object) -> dict[str, str]:
    fields = found if isinstance(found, Mapping) else {}
    return {str(name): text for name, text in fields.items() if isinstance(text, str)}


def _steps(found: object) -> list[Step]:
    rows = found if isinstance(found, list) else []
    acts = {str(act) for act in Act}
    return [
        Step(
            Act(row["act"]),
            _text(row.get("mark")),
            _whole(row.get("item_id")),
            _lines(row.get("lines")),
            _visit(row.get("visit")),
            _whole(row.get("at")),
            _emergency(row.get("emergency")),
        )
        for row in rows
        if isinstance(row, Mapping) and row.get("act") in acts
    ]


def _emergency(found: object) -> str:
    """Only a reason that is still among those of an emergency."""
    return next((r.code for r in reasons_for(Context.EMERGENCY) if r.code == found), "")


def _whole(found: object) -> int:
    if isinstance(found, bool) or not isinstance(found, int):
        return 0
    return max(0, min(found, MAX_QUANTITY))


def _id(found: object) -> int | None:
    return _whole(found) or None


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""
