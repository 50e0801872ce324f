"""Batch numbers are kept as the pack prints them; some spellings are the same number."""

from __future__ import annotations

import unicodedata


def batch_key(number: str) -> str:
    """Equal for two numbers that differ only by case or by the width of their letters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", number).casefold())
