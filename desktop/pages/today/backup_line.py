"""The lines of Do first about what would be lost: backups and the paper key."""

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


def paper_key_line() -> Line:
    """For a locked file that has none yet."""
    return Line(
        "key-outline", "amber", sentence("Print the paper key"),
        sentence("When every password is forgotten, only the paper key opens the file."),
        N_("Look"), "settings", "protection",
    )  # fmt: skip
