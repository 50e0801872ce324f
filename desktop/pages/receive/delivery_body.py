"""A delivery as JSON, and back: what is kept is checked again, an odd part is left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.parts import Expected, Line, Paper, Rest
from desktop.pages.receive.steps import Act, Step
from inventory.domain.expiry import Expiry
from inventory.domain.order_symbol import OrderLine, OrderSymbol
from inventory.domain.quantity import MAX_QUANTITY
from inventory.domain.sentence import Refused


def to_body(delivery: Delivery) -> dict[str, Any]:
    """Everything of a delivery, as JSON can hold it."""
    return {
        "request": delivery.request,
        "lines": [_line_body(line) for line in delivery.lines],
        "rest": _rest_body(delivery.rest),
        "at": delivery.at,
        "steps": [
            {
                "act": str(step.act), "mark": step.mark, "item_id": step.item_id,
                "code": step.code, "at": step.at,
                "lines": [[key, line and _line_body(line)] for key, line in step.lines],
                "rest": None if step.rest is None else _rest_body(step.rest),
            }
            for step in delivery.steps
        ],
    }  # fmt: skip


def from_body(body: object, request: str) -> Delivery:
    """The delivery that was kept; `request` is used when it had none."""
    found = body if isinstance(body, Mapping) else {}
    lines = [_line(row) for row in _rows(found.get("lines"))]
    kept = {line.key: line for line in lines if line.key and line.came}
    delivery = Delivery(
        _text(found.get("request")) or request,
        tuple(kept[key] for key in sorted(kept)),
        _rest(found.get("rest")),
        steps=tuple(_steps(found.get("steps"))),
    )
    at = found.get("at")
    return delivery.go(at if isinstance(at, int) else 0)


def _line_body(line: Line) -> dict[str, Any]:
    """Without what says nothing: a delivery of hundreds of lines is kept at every scan."""
    whole = {
        "key": line.key, "item_id": line.item_id, "code": line.code, "lot": line.lot,
        "expiry": line.expiry.iso if line.expiry else "",
        "made_on": line.made_on.isoformat() if line.made_on else "",
        "came": line.came, "size": line.size, "damaged": line.damaged, "reason": line.reason,
        "place_id": line.place_id or 0, "settled": int(line.settled),
        "serials": list(line.serials), "at": line.at,
    }  # fmt: skip
    return {name: value for name, value in whole.items() if value}


def _line(row: Mapping[str, Any]) -> Line:
    came = _whole(row.get("came"))
    return Line(
        key=_whole(row.get("key")),
        item_id=_whole(row.get("item_id")),
        code=_text(row.get("code")),
        lot=_text(row.get("lot")),
        expiry=_expiry(row.get("expiry")),
        made_on=_day(row.get("made_on")),
        came=came,
        size=max(1, _whole(row.get("size"))),
        damaged=min(came, _whole(row.get("damaged"))),
        reason=_text(row.get("reason")),
        place_id=_whole(row.get("place_id")) or None,
        settled=bool(_whole(row.get("settled"))),
        serials=tuple(_texts(row.get("serials"))),
        at=max(0, row["at"]) if isinstance(row.get("at"), int) else 0,
    )


def _rest_body(rest: Rest) -> dict[str, Any]:
    paper = rest.paper
    return {
        "paper": {
            "supplier": paper.supplier, "waybill": paper.waybill, "source": paper.source,
            "note": paper.note, "order_id": paper.order_id, "order": paper.order,
            "place_id": paper.place_id,
        },
        "expected": [[one.item_id, one.quantity, one.size] for one in rest.expected],
        "ended": sorted(rest.ended),
        "symbols": [_symbol_body(one) for one in rest.symbols],
    }  # fmt: skip


def _rest(found: object) -> Rest:
    body = found if isinstance(found, Mapping) else {}
    paper = body.get("paper")
    fields = paper if isinstance(paper, Mapping) else {}
    words = {
        name: _text(fields.get(name)) for name in ("supplier", "waybill", "source", "note", "order")
    }
    ended = body.get("ended")
    return Rest(
        Paper(
            **words,
            order_id=_whole(fields.get("order_id")) or None,
            place_id=_whole(fields.get("place_id")) or None,
        ),
        tuple(_expected(body.get("expected"))),
        frozenset(filter(None, map(_whole, ended if isinstance(ended, list) else ()))),
        tuple(_symbols(body.get("symbols"))),
    )


def _symbol_body(one: OrderSymbol) -> dict[str, Any]:
    return {
        "number": one.number, "clinic": one.clinic, "day": one.day.isoformat(),
        "part": one.part, "parts": one.parts, "whole": one.whole,
        "lines": [[line.code, line.quantity] for line in one.lines],
    }  # fmt: skip


def _symbols(found: object) -> list[OrderSymbol]:
    read = []
    for row in _rows(found):
        day = _day(row.get("day"))
        pairs = row.get("lines")
        lines = tuple(
            OrderLine(_text(pair[0]), _whole(pair[1]))
            for pair in (pairs if isinstance(pairs, list) else ())
            if isinstance(pair, list) and len(pair) == 2
        )
        if day is not None:
            read.append(
                OrderSymbol(
                    _text(row.get("number")), _text(row.get("clinic")), day,
                    _whole(row.get("part")), _whole(row.get("parts")), lines,
                    _text(row.get("whole")),
                )
            )  # fmt: skip
    return read


def _expected(found: object) -> list[Expected]:
    rows = found if isinstance(found, list) else []
    read = [
        Expected(*map(_whole, row)) for row in rows if isinstance(row, list) and len(row) == 3
    ]
    return [one for one in read if one.item_id and one.quantity and one.size]


def _steps(found: object) -> list[Step]:
    acts = {str(act) for act in Act}
    return [
        Step(
            Act(row["act"]),
            _text(row.get("mark")),
            _whole(row.get("item_id")),
            _text(row.get("code")),
            tuple(_step_lines(row.get("lines"))),
            None if row.get("rest") is None else _rest(row.get("rest")),
            row["at"] if isinstance(row.get("at"), int) else 0,
        )
        for row in _rows(found)
        if row.get("act") in acts
    ]


def _step_lines(found: object) -> list[tuple[int, Line | None]]:
    pairs = found if isinstance(found, list) else []
    return [
        (_whole(pair[0]), _line(pair[1]) if isinstance(pair[1], Mapping) else None)
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and _whole(pair[0])
    ]


def _rows(found: object) -> list[Mapping[str, Any]]:
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def _whole(found: object) -> int:
    if isinstance(found, bool) or not isinstance(found, int):
        return 0
    return max(0, min(found, MAX_QUANTITY))


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


def _texts(found: object) -> list[str]:
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _expiry(found: object) -> Expiry | None:
    try:
        return Expiry.from_iso(found) if isinstance(found, str) and found else None
    except Refused:
        return None


def _day(found: object) -> date | None:
    try:
        return date.fromisoformat(found) if isinstance(found, str) and found else None
    except ValueError:
        return None
