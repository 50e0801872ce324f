"""What a computer writes for each key under the layouts of Iraq and its donors (xkb tables)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.key_positions import COUNTRIES

# Rows by first position: plain, then shifted; several characters for one key are in brackets.
_ARABIC = (
    (2, "1234567890-=", "!@#$%^&*)(_+"),
    (16, "ضصثقفغعهخحجد", "\u064e\u064b\u064f\u064c[لإ]إ‘÷×؛<>"),
    (30, "شسيبلاتنمكطذ", '\u0650\u064d][[لأ]أـ،/:"ّ'),
    (43, "\\ئءؤر[لا]ىةوزظ", "|~ْ}{[لآ]آ’,.؟"),
)
_KURDISH = (
    (2, "١٢٣٤٥٦٧٨٩٠-=", "!@#$%^&*)(_+"),
    (16, "قوەرتیئحۆپ][", "ق\u200cەڕطێءعؤث}{"),
    (30, "اسدفگهژکل؛'`", 'آشذإغ\u200cأكڵ:"~'),
    (43, "\\زخجڤبنم،./", "|ضصچظىةـ><؟"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of the computer, by place on the board."""

    name: str
    plain: dict[int, str]
    shifted: dict[int, str]

    def text(self, place: int, *, shift: bool) -> str:
        """What the key writes; "" for a key the layout does not have."""
        return (self.shifted if shift else self.plain).get(place, "")

    def place_of(self, character: str) -> tuple[int, bool]:
        """Where a person finds the character, and whether with Shift; 0 when nowhere."""
        for shift, table in ((False, self.plain), (True, self.shifted)):
            for place, text in table.items():
                if text == character:
                    return place, shift
        return 0, False


def _keys(row: str) -> list[str]:
    """The keys of a row; "[لا]" is one key that writes two letters, a lone bracket is itself."""
    found, index = [], 0
    while index < len(row):
        close = row.find("]", index)
        if row[index] == "[" and close == index + 3:
            found.append(row[index + 1 : close])
            index = close + 1
        else:
            found.append(row[index])
            index += 1
    return found


def _layout(name: str, rows: tuple[tuple[int, str, str], ...]) -> Layout:
    plain, shifted = {57: " "}, {57: " "}
    for first, low, high in rows:
        for table, row in ((plain, low), (shifted, high)):
            table.update({first + i: text for i, text in enumerate(_keys(row))})
    return Layout(name, plain, shifted)


def _of_country(code: str) -> Layout:
    table = COUNTRIES[code]
    main = {place: levels for place, levels in table.items() if place < 58 and place != 55}
    return Layout(
        code,
        {place: levels[0] for place, levels in main.items()},
        {place: levels[1] for place, levels in main.items()},
    )


LAYOUTS = {
    "us": _of_country("us"),
    "fr": _of_country("fr"),
    "ara": _layout("ara", _ARABIC),
    "iq": _layout("iq", _ARABIC),
    "ckb": _layout("ckb", _KURDISH),
}
