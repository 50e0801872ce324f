"""The sheets of a workbook, for a person to choose from."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_SHEETS = "xl/workbook.xml"
_LARGEST = 1024 * 1024


def sheet_names(path: str | Path) -> tuple[str, ...]:
    """Their names in order; empty when the file is none that `read_table` has read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(_SHEETS).file_size > _LARGEST:
                return ()
            data = archive.read(_SHEETS)
    except (OSError, KeyError, zipfile.BadZipFile):
        return ()
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data):
        return ()
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return ()
    found = (node.get("name", "") for node in root.iter() if node.tag.endswith("}sheet"))
    return tuple(name for name in found if name)
