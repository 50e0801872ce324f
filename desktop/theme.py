"""Every colour, size and weight of the window; no literal of these exists anywhere else.

Blue means "you can act" or "you are here". State colours mean state and nothing else. A
test computes the contrast of each pair people read and fails under 4.5 (text) or 3.0 (lines).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from PySide6.QtGui import QColor

from inventory.domain.sentence import N_

TEXT_SIZES = (100, 115, 130)


@dataclass(frozen=True, slots=True)
class Tone:
    """One state's colour: words and icons, the soft block behind them, bars in charts."""

    ink: str
    soft: str
    fill: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look, as #RRGGBB, and how large its text is in percent."""

    name: str
    dark: bool
    canvas: str
    surface: str
    rail: str
    sunk: str
    hairline: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    accent_soft: str
    red: Tone
    amber: Tone
    green: Tone
    violet: Tone
    grey: Tone
    expired: str
    on_expired: str
    chart_quiet: str
    clinic: str
    on_clinic: str
    text_size: int = 100

    def px(self, size: int) -> int:
        """A length of the 100 % drawing at this text size."""
        return round(size * self.text_size / 100)

    def tone(self, name: str) -> Tone:
        """The tone of that name; "expired" is the one solid block, "accent" the blue."""
        if name == "expired":
            return Tone(self.on_expired, self.expired, self.expired)
        if name == "accent":
            return Tone(self.accent, self.accent_soft, self.accent)
        found = getattr(self, name)
        if not isinstance(found, Tone):
            raise KeyError(name)
        return found

    def color(self, token: str) -> QColor:
        """A token as a colour: "ink", "accent_soft", "red", "red.soft", "red.fill"."""
        head, _, part = token.partition(".")
        value = getattr(self, head)
        return QColor(getattr(value, part or "ink") if isinstance(value, Tone) else value)


LIGHT = Theme(
    name="light", dark=False,
    canvas="#F5F4F0", surface="#FFFFFF", rail="#E9E7E0", sunk="#EFEDE7",
    hairline="#DDDAD2", edge="#8B8779",
    ink="#171C28", ink2="#4C5362", ink3="#666C79",
    accent="#24479A", on_accent="#FFFFFF", accent_soft="#E8EDF9",
    red=Tone("#A9201A", "#FCEAE7", "#C23B33"),
    amber=Tone("#7E4C00", "#FCEFD2", "#BD7A0C"),
    green=Tone("#17633A", "#E2F1E6", "#2C8556"),
    violet=Tone("#603795", "#F0E9F9", "#7B54B4"),
    grey=Tone("#4C5362", "#ECEAE4", "#4C5362"),
    expired="#23252B", on_expired="#FFFFFF",
    chart_quiet="#B9C4E2", clinic="#0E7C66", on_clinic="#FFFFFF",
)  # fmt: skip

DARK = Theme(
    name="dark", dark=True,
    canvas="#14171C", surface="#1C2027", rail="#101318", sunk="#262B34",
    hairline="#323844", edge="#7B8493",
    ink="#ECEAE4", ink2="#B6BBC6", ink3="#9AA1AD",
    accent="#A9C0FF", on_accent="#0F1726", accent_soft="#26314E",
    red=Tone("#FFA79E", "#43211F", "#F08A80"),
    amber=Tone("#F3C272", "#3C2E15", "#E0AC55"),
    green=Tone("#8AD6A0", "#1C3525", "#6CBF86"),
    violet=Tone("#D0B8F7", "#332848", "#B79AE8"),
    grey=Tone("#B6BBC6", "#2B313B", "#B6BBC6"),
    expired="#ECEAE4", on_expired="#14171C",
    chart_quiet="#3D4E7C", clinic="#2FA98C", on_clinic="#0F1726",
)  # fmt: skip

# Under a desert sky greys disappear: second lines as black as first, lines as strong as borders.
SUN = replace(LIGHT, name="sun", canvas="#FFFFFF", ink2=LIGHT.ink, hairline=LIGHT.edge)

THEMES: Mapping[str, Theme] = MappingProxyType({t.name: t for t in (LIGHT, DARK, SUN)})
THEME_NAMES: Mapping[str, str] = MappingProxyType(
    {"light": N_("Light"), "dark": N_("Dark"), "sun": N_("Bright sun")}
)

HAZARD_YELLOW = "#FFCB3D"
HAZARD_BLACK = "#23252B"


@dataclass(frozen=True, slots=True)
class ClinicColour:
    """One of the eight colours a clinic can be known by; both readable on their canvas."""

    key: str
    name: str
    light: str
    dark: str


CLINIC_COLOURS: Mapping[str, ClinicColour] = MappingProxyType(
    {
        c.key: c
        for c in (
            ClinicColour("teal", N_("Teal"), "#0E7C66", "#2FA98C"),
            ClinicColour("sky", N_("Sky"), "#0B6C94", "#46A9D6"),
            ClinicColour("indigo", N_("Indigo"), "#5350B0", "#9895F0"),
            ClinicColour("plum", N_("Plum"), "#8B3A85", "#D284CC"),
            ClinicColour("rose", N_("Rose"), "#A8325A", "#E8809F"),
            ClinicColour("brick", N_("Brick"), "#9C4420", "#E28D66"),
            ClinicColour("olive", N_("Olive"), "#606A14", "#A9B34C"),
            ClinicColour("slate", N_("Slate"), "#4A5B6C", "#95A8BB"),
        )
    }
)
DEFAULT_CLINIC_COLOUR = "teal"


def clinic_shade(key: str, *, dark: bool) -> str:
    """The #RRGGBB of a clinic's colour; an unknown key shows as the first colour."""
    colour = CLINIC_COLOURS.get(key, CLINIC_COLOURS[DEFAULT_CLINIC_COLOUR])
    return colour.dark if dark else colour.light


def make_theme(
    look: str = "light", text_size: int = 100, clinic_colour: str = DEFAULT_CLINIC_COLOUR
) -> Theme:
    """The theme of one desk: its look, its text size and the colour of the clinic it works in."""
    base = THEMES.get(look, LIGHT)
    size = text_size if text_size in TEXT_SIZES else 100
    return replace(base, text_size=size, clinic=clinic_shade(clinic_colour, dark=base.dark))


def luminance(color: str) -> float:
    """Relative luminance of #RRGGBB, 0 to 1 (WCAG 2)."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


_current = LIGHT


def current() -> Theme:
    """The theme the window is painted in now; delegates ask at every paint."""
    return _current


def use(theme: Theme) -> None:
    """Make it the theme of the window; whoever calls this also applies the stylesheet."""
    global _current
    _current = theme
