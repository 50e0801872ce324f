"""What a database file lies on: the disk of this computer, a network folder, or a stick.

Saving is only reliable on a disk of the computer itself. The system is asked without opening
anything; where it does not tell, nothing is said.
"""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path

from inventory.domain.troubles import Trouble

_ESCAPED = re.compile(r"\\([0-7]{3})")
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "9p", "ncpfs", "davfs",
     "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.glusterfs",
     "webdav", "afpfs"}
)  # fmt: skip
_WINDOWS_REMOVABLE, _WINDOWS_NETWORK = 2, 4


class Medium(StrEnum):
    """Where a file is kept."""

    DISK = "disk"
    SHARE = "share"
    STICK = "stick"
    UNKNOWN = "unknown"

    @property
    def trouble(self) -> Trouble | None:
        """What is said about it; None where saving is reliable."""
        return {Medium.SHARE: Trouble.ON_SHARE, Medium.STICK: Trouble.ON_STICK}.get(self)


def medium_of(path: Path, root: Path = Path("/")) -> Medium:
    """What the file or folder lies on."""
    if sys.platform == "win32":  # pragma: no cover
        return _on_windows(path)
    mount = _mount_of(path.expanduser().absolute(), root)
    if mount is None:
        return Medium.UNKNOWN
    device, kind = mount
    if kind in _NETWORK:
        return Medium.SHARE
    return Medium.STICK if _is_removable(device, root) else Medium.DISK


def _mount_of(path: Path, root: Path) -> tuple[str, str] | None:
    """`major:minor` and the kind of the file system that holds the path."""
    try:
        lines = (root / "proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    found: tuple[int, tuple[str, str] | None] = (-1, None)
    for words in (line.split() for line in lines):
        if "-" not in words[6:]:
            continue
        point = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), words[4]))
        if path.is_relative_to(point) and len(point.parts) >= found[0]:
            kind = words[words.index("-", 6) + 1]
            found = (len(point.parts), (words[2], kind))
    return found[1]


def _is_removable(device: str, root: Path) -> bool:
    """A stick says that it is one; an outside disk hangs on USB and does not."""
    block = root / "sys/dev/block" / device
    if not block.exists():
        return False
    real = block.resolve()
    if any(part.startswith("usb") for part in real.parts):
        return True
    return any(_says_one(place / "removable") for place in (real, real.parent))


def _says_one(path: Path) -> bool:
    try:
        return path.read_text(encoding="ascii").strip() == "1"
    except OSError:
        return False


def _on_windows(path: Path) -> Medium:  # pragma: no cover
    import ctypes

    whole = path.expanduser().absolute()
    if whole.drive.startswith("\\\\"):
        return Medium.SHARE
    kind = ctypes.windll.kernel32.GetDriveTypeW(f"{whole.drive}\\")  # type: ignore[attr-defined,unused-ignore]
    if kind == _WINDOWS_NETWORK:
        return Medium.SHARE
    return Medium.STICK if kind == _WINDOWS_REMOVABLE else Medium.DISK
