"""Sentences in the side panel, on as many lines as they need there."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.widgets.labels import label


def told(words: str = "", role: str = "second") -> QLabel:
    """A label that wraps, and asks a low window for one line only while it is not shown."""
    made = label(words, role, wrap=True)
    policy = made.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
