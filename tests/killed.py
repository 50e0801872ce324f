"""End a process just before its n-th change to a folder, and look at what is left."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

_CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate", "os.chmod"}
_KILLED, _FAILED = 9, 1


def killed_at(step: int, folder: Path, do: Callable[[], object]) -> bool:
    """Whether a process that does this was killed there; False when it had finished before."""
    child = os.fork()
    if child == 0:
        _run(step, str(folder), do)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, _KILLED), "The process failed by itself; see its output."
    return status == _KILLED


def left_in(folder: Path) -> frozenset[str]:
    """The files there; names made up for a moment count as one."""
    return frozenset(
        ".for a moment" if path.name.startswith(".") else path.name for path in folder.iterdir()
    )


def _run(step: int, folder: str, do: Callable[[], object]) -> None:
    left = step

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event not in _CHANGES and not _makes(event, arguments):
            return
        if any(str(argument).startswith(folder) for argument in arguments):
            left -= 1
            if left < 0:
                os._exit(_KILLED)

    try:
        sys.addaudithook(count)
        do()
    except BaseException:
        traceback.print_exc()
        os._exit(_FAILED)
    os._exit(0)


def _makes(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether a file is opened that may not be there yet."""
    return event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & os.O_CREAT)
