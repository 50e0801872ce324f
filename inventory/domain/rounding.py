"""Rounding of fractions to whole units: never a float near stock."""

from __future__ import annotations

from fractions import Fraction


def half_up(value: Fraction) -> int:
    """2951.6 is 2952, and 0.5 is 1."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def up(value: Fraction) -> int:
    """The smallest whole number not under `value`."""
    return -(-value.numerator // value.denominator)


def down(value: Fraction) -> int:
    """The largest whole number not over `value`."""
    return value.numerator // value.denominator


def two_places(value: Fraction) -> str:
    """A value that is not negative with two decimals, half up: "2951.61"."""
    whole, hundredths = divmod(half_up(value * 100), 100)
    return f"{whole}.{hundredths:02d}"
