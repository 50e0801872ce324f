"""Dispense: a basket of lines, what comes off which shelf, and the day's list."""

from desktop.pages.dispense.page import DispensePage

__all__ = ["DispensePage"]
