"""Files nobody should send, made by code: bombs, macros, links, formulas, lies about sizes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PLAIN: list[list[Any]] = [["code", "name_en", "quantity"], ["A1", "One", 5], ["A2", "Two", 7]]


def workbook(rows: Sequence[Sequence[Any]] = PLAIN) -> bytes:
    """An ordinary one."""
    book: Any = openpyxl.Workbook()
    memory = io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(memory)
    book.close()
    return memory.getvalue()


def rezipped(data: bytes, changed: Mapping[str, bytes], level: int = 6) -> bytes:
    """A workbook with parts added or replaced."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as after,
    ):
        for name in before.namelist():
            if name not in changed:
                after.writestr(name, before.read(name))
        for name, content in changed.items():
            after.writestr(name, content)
    return memory.getvalue()


def sheet(body: str) -> bytes:
    """The XML of a sheet with that between its marks."""
    return f'<?xml version="1.0"?><worksheet {NS}>{body}</worksheet>'.encode()


def with_sheet(body: str) -> bytes:
    return rezipped(workbook(), {"xl/worksheets/sheet1.xml": sheet(body)})


def bomb(megabytes: int = 20) -> bytes:
    """A part of zeros that unpacks to far more than a table needs."""
    return rezipped(workbook(), {"xl/media/image1.bin": bytes(megabytes * 1_000_000)}, 9)


def lying_bomb() -> bytes:
    """A part that unpacks to twenty megabytes and says it has a hundred bytes."""
    data = rezipped(
        workbook(), {"xl/worksheets/sheet1.xml": sheet("<sheetData>" + " " * 20_000_000)}, 9
    )
    return _with_sizes(data, "xl/worksheets/sheet1.xml", 100)


def _with_sizes(data: bytes, name: str, size: int) -> bytes:
    """Say another unpacked size of a part, in the list at the end and before the part itself."""
    changed = bytearray(data)
    for mark, at_size, at_name in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = changed.find(mark)
        while at >= 0:
            if changed[at + at_name :].startswith(name.encode()):
                changed[at + at_size : at + at_size + 4] = struct.pack("<I", size)
            at = changed.find(mark, at + 4)
    return bytes(changed)


def quoted_bomb() -> bytes:
    """Entities that multiply."""
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10)
    )
    text = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><sst {NS}><si><t>&a9;</t></si></sst>'
    return rezipped(workbook(), {"xl/sharedStrings.xml": text.encode()})


def outside_entity() -> bytes:
    """An entity that names a file of this computer, behind a long comment."""
    text = (
        f'<?xml version="1.0"?><!--{"x" * 5000}--><!DOCTYPE x [<!ENTITY f SYSTEM '
        f'"file:///etc/hostname">]><sst {NS}><si><t>&f;</t></si></sst>'
    )
    return rezipped(workbook(), {"xl/sharedStrings.xml": text.encode()})


def wide_encoded_entity() -> bytes:
    """The same in an encoding in which no search finds the word."""
    text = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "ha">]><sst {NS}/>'
    return rezipped(workbook(), {"xl/sharedStrings.xml": text.encode("utf-16")})


def macros() -> bytes:
    return rezipped(workbook(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0Attribut"})


def outside_links() -> bytes:
    """Cells that take their values from a workbook elsewhere, and a link to click."""
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        '2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/externalLinkPath" TargetMode="External" '
        'Target="file://server/share/evil.xlsx"/></Relationships>'
    )
    return rezipped(
        workbook(),
        {
            "xl/externalLinks/externalLink1.xml": f"<externalLink {NS}/>".encode(),
            "xl/externalLinks/_rels/externalLink1.xml.rels": rels.encode(),
        },
    )


def formulas() -> bytes:
    """With and without the value they had."""
    return with_sheet(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>quantity</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>WEBSERVICE("http://x")</f><v>A1</v></c>'
        "<c r=\"B2\"><f>cmd|'/C calc'!A0</f></c></row></sheetData>"
    )


def far_cell() -> bytes:
    """One cell at the far end, and a size that says so."""
    return with_sheet(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">'
        '<c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def backward_rows() -> bytes:
    """Rows and cells in an order no program writes, and numbers that are none."""
    return with_sheet(
        '<sheetData><row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>x</v></c></row>'
        '<row r="-1"><c r="A0"><v>1</v></c></row><row><c t="s"><v>99999</v></c></row>'
        '<row r="3"><c r="A3"><v>1e999</v></c><c t="d"><v>9999-99-99</v></c>'
        '<c t="b"><v>7</v></c><c t="e"><v>#REF!</v></c><c s="4000"><v>2</v></c></row></sheetData>'
    )


def many_sheets(count: int = 2500) -> bytes:
    """More sheets than anybody has."""
    return rezipped(
        workbook(),
        {f"xl/worksheets/sheet{n}.xml": sheet("<sheetData/>") for n in range(2, count)},
    )


def climbing_names() -> bytes:
    """Parts whose names climb out of the archive, or are in it twice."""
    data = rezipped(workbook(), {"../../../../tmp/evil": b"x", "/etc/evil": b"x", "C:\\evil": b"x"})
    memory = io.BytesIO(data)
    with zipfile.ZipFile(memory, "a") as archive:
        archive.NameToInfo.clear()
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return memory.getvalue()


def deep_xml(depth: int = 50_000) -> bytes:
    return with_sheet("<a>" * depth + "</a>" * depth)


def long_cell() -> bytes:
    return with_sheet(
        f'<sheetData><row r="1"><c t="inlineStr"><is><t>{"x" * 3_000_000}</t></is></c></row>'
        "</sheetData>"
    )


def unknown_packing() -> bytes:
    """A part packed in a way nobody has heard of."""
    data = bytearray(workbook())
    for mark, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        data[data.find(mark) + at] = 97
    return bytes(data)


def locked_part() -> bytes:
    data = bytearray(workbook())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


REFUSED = {
    "bomb": bomb,
    "entities that multiply": quoted_bomb,
    "a file of this computer": outside_entity,
    "an entity in another encoding": wide_encoded_entity,
    "thousands of sheets": many_sheets,
    "unknown packing": unknown_packing,
    "a locked part": locked_part,
    "a size that lies": lying_bomb,
}
"""Workbooks that are never opened."""

READ = {
    "macros": macros,
    "links to elsewhere": outside_links,
    "formulas": formulas,
    "backward rows": backward_rows,
    "names that climb": climbing_names,
}
"""Workbooks of which the values are read, or which are refused; nothing of them is run."""


def workbooks() -> list[bytes]:
    """Where a fuzzer of workbooks begins: all that are small."""
    made = [workbook(), far_cell(), deep_xml(50), *(make() for make in READ.values())]
    return [data for data in made if len(data) < 60_000]


def texts() -> list[bytes]:
    """Where a fuzzer of tables of text begins."""
    plain = "code,name_en,quantity,expiry,place\nA1,One,5,2027-03,Pharmacy\n"
    history = "code,month,opening,received,consumed,closing\nA1,2026-09,100,500,300,300\n"
    return [
        plain.encode(), history.encode(), plain.replace(",", ";").encode("utf-16"),
        ("sep=\t\n" + plain.replace(",", "\t")).encode(), ("\ufeff" + plain).encode(),
        "الرمز;الاسم\nA1;شاش\n".encode("cp1256"), b'code,name_en\n"A1,One\nA2,Two\n',
        b"code\r\rA1\x00\r\n", "code|désignation\nA1|=1+1\n".encode("latin-1"),
        b"a,b\n" + b'"' * 300, b"\n" * 500, b"code,name_en\n" + b"x" * 3000,
    ]  # fmt: skip


def typed() -> list[bytes]:
    """Where a fuzzer of what people type begins."""
    words = ("12", "-5", "1,234", "1.5", "٥٠", "۱۲", "12.0", "1e9", "(5)", "0928", "09/28",
             "30/04/2028", "2028-09-30", "sep 2026", "Exp: 12.27", "9" * 100, "1'000",
             "\u200f12\u200f", "nov-26", "2026/9")  # fmt: skip
    return [word.encode() for word in words]
