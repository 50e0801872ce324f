"""Who is it? The first window of a file that people sign in to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop import theme
from desktop.sign_in.other_ways import OtherWay, other_ways
from desktop.sign_in.tongues import Tongues
from desktop.step_window import StepWindow
from desktop.widgets.buttons import Button
from desktop.widgets.choice_list import ChoiceList
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.sentence import Refused, Sentence
from inventory.storage.tries import tries_at, wait_sentence

if TYPE_CHECKING:
    from desktop.app import Program
    from inventory.services.entered import Entered

LONGEST = 80
_CARD = 460
_CHORDS = tuple(f"Alt+{number}" for number in range(1, 4))


class SignInWindow(StepWindow):
    """`place` is where to go on after the key was dropped: the clinic's name and the page."""

    def __init__(
        self,
        program: Program,
        address: str,
        place: tuple[str | None, str] = (None, ""),
        about: Sentence | None = None,
    ) -> None:
        super().__init__(program)
        self.address, self.place, self.about = address, place, about
        self._asking = False
        self._waiting = QTimer(self, interval=1000)
        self._waiting.timeout.connect(self._look_at_wait)
        self.ask()

    # Name and password

    def ask(self, name: str = "", wrong: Sentence | None = None) -> None:
        """The two fields; what was typed as the name stays after a wrong try."""
        say, px = self.words.say, theme.current().px
        self.name = TextField(say("Your name"), name, longest=LONGEST)
        self.password = PasswordField(say("Password"))
        self.open = Button(say("Open"), "Enter", icon="lock-open-outline", role="finish",
                           run=self.sign_in)  # fmt: skip
        self.name.entered.connect(self.password.line.setFocus)
        self.password.entered.connect(self.sign_in)
        forgot = Button(say("I cannot get in"), "F2", icon="help-circle-outline", small=True,
                        run=self.ask_way)  # fmt: skip
        other = Button(say("Open another file"), "Ctrl+O", icon="folder-open-outline", small=True,
                       run=self.program.ask_first)  # fmt: skip
        card, body = QFrame(), QWidget()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        many = bool(self.program.seated)
        inside.setContentsMargins(px(26), px(18 if many else 22), px(26), px(18 if many else 22))
        inside.setSpacing(px(10 if many else 14))
        for part in (self.name, self.password, self.open):
            inside.addWidget(part)
        seated = dict(zip(_CHORDS, self.program.seated, strict=False))
        names = QVBoxLayout()
        names.setSpacing(px(8))
        for key, known in seated.items():
            names.addWidget(Button(known, key, icon="account-circle-outline", small=True,
                                   run=partial(self._pick, known)))  # fmt: skip
        inside.addLayout(names)
        stack = QVBoxLayout(body)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(12))
        stack.addWidget(card)
        stack.addLayout(self.foot(forgot, other))
        stack.addWidget(Tongues(self.program.language_code, self.speak))
        about = self.words.tell(self.about) if self.about is not None else say(
            "This file is locked. It opens with your own name and password.")  # fmt: skip
        self._asking = True
        self.show_step(body, title=say("Who is it?"), about=about, wide=_CARD,
                       focus=self.password.line if name else self.name.line,
                       chords={"F2": self.ask_way, "Ctrl+O": self.program.ask_first,
                               **{key: partial(self._pick, known)
                                  for key, known in seated.items()}})  # fmt: skip
        if wrong is not None:
            self.password.set_wrong(self.words.tell(wrong))
        self._look_at_wait()

    def _pick(self, name: str) -> None:
        """Somebody who worked here before the key was dropped."""
        self.name.set_text(name)
        self.password.line.setFocus()

    def sign_in(self) -> None:
        """Try the two; the window goes on answering while the password is tried."""
        if self.work is not None or not self.open.isEnabled():
            return
        name, secret = self.name.text, self.password.secret
        if not name or not secret:
            (self.name if not name else self.password).line.setFocus()
            return
        self.wait(
            self.words.say("Opening…"), lambda _: _enter(self.address, name, secret),
            self.opened, lambda: self.ask(name),
        )  # fmt: skip

    def opened(self, entered: Entered) -> None:
        """Go to the window, or have a new password set first."""
        if entered.must_set_password:
            from desktop.sign_in.new_password import show_new_password

            show_new_password(self, entered)
            return
        self.guarded(lambda: self.program.show_entered(entered, *self.place))

    def speak(self, code: str) -> None:
        """People of four languages sit here."""
        name = self.name.text
        self.program.speak(code)
        self.setWindowTitle(self.words.say("Amana"))
        self.ask(name)

    def _failed(self, error: Exception, again: Callable[[], object]) -> None:
        """A wrong password is said under the field, anything else at the bottom."""
        if isinstance(error, Refused) and error.trouble is not None:
            self.program.tell_trouble(error, self.address)
            return
        self._asking = False
        again()
        if not isinstance(error, Refused):
            raise error
        if self._asking:
            self.password.set_wrong(self.words.tell(error.sentence))
        else:
            self.refuse(error.sentence)
        self._look_at_wait()

    def _look_at_wait(self) -> None:
        """After too many wrong tries the wait counts down, and then the field is free again."""
        if not isValid(self.open):
            self._waiting.stop()
            return
        left = tries_at(self.address).wait_left()
        self.open.setEnabled(left == 0)
        if left:
            self.password.set_wrong(self.words.tell(wait_sentence(left)))
            self._waiting.start()
        elif self._waiting.isActive():
            self._waiting.stop()
            self.password.set_wrong("")

    # Other ways

    def ask_way(self) -> None:
        """What to do without a password."""
        ways, say = other_ways(self.address), self.words.say
        body, chosen = QWidget(), ChoiceList(say("Other ways in"))
        chosen.set_rows([way.row(self.words, number) for number, way in enumerate(ways, 1)], 0)
        chosen.accepted.connect(self._take_way)
        stack = QVBoxLayout(body)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.current().px(14))
        card = QFrame()
        card.setProperty("role", "card")
        QVBoxLayout(card).addWidget(chosen)
        stack.addWidget(label(say("If somebody who looks after people is here, let them sign in: "
                                  "under People in Settings they give you a new password."),
                              wrap=True))  # fmt: skip
        stack.addWidget(card)
        self.back = self.ask
        stack.addLayout(self.foot())
        self.show_step(body, title=say("Other ways in"), focus=chosen, back=self.ask)

    def _take_way(self, way: Any) -> None:
        assert isinstance(way, OtherWay)
        way.go(self)

    def enter_by(self, enter: Callable[[], Entered], again: Callable[[], object]) -> None:
        """With the paper or the office; a refusal comes back to the step it was written in."""
        self.wait(self.words.say("Opening…"), lambda _: enter(), self.opened, again)


def _enter(address: str, name: str, secret: str) -> Entered:
    # What opens a database loads longer than this whole page: only when somebody signs in.
    from inventory.services import door

    return door.enter(address, name, secret)
