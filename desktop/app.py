"""The program: one application, one open database, one window; or the first questions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QLocale, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop import theme
from desktop.appearance import dress, teach
from desktop.desk import Desk, new_request
from desktop.faults import FaultBook, keep_log
from desktop.icons import icon
from desktop.preferences import PreferencesFile, log_folder
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.language import TONGUES, language

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from desktop.scanner import ScannerFilter
    from desktop.step_window import StepWindow
    from inventory.services.entered import Entered
    from inventory.storage.database import Database


def run(
    address: str | None = None,
    clinic: str | None = None,
    *,
    language_code: str | None = None,
    today: date | None = None,
) -> int:
    """Open the window and stay until it is closed. Returns the exit code.

    Without an address the file opened last is opened again; without that, the first questions.
    """
    faults = FaultBook()
    keep_log(log_folder())
    faults.install()
    application = make_application()
    program = Program(application, faults, today=today)
    program.begin(address, clinic, language_code)
    return application.exec()


def make_application() -> QApplication:
    """The one QApplication, in Fusion."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("amana")
    application.setApplicationDisplayName("Amana")
    application.setStyle("Fusion")
    application.setWindowIcon(icon("hand-heart-outline", "accent", 64))
    return application


class Program(QObject):
    """Swaps between the first questions and the window of an open database."""

    def __init__(
        self,
        application: QApplication,
        faults: FaultBook,
        *,
        preferences: PreferencesFile | None = None,
        today: date | None = None,
    ) -> None:
        super().__init__()
        self.application = application
        self.faults = faults
        self.preferences = preferences or PreferencesFile()
        self.clock: Callable[[], date] = date.today if today is None else lambda: today
        self.database: Database | None = None
        self.window: MainWindow | None = None
        self.welcome: QWidget | None = None
        self.scanner: ScannerFilter | None = None
        self.seated: tuple[str, ...] = ()
        """Who worked here when the key was dropped; kept in memory only."""

    def begin(
        self, address: str | None = None, clinic: str | None = None, code: str | None = None
    ) -> None:
        """Show the window of the database asked for or opened last, else the first questions."""
        if code is not None:
            self.preferences.change(language=code)
        wanted = address or self._last_database()
        if not wanted:
            self.ask_first()
            return
        self.open_or_tell(wanted, clinic or self.preferences.now.clinic or None)

    def open_or_tell(self, address: str, clinic: str | None = None) -> None:
        """Open a database, or say on the page of its trouble why not."""
        try:
            self.open(address, clinic)
        except Refused as refusal:
            self.tell_trouble(refusal, address)

    def _last_database(self) -> str:
        """The one opened last, else the one in the usual place; empty when neither is there."""
        from inventory.storage.locations import default_database

        tried = (self.preferences.now.database, str(default_database()))
        return next((address for address in tried if address and _is_there(address)), "")

    def open(self, address: str, clinic: str | None = None) -> None:
        """Open a database and its window, or ask first who it is.

        Raises Refused and leaves things as they were.
        """
        from inventory.queries.people import has_people
        from inventory.storage.key_place import CONNECTION_ENDING, is_locked
        from inventory.storage.opening import open_database

        if address.endswith(CONNECTION_ENDING):
            self.ask_connect(Path(address))
            return
        if is_locked(address):
            self.ask_sign_in(address, clinic)
            return
        database = open_database(address)
        with database.read() as connection:
            named = has_people(connection)
        if named:
            database.close()
            self.ask_sign_in(address, clinic)
        else:
            self._begin_work(database, None, clinic)

    def ask_sign_in(
        self, address: str, clinic: str | None = None, page: str = "", about: Sentence | None = None
    ) -> None:
        """Name and password, then on in that clinic and on that page."""
        from desktop.sign_in.window import SignInWindow

        self._stand(lambda: SignInWindow(self, address, (clinic, page), about))

    def ask_connect(self, file: Path) -> None:
        """Bring this desk to a server with a connection file."""
        from desktop.sign_in.connect import ConnectWindow

        self._stand(lambda: ConnectWindow(self, file))

    def show_entered(self, entered: Entered, clinic: str | None = None, page: str = "") -> None:
        """The window of a database that somebody signed in to. Raises Refused."""
        self._begin_work(entered.database, entered, clinic, page)

    def _begin_work(
        self, database: Database, entered: Entered | None, clinic: str | None, page: str = ""
    ) -> None:
        from inventory.queries.clinics import clinics, setting

        try:
            with database.read() as connection:
                rows = clinics(connection)
                practice = bool(setting(connection, 0, "practice", False))
                spoken = str(setting(connection, 0, "language", ""))
            if not rows:
                raise Refused("{file} holds no clinic yet.", file=database.name)
        except BaseException:
            database.close()
            raise
        chosen = next((row for row in rows if clinic in (row.name, row.uid)), rows[0])
        session = None
        if entered is not None:
            from desktop.session import Session

            session = Session(entered)
        desk = Desk(
            database,
            chosen,
            self.preferences.now.language or spoken or self.language_code,
            user=self.preferences.now.user if entered is None else entered.user,
            practice=practice,
            clock=self.clock,
            preferences=self.preferences,
            session=session,
        )
        self._show(database, desk, entered, page)
        if not practice and not _has_password(database.address):
            # Outside a locked file nothing is called by its name.
            known = chosen.name if session is None else chosen.uid
            self.preferences.change(database=database.address, clinic=known)

    def drop_key(self) -> None:
        """Nobody was here for long: close the file, and ask who it is when somebody comes back."""
        if self.window is None or self.window.desk.session is None:
            return
        window, session = self.window, self.window.desk.session
        address, self.seated = session.entered.address, session.names
        window.put_away()
        here, clinic = window.here, window.desk.clinic.name
        self.ask_sign_in(
            address, clinic, here,
            sentence("Nobody was here for a while, so the file was locked. Unfinished work is "
                     "kept."),
        )  # fmt: skip

    def speak(self, code: str) -> None:
        """Another language for what stands without a database."""
        self.preferences.change(language=code)
        dress(self.application, theme.current(), rtl=language(code).rtl)
        teach(self.application, code)

    @property
    def language_code(self) -> str:
        """The language chosen, else the computer's when we speak it, else English."""
        return self.preferences.now.language or _language_of_system()

    def _show(
        self, database: Database, desk: Desk, entered: Entered | None = None, page: str = ""
    ) -> None:
        from desktop.item_search import ItemSearch
        from desktop.main_window import MainWindow
        from desktop.safety import Safety
        from inventory.services.whereabouts import guard

        guard(database)
        desk.safety = Safety(self, desk, database, entered)
        if database.lines is not None:
            from desktop.away import Away

            desk.share(Away(desk, database, desk.safety.entered.master))
        dress(self.application, desk.theme, rtl=desk.language.rtl)
        teach(self.application, desk.language.code)
        window = MainWindow(desk, ItemSearch(desk))
        window.left.connect(self.leave)
        self._close_old()
        self.database, self.window = database, window
        self.faults.tell = self.faults.refused = desk.refused
        self._listen(window)
        show_large(window)
        window.activateWindow()
        window.key_dropped.connect(self.drop_key, Qt.ConnectionType.QueuedConnection)
        window.open_first_page()
        if page:
            window.open_page(page)
        self._tell_sign_in(desk, entered)
        window.guardian.begin()
        desk.safety.backups.begin()
        if desk.away is not None:
            desk.away.begin()

    def _tell_sign_in(self, desk: Desk, entered: Entered | None) -> None:
        """Into the security log, where something may be written."""
        if entered is None or (desk.safety is not None and desk.safety.looks_only):
            return
        from inventory.services.entered import signed_in

        try:
            signed_in(entered, desk.stamp(new_request()))
        except Refused as refusal:
            desk.refused(refusal)

    def _listen(self, window: MainWindow) -> None:
        """Scans reach the window whatever has the focus."""
        from desktop.scanner import ScannerFilter

        self._stop_listening()
        self.scanner = ScannerFilter(self)
        self.scanner.install()
        window.listen(self.scanner)

    def _stop_listening(self) -> None:
        if self.scanner is not None:
            self.scanner.remove()
            self.scanner = None

    def ask_first(self, refusal: Sentence | None = None) -> None:
        """Language, then practice, a new clinic or a file; with the reason if there was one."""
        from desktop.first_run import FirstRun

        self._stand(lambda: FirstRun(self, refusal))

    def tell_trouble(self, refusal: Refused, address: str) -> None:
        """Why a database cannot be opened, on one calm page, or else in the first questions."""
        from desktop.trouble.window import TroubleWindow

        if refusal.trouble is None:
            self.ask_first(refusal.sentence)
        else:
            self._stand(lambda: TroubleWindow(self, refusal, address))

    def ask_restore(self, backup: Path | None = None) -> None:
        """Restore a backup, step by step, in the place of the file that is open."""
        from desktop.restore.window import RestoreWindow

        here = self.database.address if self.database and not self._is_practice else ""
        if "://" in here:
            here = ""
        self._stand(lambda: RestoreWindow(self, here, backup))

    def begin_again(self) -> None:
        """Back to the file opened last, or to the first questions."""
        address = self._last_database()
        if address:
            self.open_or_tell(address)
        else:
            self.ask_first()

    def ask_lock(self) -> None:
        """Lock the open file with a key; it is closed meanwhile."""
        from desktop.protection.lock import LockWindow

        if self.database is not None:
            address = self.database.address
            self._stand(lambda: LockWindow(self, address))

    def _stand(self, make: Callable[[], StepWindow]) -> None:
        """Another window without a database in the place of the one that is there."""
        look = theme.make_theme(self.preferences.now.look, self.preferences.now.text_size)
        dress(self.application, look, rtl=language(self.language_code).rtl)
        made = make()
        self._stop_listening()
        self._close_old()
        self.welcome = made
        self.faults.tell, self.faults.refused = made.refuse, None
        show_large(made)
        made.activateWindow()

    def leave(self) -> None:
        """Back to the first questions, from the practice clinic or to open another file."""
        self.preferences.change(database="" if self._is_practice else self.preferences.now.database)
        QTimer.singleShot(0, self.ask_first)

    @property
    def _is_practice(self) -> bool:
        return self.window is not None and self.window.desk.practice

    def _close_old(self) -> None:
        if self.window is not None and self.window.desk.safety is not None:
            self.window.desk.safety.backups.stop()
        if self.window is not None and self.window.desk.away is not None:
            self.window.desk.away.stop()
        for old in (self.window, self.welcome):
            if old is not None:
                old.close()
                old.deleteLater()
        session = None if self.window is None else self.window.desk.session
        if session is not None:
            # The key first: closing the database wipes what was given back.
            session.entered.lock()
        if self.database is not None:
            self.database.close()
        self.window = self.welcome = self.database = None


def show_large(window: QWidget) -> None:
    """Fill a laptop's screen; on a big one, a window of comfortable size."""
    screen = window.screen().availableGeometry()
    if screen.width() <= 1600:
        window.resize(min(1366, screen.width()), min(768, screen.height()))
        window.showMaximized()
    else:
        window.resize(1366, 768)
        window.show()


def _is_there(address: str) -> bool:
    return "://" in address or Path(address).is_file()


def _has_password(address: str) -> bool:
    """Such an address is not kept: the file of preferences is no place for a secret."""
    return "://" in address and bool(urlsplit(address).password)


def _language_of_system() -> str:
    codes = (name.split("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in codes if code in TONGUES), "en")
