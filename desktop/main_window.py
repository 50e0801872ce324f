"""The window: stripe, rail, top bar, page, message bar; and what each key does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.appearance import dress, teach
from desktop.backups.badge import BackupAge
from desktop.clock_watch import ClockWatch
from desktop.desk import Desk
from desktop.page import Page
from desktop.pages import PageEntry, available
from desktop.shell.chords import Chords
from desktop.shell.key_filter import KeyFilter
from desktop.shell.locking import Locking
from desktop.shell.message_bar import MessageBar
from desktop.shell.notice_bar import Notice, NoticeBar
from desktop.shell.over import Over, standing
from desktop.shell.progress_line import HIGH, ProgressLine
from desktop.shell.rail import Rail
from desktop.shell.scans import Scans
from desktop.shell.search_results import SearchResults
from desktop.shell.sheet import Sheet
from desktop.shell.stripe import Stripe
from desktop.shell.top_bar import TopBar
from desktop.shell.work_watch import WorkWatch
from desktop.trouble.guardian import Guardian
from inventory.domain.sentence import N_, Refused

if TYPE_CHECKING:
    from desktop.scanner import ScannerFilter
    from desktop.search import Search
    from desktop.shell.cover import Cover
    from desktop.shell.lock import Lock

_LOOK_MS = 5_000
_TAPE = N_("PRACTICE CLINIC. Nothing here is real.")


class MainWindow(QMainWindow):
    """Everything a person sees. Pages are made when first opened.

    When language, look or clinic change, everything inside is built anew: pages keep nothing
    of their own, so nothing is lost and nothing old can shine through.
    """

    left = Signal()
    key_dropped = Signal()

    def __init__(self, desk: Desk, search: Search | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.search = search
        self.entries: tuple[PageEntry, ...] = available()
        self.pages: dict[str, Page] = {}
        self.here = ""
        self.sheet: Sheet | None = None
        self.cover: Cover | Lock | None = None
        self._waiting: dict[str, int] = {}
        self.scans = Scans(desk, self)
        self.chords = Chords(self)
        self.locking = Locking(self)
        self._build()
        self._connect()
        self.guardian = Guardian(self)
        self._watch_server()
        self._keys = KeyFilter(self, self.chords.run)
        self._keys.control_held.connect(lambda held: self.rail.show_keys(held))
        self._seconds = QTimer(self, interval=_LOOK_MS)
        self._seconds.timeout.connect(desk.look_at_clock)
        self._seconds.start()
        self._clock = ClockWatch(desk, self)
        self._clock.look()

    def _watch_server(self) -> None:
        if self.desk.away is not None:
            from desktop.shell.desks_sheet import AwayWatch

            self._away_watch = AwayWatch(self, self.desk.away)
            self._away_watch.show()

    # Building

    def _build(self) -> None:
        desk = self.desk
        self.name_window()
        self.stripe = Stripe(desk.say(_TAPE) if desk.practice else "")
        self.rail = Rail(desk, self.entries)
        self.top_bar = TopBar()
        self.field = self.top_bar.field
        self.notice = NoticeBar(desk)
        self.stack = QStackedWidget()
        self.message_bar = MessageBar(desk)
        if desk.safety is not None and not desk.practice:
            self.message_bar.add_trailing(BackupAge(desk, desk.safety))
        self.sheet = None
        self._lay_out()
        self.line = ProgressLine(self.work)
        self.watch = WorkWatch(desk, self.line, self.message_bar)
        self.results = SearchResults(desk, self.room, self.field, self.entries, self.search)
        self.results.chosen.connect(self.carry)
        self.results.submitted.connect(self.scans.arrived)
        self.results.answers = self._is_answer
        self.rail.chosen.connect(self.open_page)
        self.rail.mark.clicked.connect(self.choose_clinic)
        self.rail.person.clicked.connect(self.lock)
        self.field.entered.connect(self._entered)
        self.field.stepped.connect(self._stepped)
        self.field.digit = self._digit
        for key, number in self._waiting.items():
            self.rail.show_waiting(key, number)
        self._show_circumstances()

    def name_window(self) -> None:
        """By the clinic."""
        self.setWindowTitle(self.desk.say("Amana, {clinic}", clinic=self.desk.clinic.name))

    def _lay_out(self) -> None:
        self.room, self.work = QWidget(), QWidget()
        self.room.setObjectName("room")
        whole, below, work = QVBoxLayout(self.room), QHBoxLayout(), QVBoxLayout(self.work)
        for layout in (whole, below, work):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        whole.addWidget(self.stripe)
        whole.addLayout(below, 1)
        below.addWidget(self.rail)
        below.addWidget(self.work, 1)
        work.addWidget(self.top_bar)
        work.addWidget(self.notice)
        work.addWidget(self.stack, 1)
        work.addWidget(self.message_bar)
        self.work.installEventFilter(self)
        self.setCentralWidget(self.room)

    def _connect(self) -> None:
        desk = self.desk
        desk.news_told.connect(lambda news: self.message_bar.show_news(news))
        desk.count_told.connect(self._count)
        desk.page_wanted.connect(self.open_page)
        desk.field_wanted.connect(self.focus_field)
        desk.work_begun.connect(lambda work: self.watch.watch(work))
        for changed in (desk.clinic_changed, desk.language_changed, desk.look_changed):
            changed.connect(self.rebuild)
        for changed in (desk.day_changed, desk.user_changed):
            changed.connect(self._show_circumstances)

    def rebuild(self) -> None:
        """Dress and build everything inside anew, on the page we were on."""
        application = cast(QApplication, QApplication.instance())
        dress(application, self.desk.theme, rtl=self.desk.language.rtl)
        teach(application, self.desk.language.code)
        here, self.here, self.pages = self.here, "", {}
        above = standing(self.room)
        self._build()
        for over in above:
            over.move_to(self.room)
        self.guardian.look_again()
        self.open_page(here)

    def _show_circumstances(self) -> None:
        desk = self.desk
        several = desk.away is not None or len(desk.clinics()) > 1
        self.rail.mark.show_clinic(desk.clinic, desk.clinic_name(desk.clinic), several=several)
        nobody = desk.say("Who are you?")
        self.rail.person.show_person(desk.user or nobody, self.locking.role)
        self.top_bar.date.setText(desk.language.weekday_date(desk.today))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.work and event.type() == QEvent.Type.Resize:
            self.line.setGeometry(0, self.top_bar.height(), self.work.width(), HIGH)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Somebody closes it: the last backup first. The program closes it: at once."""
        if event.spontaneous() and self.guardian.keep_last_backup():
            event.ignore()
            return
        self.guardian.stop()
        self.locking.stop()
        self._keys.stop()
        super().closeEvent(event)

    @property
    def over(self) -> Over | None:
        """What stands over the pages: a lock, a trouble, a second person."""
        there = standing(self.room)
        return there[-1] if there else None

    # Pages

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        return self.pages.get(self.here)

    def open_first_page(self) -> None:
        """The first row of the rail, whatever this copy of the program has."""
        if self.entries:
            self.open_page(self.entries[0].key)
        if self.desk.practice:
            self.chords.offer_to_leave()
        self.focus_field()

    def open_page(self, key: str, what: object = None) -> None:
        """Show a page, making it first if it was never open; `what` is handed to it."""
        entry = next((e for e in self.entries if e.key == key), None)
        if entry is None:
            return
        self.close_sheet()
        leaving = self.page
        if leaving is not None:
            leaving.uncover()
        if leaving is not None and key != self.here:
            leaving.leaving()
        page = self.pages.get(key) or self._make(entry)
        self.here = key
        self.stack.setCurrentWidget(page)
        self.results.here = key
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

    def carry(self, item_id: int, key: str) -> None:
        """A search result goes to the page here (key ""), or is carried to another."""
        self.field.clear()
        page = self.page
        if page is not None:
            page.uncover()
        if not key and page is not None and page.item_chosen(item_id):
            return
        self.open_page(key or "dispense", item_id)

    def show_item(self, code: str) -> None:
        """Open the result of one item under the field, with its stock and expiry."""
        self.field.setText(code)
        self.focus_field()
        self.results.look_now()

    def focus_field(self) -> None:
        """The cursor goes back to where everything begins."""
        self.field.setFocus()
        self.field.selectAll()

    def _is_answer(self, text: str) -> bool:
        page = self.page
        return page is not None and page.front is None and page.reads(text)

    def give_answer(self) -> bool:
        """Hand what stands in the field to the page that reads it. False when it does not.

        Raises Refused, and what was typed stays.
        """
        text, page = self.field.text().strip(), self.page
        if page is None or not text or not self._is_answer(text):
            return False
        page.answer(text)
        self.field.clear()
        return True

    def _entered(self) -> None:
        self.guarded(self._take_field)

    def _take_field(self) -> None:
        if self.give_answer() or self.results.enter():
            return
        if self.page is not None and self.page.front is None:
            self.page.enter()

    def _stepped(self, rows: int) -> None:
        if not self.results.step(rows) and self.page is not None and self.page.front is None:
            self.page.step(rows)

    def _digit(self, event: QKeyEvent) -> bool:
        page = self.page
        return page is not None and page.front is None and page.digit(event)

    # Scans and acts

    def listen(self, scanner: ScannerFilter) -> None:
        """Scans go to the page that is open, wherever the focus is."""
        desk = self.desk
        scanner.settings = desk.heard_as
        scanner.raw.connect(desk.burst_heard)
        scanner.scanned.connect(self.scanned)
        desk.scanner_changed.connect(lambda: setattr(scanner, "settings", desk.heard_as))

    def show_notice(self, notice: Notice | None) -> None:
        """What lasts, such as a disk that is full; None when it is over."""
        self.notice.show_notice(notice)

    def scanned(self, text: str) -> None:
        """One scan arrived."""
        if self.over is not None:
            return
        front = None if self.page is None else self.page.front
        if front is not None and front.scanned(text):
            return
        self.field.clear()
        self.close_sheet()
        if self.page is not None:
            self.page.uncover()
        self.guarded(lambda: self.scans.arrived(text))

    def guarded(self, act: Callable[[], Any]) -> None:
        """Run an act; a refusal is said in the red bar."""
        try:
            act()
        except Refused as refusal:
            self.desk.refused(refusal)

    def _count(self, page: str, number: int) -> None:
        self._waiting[page] = number
        self.rail.show_waiting(page, number)

    # Sheets over the page

    def show_sheet(self, title: str, rows: QWidget, wide: int = 480) -> None:
        """Open a sheet in place of the one that is open."""
        self.close_sheet()
        self.sheet = Sheet(self.stack, title, rows, wide)

    def close_sheet(self) -> bool:
        """Close it. False when there was none."""
        if self.sheet is None:
            return False
        self.sheet.close()
        self.sheet.deleteLater()
        self.sheet = None
        return True

    def choose_clinic(self) -> None:
        """The menu of clinics; the window takes the colour of the one chosen."""
        from desktop.shell.clinic_menu import choose_clinic

        away = self.desk.away
        choose_clinic(self.desk, self.rail.mark, None if away is None else self.show_desks)

    def show_desks(self) -> None:
        """Who else works with the same server."""
        from desktop.shell.desks_sheet import show_desks

        show_desks(self)

    def lock(self) -> None:
        """Cover everything until somebody sits down again."""
        self.locking.lock()

    def put_away(self) -> None:
        """The file is about to be closed: nobody waits for an answer here any more."""
        self.locking.put_away()
