"""Tests run as anybody; the super-user is not stopped by a folder that may not be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Within, the folder and what is in it may be read and not written, even by root."""
    above = [parent for parent in folder.parents if parent.stat().st_uid == os.getuid()]
    modes = {path: path.stat().st_mode for path in (*above, folder, *folder.iterdir())}
    super_user = os.geteuid() == 0
    for path, mode in modes.items():
        path.chmod(mode | 0o055 if path in above else (mode | 0o555) & ~0o222)
    if super_user:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if super_user:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


@contextmanager
def as_root() -> Iterator[None]:
    """Inside `read_only`, for a moment who the tests run as."""
    mine = os.geteuid()
    os.seteuid(os.getuid())
    try:
        yield
    finally:
        os.seteuid(mine)
