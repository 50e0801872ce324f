"""Which kind of file these bytes are, by what they hold and not by their name."""

from __future__ import annotations

import enum

from inventory.domain.sentence import N_, Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", N_("This is a PDF. Ask for the table it was made from, as CSV or XLSX.")),
    (b"\x89PNG", N_("This is a picture, not a table.")),
    (b"\xff\xd8\xff", N_("This is a picture, not a table.")),
    (b"SQLite format 3\x00", N_("This is a database, not a table.")),
    (b"{\\rtf", N_("This is a text document. Save its table as CSV or XLSX.")),
)


class FileKind(enum.Enum):
    """What can be read."""

    TEXT = "csv"
    WORKBOOK = "xlsx"


def kind_of(data: bytes) -> FileKind:
    """Text or workbook; Refused says what to do with anything else."""
    if data.startswith(_OLE):
        if _PROTECTED in data:
            raise Refused("This workbook is protected by a password. Save it without one.")
        raise Refused("This is an old Excel file. Save it as XLSX or CSV.")
    if data.startswith(_ZIP):
        return FileKind.WORKBOOK
    for start, reason in _OTHERS:
        if data.startswith(start):
            raise Refused(reason)
    return FileKind.TEXT
