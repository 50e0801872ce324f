"""What this person chose for this computer: language, look, last file. Nothing about stock."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_log_path

from desktop.scan_burst import ScannerSettings

APPLICATION = "amana"


@dataclass(frozen=True, slots=True)
class Preferences:
    """`language` is empty until somebody has chosen; `database` until one was opened.

    `scanner` holds the settings the scanner test saved, `printers` the one last used per paper,
    `backups` the stick or folder that backups go to.
    """

    language: str = ""
    digits: str = "latin"
    look: str = "light"
    text_size: int = 100
    user: str = ""
    people: tuple[str, ...] = ()
    database: str = ""
    clinic: str = ""
    backups: str = ""
    scanner: dict[str, Any] = field(default_factory=dict)
    printers: dict[str, str] = field(default_factory=dict)


class PreferencesFile:
    """Reads once, writes whole: a torn file is never left behind."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_config_path(APPLICATION) / "desktop.json"
        self.now = self._read()

    def change(self, **chosen: Any) -> Preferences:
        """Keep a choice. A folder that cannot be written only loses it at the end of the day."""
        self.now = replace(self.now, **chosen)
        try:
            self._write()
        except OSError:
            return self.now
        return self.now

    def _read(self) -> Preferences:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Preferences()
        return _checked(found) if isinstance(found, dict) else Preferences()

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        aside = self.path.with_suffix(".new")
        with aside.open("w", encoding="utf-8") as stream:
            json.dump(asdict(self.now), stream, ensure_ascii=False, indent=1, sort_keys=True)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(self.path)


def _checked(found: dict[str, Any]) -> Preferences:
    """Only what is known and of the right kind: a file edited by hand cannot stop the window."""
    blank = Preferences()
    known = {f.name: getattr(blank, f.name) for f in fields(Preferences)}
    kept: dict[str, Any] = {
        name: tuple(found[name]) if isinstance(default, tuple) else found[name]
        for name, default in known.items()
        if isinstance(found.get(name), list if isinstance(default, tuple) else type(default))
    }
    known_scanner = {f.name for f in fields(ScannerSettings)}
    kept["scanner"] = {k: v for k, v in kept.get("scanner", {}).items() if k in known_scanner}
    return replace(blank, **kept)


def log_folder() -> Path:
    """Where the log is written."""
    return user_log_path(APPLICATION)
