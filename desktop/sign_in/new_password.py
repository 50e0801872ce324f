"""After the paper key or the office: somebody who works here gets a new password."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import new_request
from desktop.widgets.buttons import Button
from desktop.widgets.field import TextField
from desktop.widgets.password_field import PasswordField
from inventory.domain.sentence import Refused
from inventory.domain.stamp import Stamp
from inventory.queries.clinics import clinics
from inventory.queries.people import people
from inventory.services import door

if TYPE_CHECKING:
    from desktop.sign_in.window import SignInWindow
    from inventory.services.entered import Entered

LONGEST = 80


def show_new_password(window: SignInWindow, entered: Entered, written: str = "") -> None:
    """The name and the new password twice; the names of who works here stand beside."""
    words, say = window.words, window.words.say
    with entered.database.read() as connection:
        working = [person.name for person in people(connection) if person.active]
    name = TextField(say("Your name"), written or (working[0] if len(working) == 1 else ""),
                     longest=LONGEST)  # fmt: skip
    first = PasswordField(say("New password, at least 8 characters"))
    again = PasswordField(say("The same password again"))

    def finish() -> None:
        if first.secret != again.secret:
            again.set_wrong(say("The two passwords are not the same."))
            return
        secret, called = first.secret, name.text
        window.wait(
            say("Setting the new password…"),
            lambda _: door.set_new_password(entered, _stamp(window, entered), called, secret),
            lambda _: window.opened(entered),
            lambda: show_new_password(window, entered, called),
        )

    body = QWidget()
    stack = QVBoxLayout(body)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme.current().px(14))
    for part in (name, first, again):
        stack.addWidget(part)
    name.entered.connect(first.line.setFocus)
    first.entered.connect(again.line.setFocus)
    again.entered.connect(finish)

    def leave() -> None:
        entered.lock()
        window.ask()

    window.back = leave
    stack.addLayout(window.foot(Button(say("Go on"), "Enter", icon="check", role="finish",
                                       run=finish)))  # fmt: skip
    about = say("It is open. Work here: {names}. Print a new paper key soon: this one was used.",
                names=words.listed(working))  # fmt: skip
    window.show_step(body, title=say("Set a new password"), about=about,
                     focus=first.line if name.text else name.line, back=leave)  # fmt: skip


def _stamp(window: SignInWindow, entered: Entered) -> Stamp:
    with entered.database.read() as connection:
        rows = clinics(connection)
    if not rows:
        raise Refused("{file} holds no clinic yet.", file=entered.database.name)
    now = time.time_ns() // 1_000_000
    return Stamp(rows[0].id, "", window.program.clock(), now, new_request())
