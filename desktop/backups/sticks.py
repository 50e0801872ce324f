"""Sticks and other disks that are in the computer now."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from inventory.storage.medium import Medium, medium_of

FOLDER = "amana"
"""Where backups stand on a stick: the name tells no more than their own names do."""

_TAKEN_OUT = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True, slots=True)
class Stick:
    """Its name as people see it, its folder, and what is free on it."""

    name: str
    root: Path
    free: int

    @property
    def folder(self) -> Path:
        """Where backups go on it."""
        return self.root / FOLDER


def sticks() -> list[Stick]:
    """What can be written to and taken out, by name."""
    return sorted(_found(QStorageInfo.mountedVolumes()), key=lambda stick: stick.name.casefold())


def _found(volumes: Iterable[QStorageInfo]) -> Iterable[Stick]:
    for volume in volumes:
        root = volume.rootPath()
        usable = volume.isValid() and volume.isReady() and not volume.isReadOnly()
        if usable and not volume.isRoot() and _can_be_taken_out(root):
            name = volume.name() or Path(root).name or root
            yield Stick(name, Path(root), volume.bytesAvailable())


def _can_be_taken_out(root: str) -> bool:
    if sys.platform == "win32":
        return not root.upper().startswith("C:")
    return root.startswith(_TAKEN_OUT) or medium_of(Path(root)) is Medium.STICK


def place_name(folder: Path) -> str:
    """How a place for backups is called: the name of its stick, else of its folder."""
    for stick in sticks():
        if folder.is_relative_to(stick.root):
            return stick.name
    parts = [part for part in folder.parts if part != FOLDER]
    return parts[-1] if parts else str(folder)
