"""A window that shows one step at a time in the middle of an empty room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop import theme
from desktop.direction import Side, align
from desktop.keys import chord
from desktop.scan_burst import ScannerSettings
from desktop.scanner import ScannerFilter
from desktop.shell.stripe import Stripe
from desktop.widgets.buttons import Button
from desktop.widgets.labels import label, repolish
from inventory.domain.sentence import Refused, Sentence
from inventory.language import Language, language

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.tasks import LongWork
    from inventory.exchange.progress import Progress

WIDE = 820


class StepWindow(QWidget):
    """Fill it with `show_step`. Esc goes one step back; a refusal stands at the bottom in red."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.work: LongWork[Any] | None = None
        self.back: Callable[[], object] | None = None
        self.finish: Callable[[], object] | None = None
        self.chords: dict[str, Callable[[], object]] = {}
        self._scanner: ScannerFilter | None = None
        self.setObjectName("room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.words.say("Amana"))
        self.content = QWidget()
        self.message = QLabel()
        self.bar = self._message_bar()
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(0)
        for part in (Stripe(accent=True), self.content, self.bar):
            self.whole.addWidget(part, 1 if part is self.content else 0)

    @property
    def words(self) -> Language:
        """The language chosen, else the computer's."""
        return language(self.program.language_code)

    def show_step(
        self,
        body: QWidget,
        *,
        title: str = "",
        about: str = "",
        focus: QWidget | None = None,
        back: Callable[[], object] | None = None,
        finish: Callable[[], object] | None = None,
        chords: Mapping[str, Callable[[], object]] | None = None,
        heard: Callable[[str], object] | None = None,
        wide: int = WIDE,
    ) -> None:
        """Another step in place of the one shown; finished words.

        `finish` is Ctrl+Enter, `chords` are other keys, `heard` takes what a scanner reads.
        """
        px = theme.current().px
        self.work, self.back, self.finish, self.chords = None, back, finish, dict(chords or {})
        self.bar.hide()
        self._listen(heard)
        content, step = QWidget(), QWidget()
        step.setFixedWidth(px(wide))
        stack = QVBoxLayout(step)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(10))
        if title:
            stack.addWidget(label(title, "first", wrap=True))
        if about:
            stack.addWidget(label(about, "subtitle", wrap=True))
        stack.addSpacing(px(8))
        stack.addWidget(body)
        room = QVBoxLayout(content)
        room.setContentsMargins(px(28), px(18), px(28), px(18))
        room.addStretch(2)
        # Stretches and no alignment: an aligned widget is not asked how high its words make it.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(step)
        middle.addStretch(1)
        room.addLayout(middle)
        room.addStretch(3)
        self.change_to(content)
        if focus is not None:
            QTimer.singleShot(0, focus, focus.setFocus)

    def change_to(self, content: QWidget) -> None:
        """Everything between the stripe and the bar, in place of what is there."""
        old, self.content = self.content, content
        self.whole.replaceWidget(old, content)
        self.whole.setStretchFactor(content, 1)
        old.hide()
        old.deleteLater()

    def _listen(self, heard: Callable[[str], object] | None) -> None:
        """Scans are read by the places of their keys, so that no layout garbles them."""
        if self._scanner is not None:
            self._scanner.remove()
            self._scanner.deleteLater()
            self._scanner = None
        if heard is not None:
            settings = ScannerSettings(**self.program.preferences.now.scanner)
            self._scanner = ScannerFilter(self, settings)
            self._scanner.scanned.connect(lambda text: self.guarded(lambda: heard(text)))
            self._scanner.install()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._listen(None)
        super().closeEvent(event)

    def foot(self, *buttons: Button) -> QHBoxLayout:
        """A row of buttons: the way back at the leading side, what finishes at the trailing."""
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(10))
        if self.back is not None:
            row.addWidget(Button(self.words.say("Back"), "Esc", icon="arrow-left", run=self.back))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        return row

    def wait(
        self,
        said: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        again: Callable[[], object],
    ) -> None:
        """Do it in a thread and show how far it is; `again` shows the step it is refused in."""
        from desktop.tasks import LongWork

        body, bar = QWidget(), QProgressBar()
        stack = QVBoxLayout(body)
        stack.setSpacing(theme.current().px(20))
        stack.addWidget(label(said, "heading", side=Side.CENTRE))
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        stack.addWidget(bar)
        self.show_step(body)
        self.work = LongWork(work, done, lambda error: self._failed(error, again))
        self.work.progressed.connect(lambda so_far, total: _show(bar, so_far, total))
        self.work.start()

    def _failed(self, error: Exception, again: Callable[[], object]) -> None:
        again()
        if not isinstance(error, Refused):
            raise error
        self.refuse(error.sentence)

    def guarded(self, act: Callable[[], object]) -> None:
        """Run an act; a refusal is said at the bottom."""
        try:
            act()
        except Refused as refusal:
            self.refuse(refusal.sentence)

    def refuse(self, words: Sentence) -> None:
        """Say no at the bottom."""
        self.message.setText(self.words.tell(words))
        align(self.message)
        self.bar.setProperty("kind", "refused")
        for part in (self.bar, self.message):
            repolish(part)
        self.bar.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        act = self.chords.get(chord(event))
        if self.work is not None:
            super().keyPressEvent(event)
        elif act is not None:
            self.guarded(act)
        elif event.key() == Qt.Key.Key_Escape and self.back is not None:
            self.back()
        elif enter and control and self.finish is not None:
            self.guarded(self.finish)
        else:
            super().keyPressEvent(event)

    def _message_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("message_bar")
        bar.setMinimumHeight(theme.current().px(44))
        self.message.setObjectName("words")
        self.message.setWordWrap(True)
        align(self.message)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.current().px(24), 8, theme.current().px(24), 8)
        row.addWidget(self.message, 1)
        bar.hide()
        return bar


def _show(bar: QProgressBar, done: int, total: int) -> None:
    bar.setRange(0, total)
    bar.setValue(done)
