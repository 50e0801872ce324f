"""Restore a backup, from an empty computer or in the place of a file that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.step_window import StepWindow

if TYPE_CHECKING:
    from desktop.app import Program


class RestoreWindow(StepWindow):
    """Which backup, how it opens, what is in it, and what is missing afterwards."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
