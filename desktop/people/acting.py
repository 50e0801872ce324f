"""Acts that hash a password take a second: they run beside the window, which goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from desktop.desk import Desk, new_request
from inventory.domain.sentence import Refused
from inventory.services.permits import NeedsSecond

T = TypeVar("T")


def act_aside(
    desk: Desk,
    use: Callable[..., T],
    *args: object,
    done: Callable[[T], object],
    failed: Callable[[Refused], object],
) -> None:
    """Run `use(entered, stamp, *args)` in a thread, then `done(result)` or `failed(refusal)`.

    When a second person has to confirm it, the same act is sent again with that name.
    """
    session = desk.session
    assert session is not None
    stamp = desk.stamp(new_request())

    def begin(second: str) -> None:
        desk.run_long(
            lambda _: use(session.entered, replace(stamp, second=second), *args), finish,
            partial(refused, second),
        )  # fmt: skip

    def finish(result: T) -> None:
        here = None if session.person is None else (session.person.name, session.person.roles)
        session.look_again(desk)
        desk.committed.emit()
        if session.person is not None and here != (session.person.name, session.person.roles):
            desk.user_changed.emit()
        if desk.safety is not None:
            desk.safety.changed.emit()
        done(result)

    def refused(second: str, error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        if second or desk.ask_second is None or not isinstance(error, NeedsSecond):
            failed(error)
            return
        try:
            name = desk.ask_second(error)
        except Refused as refusal:
            failed(refusal)
        else:
            begin(name)

    begin("")
