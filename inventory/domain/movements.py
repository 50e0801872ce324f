"""What a movement is: its sign, whether it is consumption, and where a form shows it.

Closing = opening + received - consumed + adjusted holds for usable stock of every item and
period, so forms count movements of usable stock only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.sentence import N_


class MovementKind(StrEnum):
    OPENING = "opening"
    RECEIPT = "receipt"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    ISSUE_OUT = "issue_out"
    ISSUE_IN = "issue_in"
    DISPENSE = "dispense"
    USE = "use"
    RETURN_INTERNAL = "return_internal"
    LOSS = "loss"
    ADJUST_UP = "adjust_up"
    ADJUST_DOWN = "adjust_down"
    STATUS_OUT = "status_out"
    STATUS_IN = "status_in"
    DISPOSE = "dispose"
    REVERSAL = "reversal"


class Column(StrEnum):
    """The column of the reorder form. NONE: in the opening balance, or only moved within."""

    RECEIVED = "received"
    CONSUMED = "consumed"
    ADJUSTED = "adjusted"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MovementTraits:
    """`sign` is +1 or -1, or 0 for a reversal.

    A reversal has the opposite sign, the consumption and the column of the movement it reverses,
    so that the two net to nothing.
    """

    name: str
    sign: int
    consumption: bool
    column: Column


M = MovementKind

MOVEMENTS: Mapping[MovementKind, MovementTraits] = MappingProxyType(
    {
        M.OPENING: MovementTraits(N_("Opening stock"), 1, False, Column.NONE),
        M.RECEIPT: MovementTraits(N_("Received"), 1, False, Column.RECEIVED),
        M.TRANSFER_IN: MovementTraits(N_("Transferred in"), 1, False, Column.RECEIVED),
        M.TRANSFER_OUT: MovementTraits(N_("Transferred out"), -1, False, Column.ADJUSTED),
        M.ISSUE_OUT: MovementTraits(N_("Moved to another place"), -1, False, Column.NONE),
        M.ISSUE_IN: MovementTraits(N_("Moved from another place"), 1, False, Column.NONE),
        M.DISPENSE: MovementTraits(N_("Dispensed"), -1, True, Column.CONSUMED),
        M.USE: MovementTraits(N_("Used in the clinic"), -1, True, Column.CONSUMED),
        M.RETURN_INTERNAL: MovementTraits(N_("Returned unopened"), 1, False, Column.ADJUSTED),
        M.LOSS: MovementTraits(N_("Lost"), -1, False, Column.ADJUSTED),
        M.ADJUST_UP: MovementTraits(N_("Corrected upwards"), 1, False, Column.ADJUSTED),
        M.ADJUST_DOWN: MovementTraits(N_("Corrected downwards"), -1, False, Column.ADJUSTED),
        M.STATUS_OUT: MovementTraits(N_("Status changed from"), -1, False, Column.ADJUSTED),
        M.STATUS_IN: MovementTraits(N_("Status changed to"), 1, False, Column.ADJUSTED),
        M.DISPOSE: MovementTraits(N_("Disposed of"), -1, False, Column.ADJUSTED),
        M.REVERSAL: MovementTraits(N_("Reversed"), 0, False, Column.NONE),
    }
)
