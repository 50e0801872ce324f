"""The window: stripe, rail, top bar, page, message bar; and what each key does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.desk import Desk
from desktop.news import News
from desktop.page import Page
from desktop.pages import PageEntry, available
from desktop.shell.key_filter import KeyFilter
from desktop.shell.message_bar import MessageBar
from desktop.shell.rail import Rail
from desktop.shell.stripe import Stripe
from desktop.shell.top_bar import TopBar
from inventory.domain.sentence import N_, Refused

_MINUTE_MS = 60_000


class MainWindow(QMainWindow):
    """Everything a person sees. Pages are made when first opened.

    When language, look or clinic change, everything inside is built anew: pages keep nothing
    of their own, so nothing is lost and nothing old can shine through.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.entries: tuple[PageEntry, ...] = available()
        self.pages: dict[str, Page] = {}
        self.here = ""
        self._waiting: dict[str, int] = {}
        self._build()
        self._connect()
        self._keys = KeyFilter(self, self.run_chord)
        self._keys.control_held.connect(lambda held: self.rail.show_keys(held))
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(desk.look_at_clock)
        self._minute.start()

    # Building

    def _build(self) -> None:
        desk = self.desk
        self.setWindowTitle(desk.say("Amana, {clinic}", clinic=desk.clinic.name))
        practice = N_("PRACTICE CLINIC. Nothing here is real.")
        self.stripe = Stripe(desk.say(practice) if desk.practice else "")
        self.rail = Rail(desk, self.entries)
        self.top_bar = TopBar()
        self.field = self.top_bar.field
        self.stack = QStackedWidget()
        self.message_bar = MessageBar(desk)
        self._lay_out()
        self.rail.chosen.connect(self.open_page)
        self.field.entered.connect(self._entered)
        self.field.stepped.connect(self._stepped)
        for key, number in self._waiting.items():
            self.rail.show_waiting(key, number)
        self._show_circumstances()

    def _lay_out(self) -> None:
        room = QWidget()
        room.setObjectName("room")
        whole = QVBoxLayout(room)
        below = QHBoxLayout()
        work = QVBoxLayout()
        for layout in (whole, below, work):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        whole.addWidget(self.stripe)
        whole.addLayout(below, 1)
        below.addWidget(self.rail)
        below.addLayout(work, 1)
        work.addWidget(self.top_bar)
        work.addWidget(self.stack, 1)
        work.addWidget(self.message_bar)
        self.setCentralWidget(room)

    def _connect(self) -> None:
        desk = self.desk
        desk.news_told.connect(self._news)
        desk.count_told.connect(self._count)
        desk.page_wanted.connect(self.open_page)
        desk.field_wanted.connect(self.focus_field)
        desk.clinic_changed.connect(self.rebuild)
        desk.language_changed.connect(self.rebuild)
        desk.look_changed.connect(self.rebuild)
        desk.day_changed.connect(self._show_circumstances)
        desk.user_changed.connect(self._show_circumstances)

    def rebuild(self) -> None:
        """Build everything inside anew, on the page we were on."""
        here, self.here, self.pages = self.here, "", {}
        self._build()
        self.open_page(here)

    def _show_circumstances(self) -> None:
        desk = self.desk
        self.rail.mark.show_clinic(desk.clinic, several=False)
        self.rail.person.show_person(desk.user, desk.tell(desk.role) if desk.role else "")
        self.top_bar.date.setText(desk.language.weekday_date(desk.today))

    # Pages

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        return self.pages.get(self.here)

    def open_page(self, key: str, what: object = None) -> None:
        """Show a page, making it first if it was never open; `what` is handed to it."""
        entry = next((e for e in self.entries if e.key == key), None)
        if entry is None:
            return
        leaving = self.page
        if leaving is not None and key != self.here:
            leaving.leaving()
        page = self.pages.get(key) or self._make(entry)
        self.here = key
        self.stack.setCurrentWidget(page)
        self.rail.show_page(key)
        self.field.setPlaceholderText(self.desk.say(page.placeholder))
        self.field.clear()
        self.focus_field()
        if what is not None:
            page.open(what)

    def _make(self, entry: PageEntry) -> Page:
        page = entry.make(self.desk)
        self.pages[entry.key] = page
        self.stack.addWidget(page)
        return page

    def focus_field(self) -> None:
        """The cursor goes back to where everything begins."""
        self.field.setFocus()
        self.field.selectAll()

    # Keys

    def run_chord(self, chord: str) -> bool:
        """Do what a chord means here. False when it means nothing."""
        act = self._act_of(chord)
        if act is None:
            return False
        self.guarded(act)
        return True

    def _act_of(self, chord: str) -> Callable[[], object] | None:
        offered = self.message_bar.action
        if offered is not None and offered.key == chord and chord != "Ctrl+Z":
            return self.message_bar.act
        page = self.page
        own = page.keys() if page is not None else ()
        for key in own:
            if key.chord == chord and key.run is not None:
                return key.run
        for entry in self.entries:
            if entry.chord == chord:
                return lambda: self.open_page(entry.key)
        return self._own_chords().get(chord)

    def _own_chords(self) -> dict[str, Callable[[], object]]:
        page = self.page
        own: dict[str, Callable[[], object]] = {"F1": self.focus_field, "Esc": self._back}
        if page is not None:
            own |= {
                "Ctrl+Enter": page.finish,
                "Ctrl+Z": self._undo,
                "Ctrl+P": page.print_page,
                "Ctrl+E": page.export,
            }
        return own

    def guarded(self, act: Callable[[], object]) -> None:
        """Run an act; a refusal is said in the red bar."""
        try:
            act()
        except Refused as refusal:
            self.desk.refused(refusal)

    def _undo(self) -> None:
        if self.page is not None and self.page.undo():
            return
        action = self.message_bar.action
        if action is not None and action.key == "Ctrl+Z":
            self.message_bar.act()

    def _back(self) -> None:
        if self.field.text():
            self.field.clear()
        elif self.page is None or not self.page.back():
            self.focus_field()

    def _entered(self) -> None:
        if not self.field.text() and self.page is not None:
            self.guarded(self.page.enter)

    def _stepped(self, rows: int) -> None:
        if self.page is not None:
            self.page.step(rows)

    # News

    def _news(self, news: News) -> None:
        self.message_bar.show_news(news)

    def _count(self, page: str, number: int) -> None:
        self._waiting[page] = number
        self.rail.show_waiting(page, number)


def window_of(application: QApplication) -> MainWindow | None:
    """The main window of the program, if it is open."""
    found = (w for w in application.topLevelWidgets() if isinstance(w, MainWindow))
    return next(found, None)
