"""Copies without a lock that stand beside the locked file: look at them and remove them."""

from __future__ import annotations

from pathlib import Path

from desktop.protection.sheet import SafetySheet, column
from desktop.safety import Safety
from desktop.widgets.labels import icon_line, label
from inventory.domain.sentence import Refused, counted, sentence


class OldFiles(SafetySheet):
    """Only files that Amana kept itself can be removed here."""

    def __init__(self, safety: Safety) -> None:
        super().__init__(safety)
        from inventory.services.surroundings import plain_copies

        self.files = plain_copies(Path(safety.database.address))
        say = self.desk.say
        rows = [icon_line("file-outline", self.desk.language.isolate(file.name), role="item",
                          wrap=False) for file in self.files]  # fmt: skip
        limit = label(
            say("A stick or a new kind of disk may keep parts of a removed file for a while. "
                "Nobody can promise more."), "second", wrap=True,
        )  # fmt: skip
        self.show_step(
            say("Remove the old file"),
            say("Anybody who has this computer can read these files. The locked file holds "
                "everything that is in them. Look once more whether you can work, then remove "
                "them. They do not come back."),
            column(*rows, limit), say("Remove"), "delete-outline",
        )  # fmt: skip

    def finish(self) -> None:
        from inventory.services.protecting import forget_old

        removed = 0
        for file in self.files:
            try:
                forget_old(file)
                removed += 1
            except Refused as refusal:
                self.desk.refused(refusal)
        self.closed.emit()
        self.safety.changed.emit()
        if removed == len(self.files):
            self.desk.done(counted("{n} file was removed.", "{n} files were removed.", removed))
        elif removed:
            self.desk.refused(sentence("Not every file could be removed. Look in the folder."))
