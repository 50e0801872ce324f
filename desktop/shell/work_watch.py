"""Shows long work: nothing at first, a line after 0.3 s, counts and time left after 3 s."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.desk import Desk
from desktop.news import Action, News, NewsKind
from desktop.shell.message_bar import MessageBar
from desktop.shell.progress_line import ProgressLine
from desktop.tasks import BAR_AFTER_S, COUNTS_AFTER_S, LongWork, seconds_left
from inventory.domain.sentence import Sentence, counted, sentence

_LOOK_MS = 250


class WorkWatch(QObject):
    """Watches one piece of work at a time; a second one takes its place on the bar."""

    def __init__(self, desk: Desk, line: ProgressLine, bar: MessageBar) -> None:
        super().__init__(bar)
        self.desk = desk
        self.line = line
        self.bar = bar
        self.work: LongWork[Any] | None = None
        self._far = (0, 0)
        self._before: News | None = None
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._show)

    def watch(self, work: LongWork[Any]) -> None:
        """Begin to watch; it is heard of again only if it takes long."""
        self.work = work
        self._far = (0, 0)
        self._before = self.bar.shown
        work.progressed.connect(self._progressed)
        work.ended.connect(self._ended)
        QTimer.singleShot(round(BAR_AFTER_S * 1000), self._begin)

    def cancel(self) -> bool:
        """Esc: ask the work to stop. False when there is none."""
        if self.work is None or self.work.is_cancelled:
            return False
        self.work.cancel()
        return True

    def _begin(self) -> None:
        if self.work is not None:
            self.line.start()
            self._look.start()

    def _progressed(self, done: int, total: int) -> None:
        self._far = (done, total)
        self.line.show_progress(done, total)

    def _show(self) -> None:
        work = self.work
        if work is None or work.seconds < COUNTS_AFTER_S:
            return
        stop = Action(sentence("Stop"), "Esc", self.cancel)
        words = _words(*self._far, work.seconds)
        at = self._before.at if self._before is not None else datetime.now()
        self.bar.show_news(News(NewsKind.CALM, words, stop, at))

    def _ended(self) -> None:
        self._look.stop()
        self.line.stop()
        if self.work is not None and self.work.seconds >= COUNTS_AFTER_S:
            self.bar.show_news(self._before)
        self.work = None


def _words(done: int, total: int, seconds: float) -> Sentence:
    left = seconds_left(done, total, seconds)
    if not total:
        return sentence("{done} so far", done=done)
    if left is None:
        return sentence("{done} of {total}", done=done, total=total)
    return counted(
        "{done} of {total}. One second left.",
        "{done} of {total}. {n} seconds left.",
        max(left, 1),
        done=done,
        total=total,
    )
