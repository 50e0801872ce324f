"""Everything people read can be read: the contrast of every pair, computed from the tokens."""

from __future__ import annotations

import pytest

from desktop import theme
from desktop.theme import CLINIC_COLOURS, DARK, LIGHT, SUN, Theme, Tone, contrast

# The table of the design, measured: pair, light, dark.
MEASURED = (
    ("ink", "surface", 17.0, 13.6),
    ("ink", "canvas", 15.5, 14.9),
    ("ink2", "surface", 7.7, 8.5),
    ("ink2", "rail", 6.2, 9.7),
    ("ink2", "accent_soft", 6.6, 6.7),
    ("ink2", "sunk", 6.6, 7.4),
    ("ink3", "surface", 5.3, 6.3),
    ("ink3", "accent_soft", 4.5, 4.9),
    ("accent", "surface", 8.6, 9.1),
    ("accent", "accent_soft", 7.3, 7.2),
    ("on_accent", "accent", 8.6, 10.0),
    ("red", "red.soft", 6.2, 7.6),
    ("amber", "amber.soft", 6.3, 8.0),
    ("green", "green.soft", 6.2, 7.7),
    ("violet", "violet.soft", 7.2, 7.7),
    ("on_expired", "expired", 15.3, 14.9),
    ("accent", "amber.soft", 7.5, 7.3),
)
LINES = (
    ("edge", "surface", 3.6, 4.3),
    ("edge", "canvas", 3.3, 4.8),
    ("red.fill", "surface", 5.3, 6.7),
    ("amber.fill", "surface", 3.5, 7.9),
    ("green.fill", "surface", 4.6, 7.3),
    ("violet.fill", "surface", 5.6, 6.8),
)
# Beside the table: what the window also puts on top of each other.
ALSO_READ = (
    ("ink", "accent_soft"), ("ink", "sunk"), ("ink", "rail"), ("ink2", "canvas"),
    ("accent", "canvas"), ("accent", "rail"), ("accent", "green.soft"), ("accent", "red.soft"),
    ("ink", "amber.soft"), ("ink", "green.soft"), ("ink", "red.soft"), ("grey", "grey.soft"),
    ("red", "surface"), ("amber", "surface"), ("green", "surface"), ("violet", "surface"),
    ("red", "accent_soft"), ("amber", "accent_soft"), ("green", "accent_soft"),
)  # fmt: skip


def color(look: Theme, token: str) -> str:
    return look.color(token).name()


@pytest.mark.parametrize(("first", "second", "light", "dark"), MEASURED + LINES)
def test_contrast_is_as_measured(first: str, second: str, light: float, dark: float) -> None:
    for look, expected in ((LIGHT, light), (DARK, dark)):
        measured = contrast(color(look, first), color(look, second))
        assert measured == pytest.approx(expected, abs=0.06)


@pytest.mark.parametrize("look", [LIGHT, DARK, SUN], ids=lambda look: look.name)
def test_words_are_at_least_4_5(look: Theme) -> None:
    pairs = [(first, second) for first, second, *_ in MEASURED] + list(ALSO_READ)
    measured = {(a, b): round(contrast(color(look, a), color(look, b)), 1) for a, b in pairs}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("look", [LIGHT, DARK, SUN], ids=lambda look: look.name)
def test_borders_and_fills_are_at_least_3(look: Theme) -> None:
    assert all(contrast(color(look, a), color(look, b)) >= 3.0 for a, b, *_ in LINES)


@pytest.mark.parametrize("key", CLINIC_COLOURS)
def test_a_clinic_colour_is_read_on_its_canvas(key: str) -> None:
    assert contrast(theme.clinic_shade(key, dark=False), LIGHT.canvas) >= 4.5
    assert contrast(theme.clinic_shade(key, dark=True), DARK.canvas) >= 4.5
    for look in (LIGHT, DARK):
        shade = theme.clinic_shade(key, dark=look.dark)
        assert contrast(look.on_clinic, shade) >= 4.5


def test_eight_clinics_side_by_side_are_told_apart() -> None:
    assert len(CLINIC_COLOURS) == 8
    assert len({colour.light for colour in CLINIC_COLOURS.values()}) == 8


def test_the_tape_is_read() -> None:
    assert contrast(theme.HAZARD_YELLOW, theme.HAZARD_BLACK) >= 7


def test_bright_sun_leaves_no_grey() -> None:
    assert SUN.canvas == "#FFFFFF"
    assert SUN.ink2 == SUN.ink
    assert SUN.hairline == SUN.edge


def test_an_unknown_clinic_colour_is_the_first() -> None:
    assert theme.clinic_shade("", dark=False) == CLINIC_COLOURS["teal"].light


@pytest.mark.parametrize(("size", "expected"), [(100, 40), (115, 46), (130, 52), (400, 40)])
def test_heights_grow_with_the_text(size: int, expected: int) -> None:
    assert theme.make_theme("light", size).px(40) == expected


def test_a_tone_has_words_a_block_and_a_fill() -> None:
    assert LIGHT.tone("red") == Tone("#A9201A", "#FCEAE7", "#C23B33")
    assert LIGHT.tone("expired").soft == LIGHT.expired
    with pytest.raises(KeyError):
        LIGHT.tone("canvas")


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
