"""What the key at a place on the board writes, whatever language the computer types.

A keyboard-wedge scanner sends key positions and believes that the computer has the layout of
the scanner's own country. Positions here are the kernel's (evdev) numbers: X11 and Wayland
report them plus 8, Windows reports set-1 codes, which are the same numbers for the main block.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

X11_OFFSET = 8
_EXTENDED = 0x100

Levels = tuple[str, str, str]

# Rows of the board: first position, plain, shifted, with AltGr ("" or space: nothing there).
_US = (
    (2, "1234567890-=", "!@#$%^&*()_+", ""),
    (16, "qwertyuiop[]", "QWERTYUIOP{}", ""),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~', ""),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?", ""),
    (86, "\\", "|", ""),
)
_GB = (
    (2, "1234567890-=", '!"£$%^&*()_+', ""),
    _US[1],
    (30, "asdfghjkl;'`", "ASDFGHJKL:@¬", "           |"),
    (43, "#zxcvbnm,./", "~ZXCVBNM<>?", ""),
    (86, "\\", "|", ""),
)
_FR = (
    (2, "&é\"'(-è_çà)=", "1234567890°+", " ~#{[|`\\^@]}"),
    (16, "azertyuiop^$", "AZERTYUIOP¨£", ""),
    (30, "qsdfghjklmù²", "QSDFGHJKLM% ", ""),
    (43, "*wxcvbn,;:!", "µWXCVBN?./§", ""),
    (86, "<", ">", ""),
)
_DE = (
    (2, "1234567890ß´", '!"§$%&/()=?`', "      {[]}\\ "),
    (16, "qwertzuiopü+", "QWERTZUIOPÜ*", "@          ~"),
    (30, "asdfghjklöä^", "ASDFGHJKLÖÄ°", ""),
    (43, "#yxcvbnm,.-", "'YXCVBNM;:_", ""),
    (86, "<", ">", "|"),
)
_SAME_EVERYWHERE = (
    (57, " ", " ", ""),
    (55, "*", "*", ""),
    (71, "789-456+1230.", "789-456+1230.", ""),
    (98, "/", "/", ""),
)


def _table(rows: tuple[tuple[int, str, str, str], ...]) -> Mapping[int, Levels]:
    levels: dict[int, Levels] = {}
    for first, plain, shifted, third in (*rows, *_SAME_EVERYWHERE):
        for index, character in enumerate(plain):
            deep = third[index].strip() if index < len(third) else ""
            levels[first + index] = (character, shifted[index].strip() or character, deep)
    return MappingProxyType(levels)


COUNTRIES: Mapping[str, Mapping[int, Levels]] = MappingProxyType(
    {"us": _table(_US), "gb": _table(_GB), "fr": _table(_FR), "de": _table(_DE)}
)

RIGHT_BRACKET = 27
MODIFIERS = frozenset({29, 42, 54, 56, 58, 69, 97, 100, 125, 126})
_WINDOWS_EXTENDED = MappingProxyType({0x11C: 96, 0x135: 98, 0x11D: 97, 0x138: 100})


def position(native_scan_code: int, *, windows: bool = False) -> int:
    """The evdev number of a key from QKeyEvent.nativeScanCode(); 0 when it is not known."""
    if native_scan_code <= 0:
        return 0
    if windows:
        return _WINDOWS_EXTENDED.get(native_scan_code, native_scan_code & ~_EXTENDED)
    return max(native_scan_code - X11_OFFSET, 0)


def written(place: int, *, shift: bool, third: bool = False, country: str = "us") -> str:
    """The character a key writes in that country; "" for a key that writes none."""
    levels = COUNTRIES[country].get(place)
    if levels is None:
        return ""
    return levels[2] if third else levels[1 if shift else 0]


def letter(native_scan_code: int, *, windows: bool = False) -> str:
    """The Latin letter or digit printed on a US key, for shortcuts under any layout."""
    plain = written(position(native_scan_code, windows=windows), shift=False)
    return plain.upper() if plain.isalnum() else plain
