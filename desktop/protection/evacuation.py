"""In danger: leave the totals in a locked file and remove the visits from this computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop import theme
from desktop.keys import Key
from desktop.protection.sheet import SafetySheet, column
from desktop.safety import Safety
from desktop.widgets.buttons import Button
from desktop.widgets.field import Field
from desktop.widgets.hold_button import HOLD_MS, HoldButton
from desktop.widgets.labels import icon_line, label
from desktop.widgets.segmented import Segmented
from inventory.domain.sentence import N_, Refused, counted, sentence

if TYPE_CHECKING:
    from inventory.domain.stamp import Stamp
    from inventory.services.entered import Entered
    from inventory.services.evacuating import Evacuated

_CALM, _ALONE = "calm", "alone"
_WHAT = (
    ("minus-circle-outline", N_("Removed for good: what was written about visits, and open "
                                "baskets.")),
    ("check-circle-outline", N_("Stays: stock, use, documents and the security log.")),
    ("usb-flash-drive-outline", N_("Left behind: a file with the totals, locked like a backup, "
                                   "for the office.")),
    ("alert-circle-outline", N_("Backups made before still hold visits. You see them next.")),
)  # fmt: skip


class Evacuation(SafetySheet):
    """A held button, for it cannot be undone here."""

    def __init__(self, safety: Safety, hold_ms: int = HOLD_MS) -> None:
        super().__init__(safety)
        self.hold_ms = hold_ms
        self.folder = safety.backups.folder
        self.old: list[Path] = []
        say = self.desk.say
        rows = [icon_line(icon, say(text), role="") for icon, text in _WHAT]
        self.who = Segmented(
            [(_CALM, say("A second person confirms")), (_ALONE, say("Danger: I am alone"))], _CALM,
            name=say("Who decides"),
        )  # fmt: skip
        self.where = label("", "second", wrap=True)
        self.hold = HoldButton(say("Hold for three seconds: remove visit data"), hold_ms=hold_ms)
        self.hold.held.connect(self.remove)
        self.show_step(
            say("Remove visit data in danger"),
            say("For the day when this computer may be taken. Work can go on afterwards."),
            column(*rows, Field(say("Who decides"), self.who), self._place(), self.hold),
        )  # fmt: skip
        self._show_place()
        self.focus(self.hold)

    def _place(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(12))
        row.addWidget(self.where, 1)
        row.addWidget(Button(self.desk.say("Another folder"), "Alt+F", icon="folder-outline",
                             small=True, run=self.choose_folder))  # fmt: skip
        return made

    def _show_place(self) -> None:
        there = self.folder is not None and self.folder.parent.is_dir()
        told = self.desk.say("Choose where the totals are left.")
        if self.folder is not None and there:
            told = self.desk.say("The totals are left in {folder}", folder=str(self.folder))
        self.where.setText(told)
        self.hold.setEnabled(there)

    def choose_folder(self) -> None:
        """A stick or folder for the totals."""
        title = self.desk.say("Choose where the totals are left.")
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if chosen:
            self.folder = Path(chosen)
            self._show_place()

    def remove(self) -> None:
        """Do it; then show what older backups still hold."""
        folder, alone = self.folder, self.who.chosen == _ALONE
        if folder is None:
            return

        def use(entered: Entered, stamp: Stamp) -> Evacuated:
            from inventory.services.evacuating import evacuate

            folder.mkdir(exist_ok=True)
            key_file = entered.keys().to_bytes() if entered.is_protected else b""
            return evacuate(entered.database, stamp, entered.master, key_file, folder,
                            emergency=alone)  # fmt: skip

        try:
            self.safety.act(use, done=self._removed)
        except OSError:
            self.desk.refused(sentence("The stick or folder for backups is not there. Put the "
                                       "stick in and try again."))  # fmt: skip
        except Refused as refusal:
            self.desk.refused(refusal)

    def _removed(self, done: Evacuated) -> None:
        from inventory.services.evacuating import backups_with_visits, tell_backups

        self.desk.committed.emit()
        desk = self.desk
        assert self.folder is not None
        self.old = backups_with_visits(self.safety.database, self.folder)
        told = [*done.told, sentence("The totals are in {file}.", file=done.totals.name)]
        rows = [icon_line("check", desk.tell(one), role="") for one in told]
        still = tell_backups(self.old)
        if still is not None:
            rows.append(icon_line("alert-circle-outline", desk.tell(still), role="", tone="amber"))
            self.hold = HoldButton(desk.say("Hold for three seconds: remove these backups too"),
                                   hold_ms=self.hold_ms)  # fmt: skip
            self.hold.held.connect(self.remove_backups)
            rows.append(self.hold)
        self.show_step(desk.say("Visit data is removed"), "", column(*rows),
                       desk.say("Back to work"))  # fmt: skip
        self.desk.done(done.told[0])

    def remove_backups(self) -> None:
        """Remove the older backups and make a new one, which holds no visit."""
        from inventory.services.evacuating import remove_backups

        try:
            remove_backups(self.old)
        except Refused as refusal:
            self.desk.refused(refusal)
            return
        self.closed.emit()
        self.desk.done(counted("{n} backup was removed.", "{n} backups were removed.",
                               len(self.old)))  # fmt: skip
        self.safety.backups.start()

    def keys(self) -> tuple[Key, ...]:
        return (*super().keys(), Key("Alt+F", N_("Another folder"), self.choose_folder))

    def finish(self) -> None:
        if self.old or not self.hold.isVisible():
            self.closed.emit()
