"""Is the disk under a file encrypted as a whole? Seen on Linux; elsewhere nobody can tell."""

from __future__ import annotations

import re
from pathlib import Path

_ESCAPED = re.compile(r"\\([0-7]{3})")
_DEEPEST = 8


def disk_is_encrypted(path: Path, root: Path = Path("/")) -> bool | None:
    """True or False where the system tells; None where it does not."""
    device = _device_under(path, root)
    if device is None or not (root / "sys/dev/block" / device).exists():
        return None
    return _is_crypt((root / "sys/dev/block" / device).resolve(), _DEEPEST)


def _device_under(path: Path, root: Path) -> str | None:
    """`major:minor` of what is mounted where the path stands; None when it is no block device."""
    try:
        lines = (root / "proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    wanted = path.expanduser().absolute()
    found: tuple[int, str | None] = (-1, None)
    for words in (line.split() for line in lines):
        if len(words) < 5:
            continue
        point = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), words[4]))
        if wanted.is_relative_to(point) and len(point.parts) >= found[0]:
            found = (len(point.parts), _block_device(words, root))
    return found[1]


def _block_device(words: list[str], root: Path) -> str | None:
    """Some file systems have a number of their own and name the device as their source."""
    if not words[2].startswith("0:"):
        return words[2]
    source = words[words.index("-") + 2] if "-" in words else ""
    number = root / "sys/class/block" / (root / source.lstrip("/")).resolve().name / "dev"
    try:
        return number.read_text(encoding="utf-8").strip()
    except OSError:
        return None


def _is_crypt(device: Path, depth: int) -> bool:
    """Whether the device, or what it is made of, is an encrypted one."""
    try:
        made_by = (device / "dm/uuid").read_text(encoding="utf-8")
    except OSError:
        made_by = ""
    if made_by.startswith("CRYPT-"):
        return True
    below = sorted((device / "slaves").glob("*"))
    return depth > 0 and bool(below) and all(_is_crypt(p.resolve(), depth - 1) for p in below)
