"""Looks after the open file: is it still there, has its disk room, may it be written?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.folders import show_folder
from desktop.shell.notice_bar import Notice
from desktop.trouble.telling import STOPS
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, Refused, sentence
from inventory.domain.troubles import TROUBLES, Trouble
from inventory.queries.clock import clock_set_back
from inventory.storage.moved import went_away

if TYPE_CHECKING:
    from desktop.safety import Safety
    from inventory.storage.room import Room

_EVERY_MS = 5_000
_FIRST_MS = 2_000


def moved_notice(place: str) -> Notice:
    """What to say all the time in a database whose data are elsewhere."""
    return Notice("amber", "truck-delivery-outline", went_away(place).sentence)


class FileWatch(QObject):
    """`gone` when the file is not there any more; `noticed` carries a Notice or None."""

    gone = Signal(object)
    noticed = Signal(object)

    def __init__(self, safety: Safety, parent: QObject) -> None:
        super().__init__(parent)
        self.safety = safety
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, singleShot=True)
        self._first.timeout.connect(self.look)

    def begin(self) -> None:
        """From now on every few seconds; a server's file is the server's business."""
        if self.safety.database.is_file:
            self._timer.start()
            self._first.start(0 if self.safety.database.look_only else _FIRST_MS)

    def stop(self) -> None:
        self._timer.stop()
        self._first.stop()

    def look(self) -> None:
        """Once. A server is looked after by who waits for its answers."""
        if not self.safety.database.is_file:
            return
        if self.safety.file_is_gone():
            self.gone.emit(Trouble.MISSING)
            return
        try:
            self.noticed.emit(self._notice())
        except Refused as refusal:
            if refusal.trouble in STOPS:
                self.gone.emit(refusal.trouble)

    def _notice(self) -> Notice | None:
        database, safety = self.safety.database, self.safety
        if database.moved_to:
            return moved_notice(database.moved_to)
        copied = safety.copy_found
        if copied is not None:
            return Notice("amber", "content-copy", sentence(
                "You are only looking at this copy. Nothing you do here is kept."),
                N_("What to do about it"), lambda: self.gone.emit(copied))  # fmt: skip
        if database.look_only:
            return Notice("amber", "eye-outline", sentence(
                "This file can only be looked at. What you do here is not kept."),
                N_("Copy it to this computer"), self._copy_here)  # fmt: skip
        room = database.room()
        about_room = None if room is None else self._about_room(room)
        return about_room or self._about_clock()

    def _about_clock(self) -> Notice | None:
        """A clock that stands before the ledger, and the way out for who may take it."""
        desk = self.safety.desk
        told = desk.ask(clock_set_back, desk.clinic.id, desk.today)
        if told is None:
            return None
        words, act = N_("The date is right now"), self._accept_clock
        may = desk.may(Permission.CONTINUE)
        return Notice("amber", "clock-alert-outline", told, words if may else "", act)

    def _accept_clock(self) -> None:
        from inventory.services.clock import accept_clock

        desk = self.safety.desk
        accepted = desk.do(accept_clock)
        desk.done(sentence("The ledger goes on from {day}.", day=accepted.day))
        self.look()

    def _copy_here(self) -> None:
        """A copy in the user's own folder, opened at once."""
        from inventory.services.copying import copy_to
        from inventory.storage.locations import data_folder

        made = copy_to(Path(self.safety.database.address), data_folder())
        self.safety.program.open_or_tell(str(made))

    def _about_room(self, room: Room) -> Notice | None:
        if room.trouble is None or room.sentence is None:
            return None
        folder = Path(self.safety.database.address).parent
        full = room.trouble is Trouble.DISK_FULL
        words = sentence(TROUBLES[Trouble.DISK_FULL].do_now) if full else room.sentence
        if full:
            words = sentence("The disk is full: nothing more can be saved. {advice}", advice=words)
        return Notice("red" if full else "amber", "harddisk", words, N_("Show the folder"),
                      lambda: show_folder(folder))  # fmt: skip
