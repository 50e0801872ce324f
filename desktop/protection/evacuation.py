"""In danger: leave the totals in a locked bundle and remove the visits from this computer."""

from __future__ import annotations

from desktop.protection.sheet import SafetySheet
from desktop.safety import Safety


class Evacuation(SafetySheet):
    """A held button, for it cannot be undone here."""

    def __init__(self, safety: Safety) -> None:
        super().__init__(safety)
