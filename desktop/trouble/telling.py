"""What the page of a trouble says and offers, as the window shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inventory.domain.sentence import N_, Sentence, sentence
from inventory.domain.troubles import TROUBLES, Act, Trouble


@dataclass(frozen=True, slots=True)
class Telling:
    """What happened, what is safe, what to do now. `about` names the file it is about."""

    title: Sentence
    happened: Sentence
    safe: Sentence
    to_do: Sentence
    icon: str = "alert-outline"
    tone: str = "amber"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: English source words, an icon, and what it does."""

    words: str
    icon: str
    run: Callable[[], object]


MOST_WAYS = 3

_WORDS: Mapping[Act, tuple[str, str]] = MappingProxyType(
    {
        Act.TRY_AGAIN: (N_("Try again"), "refresh"),
        Act.RESTORE: (N_("Restore a backup"), "backup-restore"),
        Act.CONTINUE_HERE: (N_("Continue here"), "play-circle-outline"),
        Act.LOOK_ONLY: (N_("Look only"), "eye-outline"),
        Act.FREE_SPACE: (N_("Show what takes room"), "broom"),
        Act.SHOW_FOLDER: (N_("Show the folder"), "folder-outline"),
        Act.OPEN_OTHER: (N_("Open another file"), "folder-open-outline"),
        Act.SIGN_IN: (N_("Sign in"), "lock-open-variant-outline"),
        Act.PAPER_KEY: (N_("Use the paper key"), "file-key-outline"),
        Act.ACCEPT_CLOCK: (N_("The date is right now"), "clock-check-outline"),
        Act.CHECK: (N_("Check the file"), "clipboard-check-outline"),
        Act.CLOSE: (N_("Close Amana"), "power"),
    }
)

_ICONS: Mapping[Trouble, tuple[str, str]] = MappingProxyType(
    {
        Trouble.DAMAGED: ("file-alert-outline", "red"),
        Trouble.LEDGER_DAMAGED: ("file-alert-outline", "red"),
        Trouble.DISK_FAILING: ("harddisk", "red"),
        Trouble.DISK_FULL: ("harddisk", "red"),
        Trouble.DISK_LOW: ("harddisk", "amber"),
        Trouble.READ_ONLY: ("eye-outline", "amber"),
        Trouble.MISSING: ("file-search-outline", "amber"),
        Trouble.FOREIGN: ("file-question-outline", "amber"),
        Trouble.NEWER: ("update", "amber"),
        Trouble.LOCKED: ("lock-outline", "accent"),
        Trouble.WRONG_KEY: ("key-alert-outline", "amber"),
        Trouble.KEY_FILE_MISSING: ("key-alert-outline", "amber"),
        Trouble.KEY_FILE_DAMAGED: ("key-alert-outline", "amber"),
        Trouble.OLDER_COPY: ("content-copy", "amber"),
        Trouble.OTHER_COMPUTER: ("laptop", "amber"),
        Trouble.SERVER_AWAY: ("lan-disconnect", "amber"),
        Trouble.SERVER_REFUSES: ("lan-disconnect", "amber"),
        Trouble.SERVER_EMPTY: ("lan-disconnect", "amber"),
        Trouble.CLOCK_BACK: ("clock-alert-outline", "amber"),
        Trouble.CLOCK_AHEAD: ("clock-alert-outline", "amber"),
    }
)

STOPS = frozenset(
    {Trouble.DAMAGED, Trouble.LEDGER_DAMAGED, Trouble.DISK_FAILING, Trouble.MISSING,
     Trouble.FOREIGN, Trouble.WRONG_KEY}
)  # fmt: skip
"""While these last nothing can be done in the window: its pages make room for the telling."""


def telling_of(trouble: Trouble, about: str = "") -> Telling:
    """The page of a trouble."""
    row = TROUBLES[trouble]
    icon, tone = _ICONS.get(trouble, ("alert-outline", "amber"))
    return Telling(
        sentence(row.title), sentence(row.happened), sentence(row.safe), sentence(row.do_now),
        icon, tone, about,
    )  # fmt: skip


def ways_of(trouble: Trouble, can: Mapping[Act, Callable[[], object]]) -> list[Way]:
    """The first ways its table offers among those that can be gone here."""
    known = [act for act in TROUBLES[trouble].acts if act in can][:MOST_WAYS]
    return [Way(*_WORDS[act], can[act]) for act in known]
