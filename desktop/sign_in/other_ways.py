"""Ways in without a password: the paper key, the key of an office, a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.choice_list import Row
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from desktop.widgets.password_field import PasswordField
from inventory.domain.sentence import N_, Refused
from inventory.language import Language
from inventory.storage.key_file import KeyFile, key_path
from inventory.storage.key_place import is_locked

if TYPE_CHECKING:
    from desktop.sign_in.window import SignInWindow

LONGEST_PAPER = 400


@dataclass(frozen=True, slots=True)
class OtherWay:
    """A row of the list and what it does."""

    name: str
    says: str
    go: Callable[[SignInWindow], object]

    def row(self, words: Language, number: int) -> Row:
        return Row(self, words.say(self.name), words.say(self.says), cap=str(number))


def other_ways(address: str) -> list[OtherWay]:
    """Those that this file has."""
    keys = _keys(address)
    ways = []
    if keys is not None and keys.papers:
        ways.append(OtherWay(
            N_("Use the paper key"),
            N_("The envelope with twelve words. Whoever opens it sets a new password."), ask_paper))
    if keys is not None and keys.office is not None:
        ways.append(OtherWay(
            N_("Ask the office"),
            N_("The office that keeps a key to this file can open it."), ask_office))
    ways.append(OtherWay(
        N_("Restore a backup"),
        N_("Another file, opened with a password or paper key that you still have."),
        lambda window: window.program.ask_restore()))
    return ways


def ask_paper(window: SignInWindow, written: str = "") -> None:
    """Twelve words or their numbers, typed or scanned from the symbol."""
    say = window.words.say
    paper = TextField(say("The 12 words, or their 12 numbers"), written, longest=LONGEST_PAPER)

    def enter() -> None:
        text = paper.text
        window.enter_by(lambda: _door().enter_with_paper(window.address, text),
                        lambda: ask_paper(window, text))  # fmt: skip

    about = say("Capital letters, commas and the kind of digits do not matter. A scanner can read "
                "the symbol on the paper.")  # fmt: skip
    def heard(text: str) -> None:
        paper.set_text(text)
        enter()

    _ask(window, say("Use the paper key"), about, paper, enter, heard)


def ask_office(window: SignInWindow) -> None:
    """The secret key, which the office brings on a stick or types itself."""
    say = window.words.say
    secret = PasswordField(say("Secret key of the office, it begins with AGE-SECRET-KEY-1"))

    def enter() -> None:
        text = secret.secret.strip()
        window.enter_by(lambda: _door().enter_with_office(window.address, text),
                        lambda: ask_office(window))  # fmt: skip

    about = say("Only somebody from the office types it. It is not kept here.")
    _ask(window, say("Ask the office"), about, secret, enter)


def _ask(
    window: SignInWindow,
    title: str,
    about: str,
    field: TextField,
    enter: Callable[[], None],
    heard: Callable[[str], None] | None = None,
) -> None:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    body = QWidget()
    stack = QVBoxLayout(body)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme.current().px(14))
    stack.addWidget(field)
    stack.addWidget(label(about, "second", wrap=True))
    window.back = window.ask_way
    stack.addLayout(window.foot(Button(window.words.say("Open"), "Enter", icon="lock-open-outline",
                                       role="finish", run=enter)))  # fmt: skip
    field.entered.connect(enter)
    window.show_step(body, title=title, focus=field.line, back=window.ask_way, finish=enter,
                     heard=heard)  # fmt: skip


def _keys(address: str) -> KeyFile | None:
    """What the key file says without opening it; None when there is none that can be read."""
    if not is_locked(address):
        return None
    try:
        return KeyFile.read(key_path(address))
    except Refused:
        return None


def _door() -> ModuleType:
    # Loaded when somebody goes in, not when the page that asks is shown.
    from inventory.services import door

    return door
