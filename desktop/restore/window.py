"""Restore a backup, on an empty computer or in the place of a file that is lost.

Which one, how it opens, what is in it before anything is done, and what is missing afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from desktop import theme
from desktop.backups.sticks import sticks
from desktop.restore.contents import Contents, read_contents
from desktop.restore.entering import go_in
from desktop.restore.found import Found, found_backups
from desktop.restore.key_form import KeyForm
from desktop.restore.second_form import SecondForm
from desktop.step_window import StepWindow
from desktop.trouble.page import TroublePage
from desktop.trouble.telling import Telling, Way, telling_of
from desktop.widgets.buttons import Button
from desktop.widgets.choice_list import ChoiceList, Row
from desktop.widgets.labels import icon_line, label
from inventory.domain.sentence import N_, Refused, Sentence, sentence
from inventory.domain.troubles import Trouble
from inventory.services.permits import NeedsSecond
from inventory.services.restoring import Restored, WayIn, restore

if TYPE_CHECKING:
    from desktop.app import Program

KILOBYTE = 1000
_BAD = frozenset({Trouble.BACKUP_DAMAGED, Trouble.BACKUP_FOREIGN})


class RestoreWindow(StepWindow):
    """Steps: choose, open, look, restore, and one page about what is here."""

    def __init__(self, program: Program, address: str = "", backup: Path | None = None) -> None:
        super().__init__(program)
        self.address = address or _usual()
        self.path: Path | None = None
        self.form: KeyForm | None = None
        self.contents: Contents | None = None
        self.choose()
        if backup is not None:
            self.open(backup)

    # Which backup

    def choose(self) -> None:
        """The newest that can be seen is highlighted; Enter takes it."""
        say, px = self.words.say, theme.current().px
        own = self.program.preferences.now.backups
        rows = [
            self._row(found, number)
            for number, found in enumerate(found_backups(sticks(), Path(own) if own else None), 1)
        ]
        body, self.list = QWidget(), ChoiceList(say("Backups"))
        self.list.set_rows(rows, 0 if rows else -1)
        self.list.accepted.connect(self._taken)
        stack = QVBoxLayout(body)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(14))
        if rows:
            stack.addWidget(_sheet(self.list))
        else:
            stack.addWidget(_sheet(icon_line("usb-flash-drive-outline", say(
                "No backup was found. Put the stick in and look again, or choose the file."),
                role="")))  # fmt: skip
        self.back = self.program.begin_again
        other = Button(say("Choose a file"), "Ctrl+O", icon="folder-open-outline",
                       run=self.choose_file)  # fmt: skip
        again = Button(say("Look again"), "F5", icon="refresh", run=self.choose)
        go_on = Button(say("Go on"), "Enter", icon="arrow-right", role="finish", run=self.take)
        stack.addLayout(self.foot(again, other, *([go_on] if rows else [])))
        self.show_step(
            body, title=say("Which backup?"),
            about=say("The newest is on top. Nothing is changed before you have seen what is in "
                      "it."),
            focus=self.list if rows else again, back=self.program.begin_again, finish=self.take,
            chords={"F5": self.choose, "Ctrl+O": self.choose_file},
        )  # fmt: skip

    def _row(self, found: Found, number: int) -> Row:
        moment = self.words.moment(found.made_at)
        size = self.words.number(max(found.size // KILOBYTE, 1))
        second = self.words.say("{place}, {size} kB", place=found.where, size=size)
        return Row(found.path, moment, second, cap=str(number))

    def take(self) -> None:
        """The highlighted backup."""
        if isinstance(self.list.key, Path):
            self.open(self.list.key)

    def _taken(self, path: object) -> None:
        if isinstance(path, Path):
            self.open(path)

    def choose_file(self) -> None:
        """A backup from anywhere."""
        title = self.words.say("Choose a backup")
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), "*.amana")
        if chosen:
            self.open(Path(chosen))

    # How it opens

    def open(self, path: Path) -> None:
        """Ask for the key, or go on when it has none."""
        from inventory.services.restoring import needs_key

        self.path = path
        try:
            locked = needs_key(path)
        except Refused as refusal:
            self._refused(refusal, self.choose)
            return
        if locked:
            self.ask_key()
        else:
            self._look(WayIn())

    def ask_key(self, written: WayIn | None = None) -> None:
        """A name and password, or the paper key; what was written stays, but for a password."""
        say = self.words.say
        form = KeyForm(self.words, self.program.preferences.now.user)
        if written is not None:
            form.write(written)
        body = QWidget()
        stack = QVBoxLayout(body)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.current().px(18))
        stack.addWidget(form)
        self.back = self.choose
        turn = Button(say("Use the paper key"), "Alt+P", icon="file-key-outline", run=form.turn)
        stack.addLayout(self.foot(turn, Button(say("Open"), "Ctrl+Enter",
                                               icon="lock-open-outline", role="finish",
                                               run=self.unlock)))  # fmt: skip
        form.entered.connect(self.unlock)
        form.ways.changed.connect(lambda _: turn.set_words(
            say("Use a password") if form.is_paper else say("Use the paper key")))  # fmt: skip
        self.form = form
        self.show_step(
            body, title=say("How do you open it?"),
            about=say("The password you used in that clinic, or the paper key from the envelope."),
            focus=form.first, back=self.choose, finish=self.unlock, chords={"Alt+P": form.turn},
            heard=self._heard,
        )  # fmt: skip

    def _heard(self, text: str) -> None:
        """A scanner read the symbol on the paper."""
        if self.form is not None:
            self.form.write(WayIn(paper=text))
            self.unlock()

    def unlock(self) -> None:
        """Read all of it; nothing is changed."""
        if self.form is not None:
            self._look(self.form.way)

    def _look(self, way: WayIn) -> None:
        path, locked = self.path, way != WayIn()
        assert path is not None
        self.wait(
            self.words.say("Opening the backup and reading all of it…"),
            lambda _: read_contents(path, way),
            self.show_contents,
            lambda: self.ask_key(way) if locked else self.choose(),
        )

    # What is in it

    def show_contents(self, contents: Contents, needed: Sentence | None = None) -> None:
        """Before anything is done: when it was made, of which clinic, what stays here."""
        self.contents = contents
        say, words, px = self.words.say, self.words, theme.current().px
        made = datetime.fromtimestamp(contents.opened.made_at / 1000)
        told = [
            ("hospital-building", words.listed(contents.clinics) or say("No clinic")),
            ("clock-outline", say("Made {day}, {time}", day=made.date(), time=f"{made:%H:%M}")),
            ("clipboard-check-outline", words.count(
                "{n} entry, read to the end and whole", "{n} entries, read to the end and whole",
                contents.entries)),
            ("lock-outline" if contents.opened.master else "lock-open-outline",
             say("Locked with a key") if contents.opened.master else say("Not locked with a key")),
        ]  # fmt: skip
        if Path(self.address).exists():
            told.append(("file-outline", say("The file that is here now is kept under another "
                                             "name.")))  # fmt: skip
        rows = [icon_line(icon, text, role="", wrap=False) for icon, text in told]
        body, self.second = QWidget(), SecondForm(words, needed)
        stack = QVBoxLayout(body)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(14))
        stack.addWidget(_sheet(*rows))
        stack.addWidget(label(words.tell(contents.opened.what_is_here), wrap=True))
        if needed is not None:
            stack.addWidget(self.second)
        self.back = self.choose
        finish = Button(say("Restore"), "Ctrl+Enter", icon="backup-restore", role="finish",
                        run=self.restore)  # fmt: skip
        self.second.entered.connect(self.restore)
        stack.addLayout(self.foot(finish))
        focus = self.second.name.line if needed is not None else finish
        self.show_step(body, title=say("Is this the one?"), focus=focus, back=self.choose,
                       finish=self.restore)  # fmt: skip

    def restore(self) -> None:
        """Make the file anew; what is here now steps aside."""
        contents = self.contents
        assert contents is not None
        today, now = self.program.clock(), time.time_ns() // 1_000_000
        user, second = self.program.preferences.now.user, self.second.login
        self.wait(
            self.words.say("Restoring and checking every entry…"),
            lambda _: restore(contents.opened, self.address, today=today, now=now, second=second,
                              user=user),
            self.tell,
            lambda: self.show_contents(contents),
        )  # fmt: skip

    def _failed(self, error: Exception, again: Callable[[], object]) -> None:
        if isinstance(error, NeedsSecond) and self.contents is not None:
            self.show_contents(self.contents, error.sentence)
        elif isinstance(error, Refused):
            self._refused(error, again)
        else:
            super()._failed(error, again)

    def _refused(self, refusal: Refused, again: Callable[[], object]) -> None:
        """A backup that is no good has a page of its own; anything else is said at the bottom."""
        if refusal.trouble not in _BAD or refusal.trouble is None:
            again()
            self.refuse(refusal.sentence)
            return
        name = self.path.name if self.path is not None else ""
        way = Way(N_("Choose another backup"), "backup-restore", self.choose)
        page = TroublePage(self.words, telling_of(refusal.trouble, name), [way])
        self.show_step(page, focus=page, back=self.choose)

    # What is here afterwards

    def tell(self, made: Restored) -> None:
        """One page: what is here, what is not, what was kept, what to do first."""
        kept = sentence("The backup itself was not changed.")
        if made.kept_old is not None:
            kept = sentence("The file that was here before is kept as {file}.",
                            file=made.kept_old.name)  # fmt: skip
        if made.problems:
            kept = sentence("{kept} The check found something: {problem}", kept=kept,
                            problem=made.problems[0])  # fmt: skip
        telling = Telling(
            sentence("The backup is restored"), made.what_is_here, kept,
            sentence("Write again what was done since then, from the papers, and count the items "
                     "that move fast. Numbers of papers go on at the next full thousand."),
            "backup-restore", "green",
        )  # fmt: skip
        page = TroublePage(self.words, telling, [Way(N_("Begin work"), "check", self.begin)])
        self.show_step(page, focus=page)

    def begin(self) -> None:
        """Open what was restored with the key that opened the backup."""
        way = self.contents.opened.way if self.contents is not None else WayIn()
        self.contents = self.form = None
        go_in(self.program, self.address, way)


def _sheet(*rows: QWidget) -> QFrame:
    px = theme.current().px
    sheet = QFrame()
    sheet.setProperty("role", "card")
    stack = QVBoxLayout(sheet)
    stack.setContentsMargins(px(20), px(14), px(20), px(14))
    stack.setSpacing(px(10))
    for row in rows:
        stack.addWidget(row)
    return sheet


def _usual() -> str:
    from inventory.storage.locations import default_database

    return str(default_database())
