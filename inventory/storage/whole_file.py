"""Small files of our own: whole or not there, private, and there again after a power cut."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from inventory.storage.opening import sync_folder


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, make durable, put in place. Raises OSError; then the old file stands."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
