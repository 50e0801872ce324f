"""Settings: the clinic, its places, languages, look, orders, printers, and the scanner test."""

from desktop.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
