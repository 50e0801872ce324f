"""The documents that the ledger writes, and the prefix of their printed numbers."""

from __future__ import annotations

from enum import StrEnum

from inventory.domain.sentence import N_


class DocumentKind(StrEnum):
    """What a document records; its number begins with `prefix`."""

    RECEIPT = "receipt"
    DISPENSE = "dispense"
    OPENING = "opening"
    STATUS = "status"
    ADJUSTMENT = "adjustment"
    TRANSFER = "transfer"
    REVERSAL = "reversal"

    @property
    def prefix(self) -> str:
        return PREFIXES[self]

    @property
    def heading(self) -> str:
        return TITLES[self]


PREFIXES = {
    DocumentKind.RECEIPT: "GRN",
    DocumentKind.DISPENSE: "DSP",
    DocumentKind.OPENING: "OPN",
    DocumentKind.STATUS: "STA",
    DocumentKind.ADJUSTMENT: "ADJ",
    DocumentKind.TRANSFER: "TRF",
    DocumentKind.REVERSAL: "REV",
}
ORDER_PREFIX = "ORD"

TITLES = {
    DocumentKind.RECEIPT: N_("Goods received"),
    DocumentKind.DISPENSE: N_("Dispensed"),
    DocumentKind.OPENING: N_("Opening stock"),
    DocumentKind.STATUS: N_("Change of status"),
    DocumentKind.ADJUSTMENT: N_("Loss or adjustment"),
    DocumentKind.TRANSFER: N_("Moved to another place"),
    DocumentKind.REVERSAL: N_("Reversal"),
}
