"""Why someone did something out of the ordinary: a closed list, so that reports can add it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.sentence import N_, Refused

SHOWN = 6


class Context(StrEnum):
    """Where a reason is asked, or given because nobody can be asked."""

    OTHER_BATCH = "dispense_other_batch"
    DISPENSE_REVERSE = "dispense_reverse"
    REVERSE = "reverse"
    SHORT_DATED = "receive_short_dated"
    SHORT_DATED_UNASKED = "receive_short_dated_unasked"
    RECEIVE_DAMAGED = "receive_damaged"
    ORDER_CHANGE = "order_change"
    LOSS = "loss"
    ADJUST = "adjust"
    COUNT = "count"
    HOLD = "hold"
    RELEASE = "release"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Reason:
    """`sign`: the change of stock it may explain, -1, +1, or 0 for either or none.

    `wastage`: counts in the wastage rate. `two_people`: needs a second name.
    """

    code: str
    name: str
    sign: int
    wastage: bool
    two_people: bool
    uses: frozenset[Context]


def _row(
    code: str, name: str, *uses: Context, sign: int = 0, wastage: bool = False, two: bool = False
) -> Reason:
    return Reason(code, name, sign, wastage, two, frozenset(uses))


C = Context
_BACK = (C.DISPENSE_REVERSE, C.REVERSE)

# In the order they are offered.
_ROWS = (
    _row("EXPIRED", N_("Expired"), C.LOSS, sign=-1, wastage=True),
    _row("DAMAGED_STORE", N_("Damaged in the store"), C.LOSS, C.HOLD, sign=-1, wastage=True),
    _row("DAMAGED_TRANSIT", N_("Damaged on the way"), C.RECEIVE_DAMAGED, C.HOLD, sign=-1,
         wastage=True),
    _row("COLD_CHAIN", N_("Cold chain failed"), C.LOSS, C.HOLD, C.RECEIVE_DAMAGED, sign=-1,
         wastage=True),
    _row("MISSING_UNEXPLAINED", N_("Missing, no explanation"), C.LOSS, sign=-1, two=True),
    _row("THEFT", N_("Stolen"), C.LOSS, sign=-1, two=True),
    _row("OPEN_VIAL_DISCARD", N_("Opened too long ago"), C.LOSS, sign=-1, wastage=True),
    _row("RECALL", N_("Recalled"), C.HOLD, C.LOSS, sign=-1, wastage=True),
    _row("QUALITY_DEFECT", N_("Quality defect"), C.HOLD, C.LOSS, C.RECEIVE_DAMAGED, sign=-1,
         wastage=True),
    _row("UNLABELLED", N_("Label missing or unreadable"), C.HOLD, C.RECEIVE_DAMAGED, C.LOSS,
         sign=-1, wastage=True),
    _row("VVM_DISCARD", N_("Vaccine vial monitor past its point"), C.LOSS, sign=-1, wastage=True),
    _row("FROZEN", N_("Frozen"), C.LOSS, C.RECEIVE_DAMAGED, sign=-1, wastage=True),
    _row("CONTAMINATED", N_("Contaminated"), C.LOSS, C.RECEIVE_DAMAGED, sign=-1, wastage=True),
    _row("LOOTING_CONFLICT", N_("Looted or lost to fighting"), C.LOSS, sign=-1, two=True),
    _row("SAMPLE_QC", N_("Taken as a sample for testing"), C.LOSS, sign=-1),
    _row("DONATED_OUT", N_("Given away"), C.LOSS, sign=-1),
    _row("FUEL_EVAPORATION_SPILL", N_("Fuel spilled or evaporated"), C.LOSS, sign=-1,
         wastage=True),
    _row("FUEL_VARIANCE", N_("Fuel differs from the run log"), C.LOSS, C.ADJUST),
    _row("COUNT_GAIN", N_("Counted more than recorded"), C.COUNT, C.ADJUST, sign=1),
    _row("COUNT_LOSS", N_("Counted less than recorded"), C.COUNT, C.ADJUST, sign=-1),
    _row("DATA_ENTRY_CORRECTION", N_("Entered wrongly before"), C.ADJUST, C.COUNT),
    _row("FOUND", N_("Found again"), C.ADJUST, C.COUNT, sign=1),
    _row("CHECKED_FIT", N_("Checked and fit for use"), C.RELEASE),
    _row("RECALL_LIFTED", N_("Recall does not concern this batch"), C.RELEASE),
    _row("HELD_BY_MISTAKE", N_("Held by mistake"), C.RELEASE),
    _row("EARLIER_NOT_FOUND", N_("The earlier batch is not on the shelf"), C.OTHER_BATCH),
    _row("EARLIER_DAMAGED", N_("The earlier batch is damaged"), C.OTHER_BATCH),
    _row("OPENED_FIRST", N_("This pack is already open"), C.OTHER_BATCH),
    _row("LONG_TREATMENT", N_("The treatment lasts longer than the earlier batch"), C.OTHER_BATCH),
    _row("SAME_BATCH", N_("The patient already uses this batch"), C.OTHER_BATCH),
    _row("PRESCRIBER_ASKED", N_("The prescriber asked for it"), C.OTHER_BATCH),
    _row("LIFE_IN_DANGER", N_("A life is in danger"), C.EMERGENCY),
    _row("MANY_WOUNDED", N_("Many wounded or sick at once"), C.EMERGENCY),
    _row("NOBODY_ELSE", N_("Nobody who may dispense is here"), C.EMERGENCY),
    _row("LEAVING", N_("The clinic has to be left"), C.EMERGENCY),
    _row("WRONG_ITEM", N_("Wrong item"), *_BACK),
    _row("WRONG_QUANTITY", N_("Wrong quantity"), *_BACK),
    _row("WRONG_BATCH", N_("Wrong batch"), *_BACK),
    _row("ENTERED_TWICE", N_("Entered twice"), *_BACK),
    _row("NOT_COLLECTED", N_("Not collected"), C.DISPENSE_REVERSE),
    _row("PRESCRIPTION_CHANGED", N_("The prescription was changed"), C.DISPENSE_REVERSE),
    _row("SENT_BACK", N_("Sent back to the sender"), C.REVERSE),
    _row("WRONG_DATE", N_("Wrong date or document"), C.REVERSE),
    _row("USED_IN_TIME", N_("It will be used before it expires"), C.SHORT_DATED),
    _row("NOTHING_ELSE", N_("Nothing else is on the shelf"), C.SHORT_DATED),
    _row("AGREED", N_("Agreed with the sender"), C.SHORT_DATED),
    _row("ACCEPTED_AT_RECEIPT", N_("Accepted short-dated at receipt"), C.SHORT_DATED_UNASKED),
    _row("EMERGENCY", N_("Emergency"), C.SHORT_DATED, C.ORDER_CHANGE),
    _row("SEASON", N_("The season changes use"), C.ORDER_CHANGE),
    _row("LATE_DELIVERY", N_("The next delivery may be late"), C.ORDER_CHANGE),
    _row("BUDGET", N_("The budget does not reach"), C.ORDER_CHANGE),
    _row("NO_SPACE", N_("No room to keep it"), C.ORDER_CHANGE),
    _row("PROMISED", N_("Another source has promised it"), C.ORDER_CHANGE),
)  # fmt: skip

REASONS: Mapping[str, Reason] = MappingProxyType({row.code: row for row in _ROWS})


def reasons_for(context: str) -> tuple[Reason, ...]:
    """Every reason that fits, in order."""
    return tuple(row for row in _ROWS if Context(context) in row.uses)


def offered(context: str) -> tuple[Reason, ...]:
    """The at most six that are shown with a digit each."""
    return reasons_for(context)[:SHOWN]


def reason(code: str) -> Reason:
    """The reason with that code; Refused when there is none."""
    try:
        return REASONS[code]
    except KeyError:
        raise Refused("There is no reason {code}.", code=code) from None
