"""What an act of protection stands on."""

from __future__ import annotations

from desktop.act_sheet import ActSheet, column
from desktop.safety import Safety

__all__ = ["SafetySheet", "column"]


class SafetySheet(ActSheet):
    """A sheet over the page that knows the keys and backups of the file."""

    def __init__(self, safety: Safety) -> None:
        super().__init__(safety.desk)
        self.safety = safety
