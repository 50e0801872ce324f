"""The line of Do first about backups: none chosen, none made, or the last one too old."""

from __future__ import annotations

from desktop.backups.state import BackupsNow
from desktop.pages.today.wording import Line
from inventory.domain.ages import DAY
from inventory.domain.sentence import N_, sentence

_ICON = "usb-flash-drive-outline"


def backup_line(state: BackupsNow, now: int) -> Line | None:
    """None while the last backup is younger than a day."""
    if state.last is not None and now - state.last <= DAY:
        return None
    if not state.place:
        title = sentence("Choose a stick for backups")
        second = sentence("If this computer is lost, everything is lost.")
    elif state.missing:
        title = sentence("Put the stick {place} in", place=state.place)
        second = state.long(now)
    else:
        title, second = sentence("Make a backup"), state.long(now)
    return Line(_ICON, state.tone(now), title, second, N_("Look"), "settings", "backup")
