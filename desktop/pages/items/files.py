"""Asking which file: the dialogs of the system, starting where the last file was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.desk import Desk
from inventory.language import plain

_last: dict[str, Path] = {}


def file_to_read(parent: QWidget, desk: Desk) -> Path | None:
    """A table to import; None when nobody chose one."""
    title, kinds = desk.say("Choose a file"), desk.say("Tables (*.csv *.xlsx *.txt *.tsv)")
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_folder()), kinds)
    return _remembered(chosen)


def file_to_write(parent: QWidget, desk: Desk, name: str) -> Path | None:
    """Where to write a table: XLSX unless the name ends in .csv; None when nobody chose."""
    title = desk.say("Save as")
    kinds = ";;".join((desk.say("Workbook (*.xlsx)"), desk.say("Comma-separated (*.csv)")))
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(_folder() / plain(name)), kinds)
    path = _remembered(chosen)
    if path is not None and path.suffix.lower() not in (".csv", ".xlsx"):
        return path.with_name(path.name + (".csv" if "csv" in kind else ".xlsx"))
    return path


def _folder() -> Path:
    return _last.get("folder", Path.home())


def _remembered(chosen: str) -> Path | None:
    if not chosen:
        return None
    _last["folder"] = Path(chosen).parent
    return Path(chosen)
