"""What may be done with stock on a shelf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.sentence import N_


class Status(StrEnum):
    """Stock lives at clinic, place, lot and one of these."""

    USABLE = "usable"
    QUARANTINED = "quarantined"
    DAMAGED = "damaged"
    EXPIRED = "expired"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class StatusTraits:
    """`issuable`: may go to a patient or another place; `why_not` is said when it may not."""

    name: str
    issuable: bool
    why_not: str


STATUSES: Mapping[Status, StatusTraits] = MappingProxyType(
    {
        Status.USABLE: StatusTraits(N_("Usable"), True, ""),
        Status.QUARANTINED: StatusTraits(
            N_("In quarantine"), False, N_("Held: in quarantine until it is checked")
        ),
        Status.DAMAGED: StatusTraits(N_("Damaged"), False, N_("Damaged: can never be dispensed")),
        Status.EXPIRED: StatusTraits(
            N_("Expired, awaiting disposal"), False, N_("Expired: awaiting disposal")
        ),
        Status.RECALLED: StatusTraits(N_("Recalled"), False, N_("Held: recalled by its maker")),
    }
)
