"""What happens when something goes wrong that nobody foresaw: a calm sentence and a log entry.

A rule's refusal that no page caught ends here too and is said in the red bar.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from inventory.domain.sentence import Refused, Sentence, sentence

log = logging.getLogger("amana")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_QUIET_SECONDS = 2.0
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class FaultBook:
    """Installed once. `tell` says a sentence to the person; it is set when a window is there.

    A refusal goes whole to `refused` where that is set: there may be a trouble behind it.
    """

    def __init__(self) -> None:
        self.tell: Callable[[Sentence], None] | None = None
        self.refused: Callable[[Refused], None] | None = None
        self._last_place = ""
        self._last_time = 0.0

    def install(self) -> None:
        """Hear of everything no one caught: slots, virtual methods, threads, Qt itself."""
        sys.excepthook = self.caught
        threading.excepthook = lambda fault: self.caught(
            fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback
        )
        qInstallMessageHandler(_qt_said)

    def caught(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        """Log it; tell the person once, however often a repaint repeats it."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        if isinstance(fault, Refused):
            if self.refused is not None:
                self.refused(fault)
            else:
                self._say(fault.sentence)
            return
        if self._is_repeated(fault, trace):
            return
        log.error("unexpected", exc_info=(kind, fault, trace))
        self._say(
            sentence(
                "Something here did not work and was written down for the people who mend Amana. "
                "What you saved is safe."
            )
        )

    def _say(self, words: Sentence) -> None:
        if self.tell is not None:
            self.tell(words)

    def _is_repeated(self, fault: BaseException, trace: TracebackType | None) -> bool:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{type(fault)} {trace and (trace.tb_frame.f_code, trace.tb_lineno)}"
        now = time.monotonic()
        repeated = place == self._last_place and now - self._last_time < _QUIET_SECONDS
        self._last_place, self._last_time = place, now
        return repeated


class _Places(logging.Formatter):
    """Writes where something went wrong and of what kind it was, never with which words: the
    name of a person or an item may be among them, and anybody can read the log.
    """

    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # what another formatter made of it
        return super().format(own)

    def formatException(self, fault: _ExcInfo) -> str:
        _, raised, _ = fault
        lines: list[str] = []
        while raised is not None:
            kind = f"{type(raised).__module__}.{type(raised).__qualname__}\n"
            lines[:0] = [*traceback.format_tb(raised.__traceback__), kind]
            raised = raised.__cause__ or raised.__context__
        return "".join(lines).rstrip()


def keep_log(folder: Path) -> None:
    """Write the log there: three files of a megabyte. A folder that refuses costs only the log."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "amana.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Places("%(asctime)s %(levelname)s %(name)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _qt_said(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
