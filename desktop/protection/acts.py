"""What can be done about protection here: a word, a key, and what it opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventory.domain.protection import Guard, Health, State
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_

if TYPE_CHECKING:
    from desktop.front import Front
    from desktop.safety import Safety

Open = Callable[[], "Front | None"]


@dataclass(frozen=True, slots=True)
class ProtectionAct:
    """English source words; `answers` are the rows it mends; `open` returns what to show.

    `needs` is what a person must be allowed; None for what everybody may.
    """

    words: str
    icon: str
    chord: str
    open: Open
    answers: frozenset[Guard] = frozenset()
    needs: Permission | None = None


def acts_for(safety: Safety, found: Health) -> list[ProtectionAct]:
    """Those that mean something for this file, and that who sits here may do."""
    states = {row.guard: row.state for row in found.rows}
    return [act for act in _acts(safety, states)
            if act.needs is None or safety.desk.may(act.needs)]  # fmt: skip


def _acts(safety: Safety, states: dict[Guard, State]) -> Iterator[ProtectionAct]:
    pages = safety.desk.open_page
    if states.get(Guard.LOCK) is State.OPEN and not safety.desk.practice:
        yield ProtectionAct(N_("Lock this file"), "lock-outline", "Alt+L",
                            _quietly(safety.program.ask_lock), frozenset({Guard.LOCK}))  # fmt: skip
    if safety.is_locked:
        yield from _key_acts(safety, states)
    if states.get(Guard.PLAIN_COPIES) is State.OPEN:
        yield ProtectionAct(N_("Remove the old file"), "file-remove-outline", "Alt+R",
                            lambda: _old_files(safety),
                            frozenset({Guard.PLAIN_COPIES}), Permission.PROTECTION)  # fmt: skip
    yield ProtectionAct(N_("Backups"), "usb-flash-drive-outline", "Alt+B",
                        _quietly(lambda: pages("settings", "backup")),
                        frozenset({Guard.BACKUP, Guard.PROOF}), Permission.BACK_UP)  # fmt: skip
    if Guard.PEOPLE in states and states[Guard.PEOPLE] is not State.SAFE and safety.is_locked:
        yield ProtectionAct(N_("People"), "account-group-outline", "Alt+M",
                            _quietly(lambda: pages("settings", "people")),
                            frozenset({Guard.PEOPLE}), Permission.PEOPLE)  # fmt: skip
    if not safety.desk.practice:
        yield ProtectionAct(N_("Remove visit data in danger"), "shield-remove-outline", "Alt+V",
                            lambda: _evacuation(safety),
                            needs=Permission.EVACUATE)  # fmt: skip


def _key_acts(safety: Safety, states: dict[Guard, State]) -> Iterator[ProtectionAct]:
    yield ProtectionAct(N_("Print the paper key"), "file-key-outline", "Alt+P",
                        lambda: _paper_key(safety), frozenset({Guard.PAPER_KEY}),
                        Permission.EXPORT_KEYS)  # fmt: skip
    if states.get(Guard.PAPER_KEY) is State.SAFE:
        yield ProtectionAct(N_("Check the paper key"), "clipboard-check-outline", "Alt+C",
                            lambda: _check(safety))  # fmt: skip
    yield ProtectionAct(N_("Key of the office"), "office-building-outline", "Alt+O",
                        lambda: _office(safety), needs=Permission.EXPORT_KEYS)  # fmt: skip


def _quietly(act: Callable[[], object]) -> Open:
    """An act that leads elsewhere and shows nothing here."""

    def run() -> None:
        act()

    return run


def _paper_key(safety: Safety) -> Front:
    from desktop.protection.paper_key import PaperKeySheet

    return PaperKeySheet(safety)


def _check(safety: Safety) -> Front:
    from desktop.protection.paper_check import PaperCheck

    return PaperCheck(safety)


def _office(safety: Safety) -> Front:
    from desktop.protection.office_key import OfficeKey

    return OfficeKey(safety)


def _old_files(safety: Safety) -> Front:
    from desktop.protection.old_files import OldFiles

    return OldFiles(safety)


def _evacuation(safety: Safety) -> Front:
    from desktop.protection.evacuation import Evacuation

    return Evacuation(safety)
