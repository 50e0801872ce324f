"""Where files are offered to be kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from desktop.saving import offered
from inventory.language.marks import isolate


@pytest.mark.parametrize(("there", "kept_in"), [(True, "Documents"), (False, "")])
def test_a_file_goes_among_the_documents_or_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, kept_in: str
) -> None:
    """Never into the program's own folder."""
    documents = tmp_path / "Documents"
    if there:
        documents.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(documents))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert offered("ORD-2026-00012.pdf") == str(tmp_path / kept_in / "ORD-2026-00012.pdf")


def test_a_name_carries_no_invisible_marks() -> None:
    assert Path(offered(f"{isolate('opening')}، الصفوف.csv")).name == "opening، الصفوف.csv"
