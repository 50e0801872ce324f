"""Who does something, where and when: given to every use case, never looked up inside one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stamp:
    """The circumstances of one act.

    `request` is made before the transaction: the same act sent twice carries the same one.
    `now` is milliseconds UTC as the clock says; the clock orders nothing. `second` is the
    person who confirmed it beside the user; empty when nobody was asked.
    """

    clinic_id: int
    user: str
    today: date
    now: int
    request: str
    second: str = ""
