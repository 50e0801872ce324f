"""Runs a program under recorder.c, and steers the recorder from inside that program."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntFlag
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.record import Op, packed
from tests.house.tree import ROOT

_SOURCE = Path(__file__).with_name("recorder.c")
_made: list[TemporaryDirectory[str]] = []


class Calls(IntFlag):
    """Kinds of calls that can be made to fail; as in recorder.c."""

    TAKES_SPACE = 1
    CHANGES = 2
    SYNCS = 4
    READS = 8
    WRITES = 7
    ALL = 15


CAN_FAIL = {errno.EIO: Calls.ALL, errno.ENOSPC: Calls.TAKES_SPACE | Calls.SYNCS}


@cache
def library() -> Path:
    """The recorder, compiled once for this process."""
    compiler = shutil.which("cc")
    assert compiler is not None, "The recorder needs a C compiler: gcc and libc6-dev."
    _made.append(TemporaryDirectory(prefix="amana-recorder-"))
    made = Path(_made[0].name, "recorder.so")
    flags = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(made)]
    subprocess.run([compiler, *flags, str(_SOURCE), "-ldl", "-lpthread"], check=True)
    return made


def run_recorded(module: str, *arguments: str) -> str:
    """Run `python -m module arguments` with the recorder before libc; what it printed."""
    environment = {**os.environ, "LD_PRELOAD": str(library())}
    command: Sequence[str] = [sys.executable, "-W", "error", "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Recorder:
    """The recorder that this process runs under."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.amana_calls.restype = ctypes.c_long
        self._library.amana_fail.argtypes = [ctypes.c_long, *[ctypes.c_int] * 4]

    def watch(self, folder: Path, log: int = -1) -> None:
        """Look at calls under a folder, and record them into an open descriptor."""
        self._library.amana_watch(os.fsencode(folder.resolve()), log)

    @contextmanager
    def recording(self, folder: Path, log: Path) -> Iterator[None]:
        """Record what happens under a folder, after all that is there now."""
        with log.open("wb") as file:
            file.write(b"".join(_there_now(folder.resolve())))
            file.flush()
            self.watch(folder, file.fileno())
            try:
                yield
            finally:
                self._library.amana_watch(b"", -1)

    def mark(self, **said: object) -> None:
        """Say in the record what was acknowledged."""
        self._library.amana_mark(json.dumps(said).encode())

    def fail(
        self, nth: int, error: int, kinds: Calls, *, lasting: bool, half: bool = False
    ) -> None:
        """Let the n-th call of these kinds fail, and all after it when `lasting`."""
        self._library.amana_fail(nth, error, lasting, half, kinds)

    def count(self, kinds: Calls) -> None:
        """Fail nothing; count calls of these kinds from now."""
        self._library.amana_fail(0, 0, 0, 0, kinds)

    @property
    def calls(self) -> int:
        return int(self._library.amana_calls())


def _there_now(folder: Path) -> Iterator[bytes]:
    """What a folder holds, as if it had been written and synced."""
    yield packed(Op.FOLDER_MADE, str(folder))
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            yield packed(Op.FOLDER_MADE, str(path))
            continue
        if path.name.endswith("-shm"):
            continue
        inode = path.stat().st_ino
        yield packed(Op.MADE, str(path), inode)
        yield packed(Op.WRITTEN, str(path), inode, data=path.read_bytes())
        yield packed(Op.SYNCED, str(path), inode)
    yield packed(Op.FOLDER_SYNCED, str(folder))


@contextmanager
def fast_folder() -> Iterator[Path]:
    """A folder in memory where there is one: images are thrown away as soon as they are judged."""
    memory = Path("/dev/shm")
    where = memory if os.access(memory, os.W_OK) else None
    with TemporaryDirectory(prefix="amana-crash-", dir=where or tempfile.gettempdir()) as folder:
        yield Path(folder).resolve()
