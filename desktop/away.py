"""A desk at a server that may go away: what was seen stays, what was typed is kept.

While the server is away questions are answered with what it said last, nothing can be written, and
unfinished work is kept here. A thread asks after the server, so the window never waits for it;
when it is back, what was kept is written and every page asks again.
"""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from desktop.news import NewsKind
from desktop.shell.notice_bar import Notice
from inventory.domain.sentence import N_, Refused, sentence
from inventory.domain.stamp import Stamp
from inventory.domain.troubles import Trouble
from inventory.queries import drafts
from inventory.queries.drafts import DraftRow
from inventory.services.drafts import drop_draft, save_draft
from inventory.storage.heartbeat import Heartbeat, Pace
from inventory.storage.kept_drafts import Kept, KeptDrafts
from inventory.storage.server_lines import line_name

if TYPE_CHECKING:
    from desktop.desk import Desk
    from inventory.storage.database import Database

T = TypeVar("T")
_Question = tuple[str, str, str]

_REMEMBERED = 400
_NOT_WRITTEN = N_("The server does not answer, so nothing can be written now. What you typed stays "
                  "here; press again when the server is back.")  # fmt: skip
_NOT_SEEN = N_("The server does not answer, and this was not looked at before.")
_AWAY = N_("The server does not answer since {time}. You see what was read then; nothing can be "
           "written until it is back.")  # fmt: skip
_AWAY_KEPT = N_("The server does not answer since {time}. You see what was read then; nothing can "
                "be written until it is back. Unfinished work is kept here.")  # fmt: skip
_MEANS_AWAY = (Trouble.SERVER_AWAY, Trouble.UNCERTAIN)


class Away(QObject):
    """`changed` when the server went away or came back; `since` is None while it is there."""

    changed = Signal()
    _heard = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        database: Database,
        key: bytes | None = None,
        pace: Pace | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(desk)
        self.desk = desk
        self.database = database
        self.since: datetime | None = None
        self._clock = clock
        self._lock = threading.Lock()
        self._said: OrderedDict[_Question, Any] = OrderedDict()
        beside = None if "://" in database.address else Path(f"{database.address}.drafts")
        self.kept = KeptDrafts(beside, key)
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._heart = Heartbeat(database, self._heard.emit, pace)
        desk.user_changed.connect(self._name)
        self._name()

    def begin(self) -> None:
        """From now on the server is asked after."""
        with contextlib.suppress(Refused):
            self._write_kept()
        self._heart.start()

    def stop(self) -> None:
        """Before the database is closed."""
        self._heart.stop()

    def wait(self) -> None:
        """Until nobody asks any more."""
        self._heart.wait()

    def _name(self) -> None:
        if self.database.lines is not None:
            self.database.lines.name = line_name(self.desk.user)

    # What a desk asks of a store

    def ask(self, query: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The answer, or the last one while the server is away. Raises Refused without one."""
        if self.since is None:
            try:
                with self._noticing(), self.database.read() as connection:
                    answer = query(connection, *args, **kwargs)
                self._remember(query, args, kwargs, answer)
                return answer
            except Refused as refusal:
                if refusal.trouble not in _MEANS_AWAY:
                    raise
        return cast("T", self._last(query, args, kwargs))

    def act(self, use_case: Callable[..., T], stamp: Stamp, *args: Any, **kwargs: Any) -> T:
        """Done at the server, or refused; done twice with the same stamp it is done once."""
        self._check_there()
        with self._noticing():
            return self.database.act(use_case, stamp, *args, **kwargs)

    def keep(self, write: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Unfinished work is kept here while the server is away; other writing is refused."""
        unfinished = write in (save_draft, drop_draft)
        if self.since is None:
            try:
                with self._noticing(), self.database.write() as connection:
                    return write(connection, *args, **kwargs)
            except Refused as refusal:
                if refusal.trouble not in _MEANS_AWAY or not unfinished:
                    raise
        if not unfinished:
            raise self._refusal()
        self._put_aside(write, *args)
        return cast("T", None)

    @contextmanager
    def read(self) -> Iterator[Any]:
        self._check_there()
        with self._noticing(), self.database.read() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Any]:
        self._check_there()
        with self._noticing(), self.database.write() as connection:
            yield connection

    def _check_there(self) -> None:
        if self.since is not None:
            raise self._refusal()

    def _refusal(self) -> Refused:
        return Refused(_NOT_WRITTEN).because(Trouble.SERVER_AWAY)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        try:
            yield
        except Refused as refusal:
            if refusal.trouble in _MEANS_AWAY:
                self._heart.missed()
                self.since = self.since or self._clock()
            raise

    # What was seen

    def _remember(
        self, query: Callable[..., Any], args: Any, kwargs: dict[str, Any], answer: Any
    ) -> None:
        asked = _question(query, args, kwargs)
        if asked is None:
            return
        with self._lock:
            self._said[asked] = answer
            self._said.move_to_end(asked)
            while len(self._said) > _REMEMBERED:
                self._said.popitem(last=False)

    def _last(self, query: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> Any:
        if query is drafts.draft:
            return self._draft(*args)
        if query is drafts.drafts:
            return self._drafts(*args)
        return self._said_before(query, args, kwargs)

    def _said_before(self, query: Callable[..., Any], args: Any, kwargs: dict[str, Any]) -> Any:
        asked = _question(query, args, kwargs)
        with self._lock:
            if asked is not None and asked in self._said:
                return self._said[asked]
        raise Refused(_NOT_SEEN).because(Trouble.SERVER_AWAY)

    # Unfinished work

    def _put_aside(self, write: Callable[..., Any], *args: Any) -> None:
        clinic, kind, key, *rest = args
        if write is drop_draft:
            self.kept.put((clinic, kind, key), Kept(None, True, self._now()))
        else:
            self.kept.put((clinic, kind, key), Kept(rest[0], False, rest[1]))

    def _draft(self, clinic: int, kind: str, key: str) -> DraftRow | None:
        kept = self.kept.get((clinic, kind, key))
        if kept is not None:
            return None if kept.dropped else DraftRow(key, kept.body, kept.at)
        for query, args in ((drafts.draft, (clinic, kind, key)), (drafts.drafts, (clinic, kind))):
            with self._lock:
                said = self._said.get(_question(query, args, {}) or ("", "", ""))
            rows = said if isinstance(said, list) else [said]
            found = [row for row in rows if row is not None and row.key == key]
            if found:
                return DraftRow(key, found[0].body, found[0].changed_at)
        return None

    def _drafts(self, clinic: int, kind: str) -> list[DraftRow]:
        with self._lock:
            said = self._said.get(_question(drafts.drafts, (clinic, kind), {}) or ("", "", ""), [])
        rows = {row.key: row for row in said}
        for (of, what, key), kept in self.kept.all().items():
            if (of, what) == (clinic, kind):
                rows[key] = DraftRow(key, kept.body, kept.at)
                if kept.dropped:
                    del rows[key]
        return [rows[key] for key in sorted(rows)]

    def _write_kept(self) -> None:
        """What was kept goes where it belongs, unless somebody changed it there meanwhile."""
        for place, kept in self.kept.all().items():
            with self._noticing(), self.database.write() as connection:
                there = drafts.draft(connection, *place)
                if there is None or there.changed_at <= kept.at:
                    if kept.dropped:
                        drop_draft(connection, *place)
                    else:
                        save_draft(connection, *place, kept.body, kept.at)
            self.kept.forget(place)

    def _now(self) -> int:
        return round(self._clock().timestamp() * 1000)

    # Going and coming

    def _hear(self, away: bool) -> None:
        """In the thread of the window."""
        if away:
            self.since = self.since or self._clock()
        else:
            self.since = None
            try:
                self._write_kept()
            except Refused:
                return
        self.changed.emit()
        if not away:
            self.desk.news(NewsKind.DONE, sentence("The server is back. Work goes on."))
            self.desk.committed.emit()

    def notice(self) -> Notice | None:
        """What lasts while it is away; None while it is there."""
        if self.since is None:
            return None
        clock = self.desk.language.time(round(self.since.timestamp() * 1000))
        told = sentence(_AWAY_KEPT if self.kept.in_file else _AWAY, time=clock)
        return Notice("amber", "lan-disconnect", told)


def _question(
    query: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> _Question | None:
    """What makes two questions the same; None for a function that has no name to tell."""
    name = getattr(query, "__qualname__", "<")
    if "<" in name or getattr(query, "__closure__", None):
        return None
    whose = id(getattr(query, "__self__", None))
    return f"{query.__module__}.{name}.{whose}", repr(args), repr(sorted(kwargs.items()))
