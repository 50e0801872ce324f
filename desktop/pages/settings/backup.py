"""Backups: where they go, how old the last one is, make one now, restore one."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from desktop import theme
from desktop.backups.sticks import Stick, sticks
from desktop.desk import Desk
from desktop.folders import show_folder
from desktop.keys import Key
from desktop.pages.settings.section import Section
from desktop.rights import allowed, only
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, clear
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.labels import icon_label, icon_line, label
from inventory.domain.roles import Permission
from inventory.domain.sentence import N_, sentence

MEGABYTE = 1_000_000

_HOW = (
    ("clock-outline", N_("Every hour while somebody works, and when Amana is closed.")),
    ("lock-outline", N_("Locked with the same key as the file of the clinic, if that is locked.")),
    ("history", N_("The last 24 hours, 14 days and 12 months are kept; older ones make room.")),
    ("check-decagram-outline", N_("Once a week Amana restores one by itself to prove that it "
                                  "works.")),
)  # fmt: skip


class BackupSection(Section):
    hint = N_("A copy that survives this computer")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Last backup"))
        self.places = ChoiceList(desk.say("Where backups go"))
        self.places.accepted.connect(self._take)
        where = Card(desk.say("Where backups go"))
        where.body.addWidget(self.places)
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(10))
        for words, chord, icon, run in (
            (N_("Another folder"), "Alt+F", "folder-outline", self.choose_folder),
            (N_("Show the folder"), "Alt+S", "folder-open-outline", self.show_folder),
        ):
            row.addWidget(Button(desk.say(words), chord, icon=icon, small=True, run=run))
        row.addStretch(1)
        where.body.addLayout(row)
        how = Card(desk.say("How it works"))
        for icon, text in _HOW:
            how.body.addWidget(icon_line(icon, desk.say(text)))
        self.stack.insertWidget(1, where)
        self.stack.insertWidget(2, how)
        self.sticks: list[Stick] = []
        self._now = QVBoxLayout()
        self.card.body.addLayout(self._now)
        if desk.safety is not None:
            desk.safety.changed.connect(self.refresh)

    def begin(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """The state and the sticks as they are now, while somebody looks."""
        if not self.isVisible():
            return
        clear(self._now)
        self._now.addLayout(self._state())
        self._offer()

    def _state(self) -> QHBoxLayout:
        px, desk = theme.current().px, self.desk
        row = QHBoxLayout()
        row.setSpacing(px(12))
        safety = desk.safety
        if safety is None or desk.practice:
            row.addWidget(label(desk.say("The practice clinic needs no backup."), wrap=True), 1)
            return row
        now, state = time.time_ns() // 1_000_000, safety.backups.now
        tone = state.tone(now)
        row.addWidget(icon_label("content-save-check-outline" if tone == "green"
                                 else "content-save-alert-outline", 30, tone))  # fmt: skip
        both = QVBoxLayout()
        both.setSpacing(px(2))
        both.addStretch(1)
        both.addWidget(label(desk.tell(state.long(now)), "item", wrap=True))
        second = state.refused or (sentence("Making a backup…") if state.running else None)
        if second is None and state.missing:
            second = sentence("{place} is not in the computer now.", place=state.place)
        if second is None and state.same_disk:
            second = sentence(
                "This folder is on the disk of the computer itself: if the computer is lost, the "
                "backups are lost with it. A stick is better."
            )
        if second is not None:
            both.addWidget(label(desk.tell(second), "second", wrap=True))
        both.addStretch(1)
        row.addLayout(both, 1)
        again = Button(desk.say("Restore a backup"), "Alt+R", icon="backup-restore", small=True,
                       run=self.restore)  # fmt: skip
        row.addWidget(only(desk, again, Permission.RESTORE))
        make = Button(desk.say("Make a backup now"), "Ctrl+Enter", icon="content-save-outline",
                      role="primary", run=self.finish)  # fmt: skip
        may = desk.may(Permission.BACK_UP)
        make.setEnabled(bool(state.place) and not state.running and may)
        row.addWidget(make)
        return row

    def _offer(self) -> None:
        desk, safety = self.desk, self.desk.safety
        self.sticks = sticks()
        chosen = safety.backups.folder if safety is not None else None
        rows = [
            Row(stick.folder, stick.name, desk.say("{free} MB free", free=stick.free // MEGABYTE),
                cap=str(number))
            for number, stick in enumerate(self.sticks, start=1)
        ]  # fmt: skip
        if chosen is not None and chosen not in [stick.folder for stick in self.sticks]:
            rows.append(Row(chosen, str(chosen), desk.say("Chosen before"), cap=str(len(rows) + 1)))
        if not rows:
            rows = [Row(None, desk.say("No stick is in the computer. Put one in, or choose a "
                                       "folder."), quiet=True)]  # fmt: skip
        at = next((n for n, row in enumerate(rows) if row.key == chosen and not row.quiet), -1)
        self.places.set_rows(rows, at)

    def _take(self, folder: object) -> None:
        if isinstance(folder, Path):
            self.choose(folder)

    def choose(self, folder: Path) -> None:
        """Backups go there from now on; the first one is made at once."""
        if not allowed(self.desk, Permission.BACK_UP):
            return
        safety = self.desk.safety
        if safety is not None and safety.backups.choose(folder):
            self.desk.done(sentence("Backups go there from now on."))
            self.refresh()

    def choose_folder(self) -> None:
        """A folder from anywhere."""
        title = self.desk.say("Where backups go")
        folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if folder:
            self.choose(Path(folder))

    def show_folder(self) -> None:
        safety = self.desk.safety
        if safety is not None and safety.backups.folder is not None:
            show_folder(safety.backups.folder)

    def restore(self) -> None:
        """Leads out of this window: the file is closed before another takes its place."""
        if allowed(self.desk, Permission.RESTORE) and self.desk.safety is not None:
            self.desk.safety.program.ask_restore()

    def finish(self) -> None:
        safety = self.desk.safety
        if safety is None or self.desk.practice or not allowed(self.desk, Permission.BACK_UP):
            return
        if safety.backups.folder is None:
            self.desk.refused(sentence("Choose a stick or a folder for backups."))
        else:
            safety.backups.start()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+Enter", N_("Make a backup now")),
            Key("Alt+R", N_("Restore a backup"), self.restore),
            Key("Alt+F", N_("Another folder"), self.choose_folder),
            Key("Alt+S", N_("Show the folder"), self.show_folder),
            Key("Alt+W", N_("Where backups go"), self.places.setFocus),
        )
