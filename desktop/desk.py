"""What a page may ask for: who is here, in which clinic, in which language, and the data.

A page never sees the database. It asks (`ask`, a query) or acts (`do`, a use case); the desk adds
the connection and the stamp, and tells everyone when something was committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.drafts import Draft
from desktop.news import Action, News, NewsKind
from desktop.preferences import PreferencesFile
from desktop.scan_burst import ScannerSettings
from desktop.second import confirmed, second_for
from desktop.theme import Theme, make_theme
from inventory.domain.names import Names
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.language import Language, language

if TYPE_CHECKING:
    from desktop.away import Away
    from desktop.safety import Safety
    from desktop.session import Session
    from desktop.tasks import LongWork
    from inventory.domain.roles import Permission
    from inventory.exchange.progress import Progress
    from inventory.queries.drafts import DraftRow
    from inventory.services.permits import NeedsSecond

P = ParamSpec("P")
T = TypeVar("T")


class ClinicRow(Protocol):
    """The clinic people work in; a row of `queries.clinics`."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def town(self) -> str: ...
    @property
    def colour(self) -> str: ...


class Store(Protocol):
    """What the desk needs of `inventory.storage.database.Database`."""

    def read(self) -> AbstractContextManager[Any]: ...

    def write(self) -> AbstractContextManager[Any]: ...

    def act(self, use_case: Callable[..., T], stamp: Stamp, *args: Any, **kwargs: Any) -> T: ...


class Desk(QObject):
    """One person at one window. Signals carry nothing: whoever listens asks again."""

    committed = Signal()
    clinic_changed = Signal()
    language_changed = Signal()
    look_changed = Signal()
    day_changed = Signal()
    user_changed = Signal()
    news_told = Signal(object)
    trouble_told = Signal(object)
    count_told = Signal(str, int)
    page_wanted = Signal(str, object)
    field_wanted = Signal()
    work_begun = Signal(object)
    burst_heard = Signal(object)
    scanner_changed = Signal()

    def __init__(
        self,
        store: Store,
        clinic: ClinicRow,
        language_code: str = "en",
        *,
        user: str = "",
        practice: bool = False,
        clock: Callable[[], date] = date.today,
        preferences: PreferencesFile | None = None,
        session: Session | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        """Who signed in; None where nobody does."""
        self.ask_second: Callable[[NeedsSecond], str] | None = None
        """Asks for a second person and returns the name; the window sets it."""
        self.preferences = preferences or PreferencesFile()
        self._store = store
        self.clinic = clinic
        self.language: Language = self._language(language_code)
        self.user = user
        self.practice = practice
        self.safety: Safety | None = None
        """Keys and backups of the open file; None in a window that has none of its own."""
        self.away: Away | None = None
        """Stands between this desk and a server; None for a file."""
        self._clock = clock
        self.day = clock()
        self.said: list[News] = []
        self._tried: ScannerSettings | None = None

    @property
    def today(self) -> date:
        """The day at this desk; it changes at midnight while the window is open."""
        return self._clock()

    # Data

    def ask(self, query: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `query(connection, *args)` in one consistent view. Raises Refused."""
        if self.away is not None:
            return self.away.ask(query, *args, **kwargs)
        with self._store.read() as connection:
            return query(connection, *args, **kwargs)

    def do(
        self,
        use_case: Callable[Concatenate[Any, Stamp, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `use_case(connection, stamp, *args)` in one transaction, then tell `committed`.

        Raises Refused with nothing changed; a handler may let it pass, the window then says
        the sentence in the red bar. An act that must not happen twice goes through
        `do_once` with a request made beforehand.
        """
        return self.do_once(new_request(), use_case, *args, **kwargs)

    def do_once(
        self,
        request: str,
        use_case: Callable[Concatenate[Any, Stamp, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The same with a request id: doing it twice returns the first result."""
        try:
            result = confirmed(self, lambda second: self._store.act(
                use_case, self.stamp(request, second), *args, **kwargs))  # fmt: skip
        finally:
            self.look_at_clock()
        self.committed.emit()
        return result

    def keep(self, write: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `write(connection, *args)` in one transaction and tell nobody: drafts, settings."""
        if self.away is not None:
            return self.away.keep(write, *args, **kwargs)
        with self._store.write() as connection:
            return write(connection, *args, **kwargs)

    def share(self, away: Away) -> None:
        """Work with a server that other desks use too and that may go away."""
        self.away = self._store = away

    def stamp(self, request: str, second: str = "") -> Stamp:
        """Who, where and when, for a use case; `second` confirmed it."""
        now = time.time_ns() // 1_000_000
        return Stamp(self.clinic.id, self.user, self.today, now, request, second)

    def may(self, permission: Permission) -> bool:
        """Whether who sits here may do it; everybody may where nobody signs in.

        Of a file that is only looked at, nobody may change anything.
        """
        if self.safety is not None and self.safety.looks_only:
            return permission in self.safety.LOOKING
        return self.session is None or self.session.may(permission)

    @property
    def signed_in(self) -> bool:
        """Whether somebody signed in here, so that a lock is more than a cover."""
        return self.session is not None and self.session.person is not None

    def draft(self, kind: str, key: str = "") -> Draft:
        """Unfinished work of this clinic: `load()`, `save(body)`, `drop()`."""
        return Draft(self, kind, key)

    def drafts(self, kind: str) -> list[DraftRow]:
        """All unfinished work of one kind in this clinic, in order of key."""
        from inventory.queries.drafts import drafts

        return self.ask(drafts, self.clinic.id, kind)

    # Words

    def say(self, text: str, **values: object) -> str:
        """An English source sentence in the language of the desk."""
        return self.language.say(text, **values)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """The same for a sentence that counts."""
        return self.language.count(one, many, n, **values)

    def tell(self, words: Sentence) -> str:
        """A sentence from a rule or a use case in the language of the desk."""
        return self.language.tell(words)

    def name(self, names: Names) -> str:
        """The name in the language of the desk."""
        return self.language.name(names)

    def clinic_name(self, clinic: ClinicRow) -> str:
        """The clinic's name in the language of the desk."""
        from inventory.queries.clinics import clinic_names

        return self.name(self.ask(clinic_names, clinic.id, clinic.name))

    def clinics(self) -> Sequence[ClinicRow]:
        """All clinics of the database, oldest first."""
        from inventory.queries.clinics import clinics

        return self.ask(clinics)

    # The message bar, the rail and the other pages

    def news(
        self, kind: NewsKind, words: Sentence | str, action: Action | None = None, **values: object
    ) -> None:
        """Say it in the message bar; the newest wins and F8 keeps the day's."""
        told = words if isinstance(words, Sentence) else sentence(words, **values)
        piece = News(kind, told, action, datetime.now())
        self.said.append(piece)
        self.news_told.emit(piece)

    def done(self, words: Sentence, undo: Callable[[], object] | None = None) -> None:
        """Say what was just done; `undo` puts "Undo" with Ctrl+Z beside it."""
        action = None if undo is None else Action(sentence("Undo"), "Ctrl+Z", undo)
        self.news(NewsKind.DONE, words, action)

    def posted(self, words: Sentence, reverse: Callable[[], object]) -> None:
        """Say what was just posted; "Reverse" with Ctrl+Z stands beside it."""
        self.news(NewsKind.DONE, words, Action(sentence("Reverse"), "Ctrl+Z", reverse))

    def refused(self, refusal: Refused | Sentence) -> None:
        """Say no in the red bar; a trouble behind it is told as well."""
        if isinstance(refusal, Refused) and refusal.trouble is not None:
            self.trouble_told.emit(refusal)
        self.news(NewsKind.REFUSED, refusal.sentence if isinstance(refusal, Refused) else refusal)

    def waiting(self, page: str, number: int) -> None:
        """How many things wait on a page; the rail shows it when it is not 0."""
        self.count_told.emit(page, number)

    def open_page(self, page: str, what: object = None) -> None:
        """Go to another page; `what` goes to its `open(what)`: an item id, a document number."""
        self.page_wanted.emit(page, what)

    def back_to_field(self) -> None:
        """An act is finished: the cursor goes back to the scan-or-search field."""
        self.field_wanted.emit()

    def run_long(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> LongWork[T]:
        """Run `work(progress)` in a thread, then `done(result)` here; the window shows how far.

        Without `failed` a refusal is said in the red bar and anything else is a fault.
        """
        from desktop.tasks import LongWork

        running = LongWork(work, done, failed or self._work_failed)
        self.work_begun.emit(running)
        running.start()
        return running

    def do_long(
        self,
        use_case: Callable[..., T],
        *args: object,
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> LongWork[T]:
        """Run `use_case(connection, stamp, *args, progress)` in a thread and one transaction,
        then tell `committed` and call `done(result)` here. What a second person has to confirm
        is begun once more with that name.
        """
        stamp, tell = self.stamp(new_request()), failed or self._work_failed

        def finish(result: T) -> None:
            self.committed.emit()
            done(result)

        def begin(second: str) -> LongWork[T]:
            by = replace(stamp, second=second)
            return self.run_long(
                lambda progress: self._store.act(use_case, by, *args, progress), finish,
                partial(refused, second),
            )  # fmt: skip

        def refused(second: str, error: Exception) -> None:
            try:
                name = "" if second else second_for(self, error)
            except Refused as refusal:
                tell(refusal)
                return
            if name:
                begin(name)
            else:
                tell(error)

        return begin("")

    def _work_failed(self, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        self.refused(error)

    # Changes of circumstance

    def move_to(self, clinic: ClinicRow) -> None:
        """Work in another clinic of the same database."""
        self.clinic = clinic
        self.clinic_changed.emit()

    def speak(self, code: str) -> None:
        """Change the language of the window at once."""
        self.preferences.change(language=code)
        self.language = self._language(code)
        self.language_changed.emit()

    def change_look(self, **chosen: object) -> None:
        """Change `look`, `text_size` or `digits` of the preferences; the window follows at once."""
        self.preferences.change(**chosen)
        self.language = self._language(self.language.code)
        self.look_changed.emit()

    @property
    def theme(self) -> Theme:
        """The theme this desk asks for: its look, its text size, the colour of its clinic."""
        chosen = self.preferences.now
        return make_theme(chosen.look, chosen.text_size, self.clinic.colour)

    @property
    def scanner(self) -> ScannerSettings:
        """How the scanner of this desk was set up; raw scans are told by `burst_heard`."""
        return ScannerSettings(**self.preferences.now.scanner)

    @property
    def heard_as(self) -> ScannerSettings:
        """How scans are heard now: as set up, or with the patience of the scanner test."""
        return self._tried or self.scanner

    def try_scanner(self, settings: ScannerSettings | None) -> None:
        """Hear scans so, without keeping it; None hears them as set up again."""
        if settings != self._tried:
            self._tried = settings
            self.scanner_changed.emit()

    def change_scanner(self, settings: ScannerSettings) -> None:
        """Keep what the scanner test found; scans are read so from now on."""
        self.preferences.change(scanner=asdict(settings))
        self.scanner_changed.emit()

    def _language(self, code: str) -> Language:
        arabic = self.preferences.now.digits == "arab"
        return language(code, digits="arab" if arabic else "latin")

    def take_over(self, user: str) -> None:
        """Somebody else sits down; what is done from now on carries their name."""
        self.user = user
        if not self.signed_in:
            self.preferences.change(user=user)
        self.user_changed.emit()

    def look_at_clock(self) -> None:
        """Called every few seconds and at every act: tells `day_changed` when the day has.

        A laptop that slept for a month wakes on another day.
        """
        if self.today != self.day:
            self.day = self.today
            self.day_changed.emit()


def new_request() -> str:
    """A request id; made before the transaction and kept with the draft."""
    from uuid6 import uuid7  # slow to import, and no window needs one to open

    return str(uuid7().hex)
