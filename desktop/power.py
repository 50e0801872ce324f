"""Whether the computer runs on its battery, and how full that is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_LINUX = Path("/sys/class/power_supply")


@dataclass(frozen=True, slots=True)
class Battery:
    """Percent 0 to 100."""

    percent: int
    on_mains: bool


def read_battery(folder: Path = _LINUX) -> Battery | None:
    """The first battery the system tells of; None when there is none or it says nothing."""
    try:
        supplies = sorted(folder.iterdir())
    except OSError:
        return None
    for supply in supplies:
        if _read(supply / "type") == "Battery" and _read(supply / "scope") != "Device":
            capacity = _read(supply / "capacity")
            if capacity.isdigit():
                return Battery(int(capacity), _read(supply / "status") != "Discharging")
    return None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
