"""A backup or its proof in a process of its own, so that no dispensing ever waits for it."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

from inventory.domain.sentence import Sentence, sentence

if TYPE_CHECKING:
    from desktop.safety import Safety

MAIN = Path(__file__).parents[2] / "main.py"
_KILL_AFTER_MS = 2_000


class Job(StrEnum):
    """The command that does it."""

    BACK_UP = "backup"
    PROVE = "prove-restore"


def program() -> list[str]:
    """How this program starts itself: frozen, or as a script."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, str(MAIN)]


class BackupProcess(QObject):
    """`ended` carries the refusal, or None when all went well.

    The key goes through the pipe to the process: never on its command line, in its surroundings
    or in a file.
    """

    ended = Signal(object)
    progressed = Signal(object, object)

    def __init__(self, safety: Safety, job: Job, folder: Path) -> None:
        super().__init__(safety)
        self.job = job
        self.key = safety.key_for_backups
        self.cancelled = False
        self.process = QProcess(self)
        start, *first = program()
        self.process.setProgram(start)
        options = ["--database", safety.database.address]
        told = ["--progress"] if job is Job.BACK_UP else []
        self.process.setArguments(
            [*first, *options, job.value, str(folder), "--key-from-pipe", *told]
        )
        self.process.readyReadStandardError.connect(self._hear)
        self._said: list[str] = []
        self.process.finished.connect(self._finished)
        self.process.errorOccurred.connect(self._failed)

    def start(self) -> None:
        """Begin; returns at once."""
        self.process.start()
        self.process.write(self.key.encode() + b"\n")
        self.process.closeWriteChannel()
        self.key = ""

    def cancel(self) -> None:
        """Stop it; an unfinished backup is never seen."""
        self.cancelled = True
        self.process.kill()
        self.process.waitForFinished(_KILL_AFTER_MS)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._tell(sentence("The backup could not be started. Close Amana and open it anew."))

    def _hear(self) -> None:
        """How far it is comes in lines of JSON; what else is said is kept for the end."""
        text = bytes(self.process.readAllStandardError().data()).decode("utf-8", "replace")
        for line in text.splitlines():
            try:
                far = json.loads(line) if line.startswith("{") else None
            except ValueError:
                far = None
            if isinstance(far, dict):
                self.progressed.emit(far.get("done", 0), far.get("all", 0))
            elif line.strip():
                self._said.append(line.strip())

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._hear()
        if self.cancelled:
            self._tell(sentence("The backup was not made: it was skipped."))
        elif code == 0 and status is QProcess.ExitStatus.NormalExit:
            self._tell(None)
        else:
            self._tell(_told(self._said[-1]) if self._said else sentence(
                "The backup was interrupted. The older ones are still there."))  # fmt: skip

    def _tell(self, refusal: Sentence | None) -> None:
        self.ended.emit(refusal)
        self.deleteLater()


def _told(said: str) -> Sentence:
    """Commands speak English; their own sentences are found again by their words."""
    text = said.replace("{", "(").replace("}", ")")
    return Sentence(text)
