"""A command that the window starts beside itself: its key comes through a pipe, and it waits."""

from __future__ import annotations

import os
import sys
from typing import Final

from inventory.domain.sentence import Refused

_MOST: Final = 200
_MASTER_BYTES: Final = 32
_POLITE: Final = 10
_BELOW_NORMAL: Final = 0x4000


def key_from_pipe() -> bytes | None:
    """What standard input gives: a key as hex digits, or an empty line for a plain database."""
    text = sys.stdin.buffer.read(_MOST + 1).decode("ascii", "replace").strip()
    if not text:
        return None
    try:
        master = bytes.fromhex(text)
    except ValueError:
        master = b""
    if len(master) != _MASTER_BYTES:
        raise Refused("What came through the pipe is not a key.")
    return master


def step_back() -> None:
    """Whoever works at the counter goes first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_POLITE)
