"""How long ago something was, in words."""

from __future__ import annotations

from inventory.domain.sentence import Sentence, counted, sentence

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def age(ms: int) -> Sentence:
    """Rounded down: "3 hours ago". A clock that was set back never makes it negative."""
    if ms < 2 * MINUTE:
        return sentence("just now")
    if ms < HOUR:
        return counted("{n} minute ago", "{n} minutes ago", ms // MINUTE)
    if ms < DAY:
        return counted("{n} hour ago", "{n} hours ago", ms // HOUR)
    return counted("{n} day ago", "{n} days ago", ms // DAY)
