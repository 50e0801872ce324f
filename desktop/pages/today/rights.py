"""What somebody needs to do the things of Do first, and what who has it not sees instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from desktop.desk import Desk
from desktop.pages.today.wording import Line
from desktop.rights import may_any
from inventory.domain.roles import Permission as P
from inventory.queries.do_first import Task, TaskKind

# What is not named here is only looked at.
_NEEDS: Mapping[TaskKind, tuple[P, ...]] = MappingProxyType(
    {
        TaskKind.EXPIRED: (P.HOLD,),
        TaskKind.RECALLED: (P.HOLD,),
        TaskKind.FIRST_DELIVERY: (P.RECEIVE,),
        TaskKind.FIRST_IMPORT: (P.KEEP_ITEMS, P.OPEN_STOCK),
        TaskKind.ORDER_DUE: (P.ORDER,),
    }
)
_UNFINISHED: Mapping[str, tuple[P, ...]] = MappingProxyType(
    {"receive": (P.RECEIVE,), "dispense": (P.DISPENSE,)}
)


def seen_by(desk: Desk, task: Task) -> bool:
    """Emergency issues are looked at by those who read the security log."""
    return task.kind is not TaskKind.EMERGENCY or desk.may(P.SEE_SECURITY)


def for_person(desk: Desk, task: Task, line: Line) -> Line:
    """The line, without its act for who cannot do it."""
    needs = _NEEDS.get(task.kind, ())
    if task.draft is not None:
        needs = _UNFINISHED.get(task.draft.kind, ())
    return line if may_any(desk, *needs) else replace(line, act="")
