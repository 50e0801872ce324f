"""What each chord does in the main window: news first, then the page, then the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.keys import Key
from desktop.news import Action, NewsKind
from desktop.page import Page
from desktop.rights import allowed, may_any
from desktop.shell.sheet import pairs
from desktop.widgets.key_cap import KeyCap
from desktop.widgets.labels import label
from inventory.domain.sentence import N_, sentence

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

LOCK = "Ctrl+Alt+L"
"""Works over everything that stands in the window."""

GENERAL_KEYS = (
    Key("F1", N_("Scan-or-search field")),
    Key("Esc", N_("One step back")),
    Key("↑ ↓", N_("Another row")),
    Key("Enter", N_("Open, next, or accept")),
    Key("Ctrl+Enter", N_("Finish")),
    Key("Ctrl+Z", N_("Undo, or reverse the last act")),
    Key("Ctrl+P", N_("Print")),
    Key("Ctrl+E", N_("Export what is seen")),
    Key("Ctrl+L", N_("The day's list")),
    Key(LOCK, N_("Lock the desk")),
    Key("Ctrl+Alt+C", N_("Another clinic")),
    Key("F8", N_("Messages of the day")),
    Key("F12", N_("Keys of this page")),
)


class Chords:
    """One window's chords. `run` says whether the chord meant something."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self._own: dict[str, Callable[[], object]] = {
            "F1": self._field,
            "Esc": self._back,
            "F8": self.show_messages,
            "F12": self.show_keys,
            LOCK: window.lock,
            "Ctrl+Alt+C": window.choose_clinic,
            "Ctrl+Enter": self._finish,
            "Ctrl+Z": self._undo,
            "Ctrl+P": lambda: self._on_page(lambda page: page.print_page()),
            "Ctrl+E": lambda: self._on_page(lambda page: page.export()),
            "Ctrl+L": self._day_list,
        }
        if window.desk.practice:
            self._own["Ctrl+Q"] = window.left.emit

    def run(self, chord: str, again: bool = False) -> bool:
        """Do what the chord means here; once, however long it is held."""
        over = self.window.over
        if over is not None and (chord != LOCK or over.firm):
            return over.run(chord)
        if self._is_typing(chord):
            return False
        act = self._act_of(chord)
        if act is None:
            return False
        if not again:
            self.window.guarded(act)
        return True

    def _is_typing(self, chord: str) -> bool:
        """A bare key, such as Del, belongs to the words somebody writes in the scan field."""
        field = self.window.field
        bare = "+" not in chord and chord not in self._own
        return bare and field.hasFocus() and bool(field.text())

    def _act_of(self, chord: str) -> Callable[[], object] | None:
        window = self.window
        offered = window.message_bar.action
        if offered is not None and offered.key == chord and chord not in self._own:
            return window.message_bar.act
        lasting = window.notice.act_of(chord)
        if lasting is not None:
            return lasting
        carried = window.results.chord(chord)
        if carried is not None:
            return carried
        return self._of_page(chord) or self._of_rail(chord) or self._own.get(chord)

    def _of_page(self, chord: str) -> Callable[[], object] | None:
        own = self._keys_here()
        key = next((key for key in own if key.chord == chord and key.run is not None), None)
        if key is None or may_any(self.window.desk, *key.needs):
            return None if key is None else key.run
        return lambda: allowed(self.window.desk, *key.needs)

    def _keys_here(self) -> tuple[Key, ...]:
        """Of what stands in front of the page, else of the page."""
        page = self.window.page
        if page is None:
            return ()
        return page.keys() if page.front is None else page.front.keys()

    def _of_rail(self, chord: str) -> Callable[[], object] | None:
        for entry in self.window.entries:
            if entry.chord == chord:
                key = entry.key
                return lambda: self.window.open_page(key)
        return None

    # The window's own

    def _on_page(self, act: Callable[[Page], None]) -> None:
        if self.window.page is not None and self.window.page.front is None:
            act(self.window.page)

    def _field(self) -> None:
        self.window.close_sheet()
        self.window.focus_field()

    def _back(self) -> None:
        """One step back: the result list, the sheet, long work, a panel of the page."""
        window = self.window
        if window.field.text():
            window.field.clear()
            window.focus_field()
        elif not (window.close_sheet() or window.watch.cancel()) and not (
            window.page is not None and (window.page.uncover() or window.page.back())
        ):
            window.focus_field()

    def _finish(self) -> None:
        """A number still in the field is said before anything is finished."""
        self.window.give_answer()
        self._on_page(lambda page: page.finish())

    def _undo(self) -> None:
        window = self.window
        page = window.page
        if page is not None and page.front is None and page.undo():
            return
        action = window.message_bar.action
        if action is not None and action.key == "Ctrl+Z":
            window.message_bar.act()

    def _day_list(self) -> None:
        self.window.open_page("dispense")
        shown = self._of_page("Ctrl+L")
        if shown is not None:
            shown()

    def offer_to_leave(self) -> None:
        """Say that nothing is real here, and how to get out."""
        self.window.desk.news(
            NewsKind.CALM,
            sentence("Practice clinic opened. Its data lives in its own file."),
            Action(sentence("Leave practice"), "Ctrl+Q", self.window.left.emit),
        )

    # Sheets

    def show_messages(self) -> None:
        """F8: everything the bar said today, newest first."""
        desk = self.window.desk
        rows = [
            (label(desk.language.time(int(n.at.timestamp() * 1000)), "second"), desk.tell(n.words))
            for n in reversed(desk.said)
        ]
        if not rows:
            rows = [(label(""), desk.say("Nothing has been said today."))]
        self.window.show_sheet(desk.say("Messages of the day"), pairs(rows))

    def show_keys(self) -> None:
        """F12: the page's own keys, then those that work everywhere, then the pages."""
        desk, window = self.window.desk, self.window
        own = tuple(key for key in self._keys_here() if may_any(desk, *key.needs))
        pages = tuple(Key(entry.chord, entry.title) for entry in window.entries)
        taken = {key.chord for key in self._keys_here()}
        general = tuple(key for key in GENERAL_KEYS if key.chord not in taken)
        rows = [(KeyCap(key.chord), desk.say(key.words)) for key in (*own, *general, *pages)]
        window.show_sheet(desk.say("Keys of this page"), pairs(rows, columns=2), 720)
