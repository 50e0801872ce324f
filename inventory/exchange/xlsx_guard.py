"""A workbook is looked at from outside before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.parsers import expat

from inventory.domain.sentence import Refused, Sentence, sentence

MAX_ENTRIES = 2_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 200
_SMALL = 4 * 1024 * 1024
_PROLOG = 1024 * 1024
_AT_ONCE = 2_048


def check_workbook(data: bytes) -> list[Sentence]:
    """Warnings about a workbook that may be opened; Refused for one that may not.

    Refused: not a zip or cut short, an archive that unpacks to far more than it is (a zip bomb),
    one with a password, an XML part that declares entities, a zip that is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check(archive)
    except Refused:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise damaged() from error
    except Exception as error:  # zlib, struct, LZMA: whatever a broken archive makes them raise
        raise damaged() from error


def damaged() -> Refused:
    """What is said of a workbook that cannot be read to its end."""
    return Refused("This workbook is damaged or was cut short. Ask for it again.")


def _check(archive: zipfile.ZipFile) -> list[Sentence]:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refused("This workbook holds {count} parts, too many to be real.", count=len(entries))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _bomb()
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("This workbook is protected by a password. Save it without one.")
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _bomb()
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise Refused("This is an archive, not a workbook. Save the table as CSV or XLSX.")
    if "xl/workbook.bin" in names:
        raise Refused("This is a binary workbook. Save it as XLSX or CSV.")
    _refuse_entities(archive, entries)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return [sentence("This workbook holds macros. They were not run and are not kept.")]
    return []


def _bomb() -> Refused:
    return Refused("This workbook would unpack to far more than a table needs. It was not opened.")


def _refuse_entities(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """In whatever part: a part is not what its name says, but what another part makes of it."""
    for entry in entries:
        with archive.open(entry) as part:
            _look_at_beginning(part)


def _look_at_beginning(part: IO[bytes]) -> None:
    """Read on to the first element: whatever the encoding, declarations stand before it."""
    parser = expat.ParserCreate()
    began = False

    def begin(_name: str, _attributes: object) -> None:
        nonlocal began
        began = True

    def declare(*_: object) -> None:
        raise Refused("This workbook holds declarations that no table needs.")

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declare
    try:
        for _ in range(_PROLOG // _AT_ONCE):
            piece = part.read(_AT_ONCE)
            parser.Parse(piece, not piece)
            if began or not piece:
                return
    except expat.ExpatError:
        # Broken XML: who reads the part will say so, if anybody reads it.
        return
    raise damaged()
