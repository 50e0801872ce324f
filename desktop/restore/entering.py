"""Into a file with what was just typed to restore or lock it: nobody types it twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from inventory.services import door
from inventory.services.restoring import WayIn

if TYPE_CHECKING:
    from desktop.app import Program
    from inventory.services.entered import Entered


def go_in(program: Program, address: str, way: WayIn) -> None:
    """Open it; where somebody must sign in, with that way in."""
    from desktop.sign_in.window import SignInWindow

    program.open_or_tell(address)
    window, enter = program.welcome, _enter(address, way)
    if isinstance(window, SignInWindow) and enter is not None:
        window.enter_by(enter, window.ask)


def _enter(address: str, way: WayIn) -> Callable[[], Entered] | None:
    if way.paper:
        return lambda: door.enter_with_paper(address, way.paper)
    login = way.login
    if login is None:
        return None
    return lambda: door.enter(address, login.name, login.password)
