"""Where databases live when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path, user_state_path

from inventory.storage.key_place import SERVER_ENDING

DATABASE = "amana.db"
PRACTICE = "practice.db"


def data_folder() -> Path:
    """The user's own folder for Amana, made when it is not there."""
    folder = user_data_path("amana", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def default_database() -> Path:
    """The file in the usual place; without one, what leads this desk to its server."""
    own = data_folder() / DATABASE
    servers = sorted(data_folder().glob(f"*{SERVER_ENDING}"))
    return servers[0] if len(servers) == 1 and not own.exists() else own


def practice_database() -> Path:
    return data_folder() / PRACTICE


def state_folder() -> Path:
    """Where this user's Amana remembers what must not travel with a database."""
    folder = user_state_path("amana", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
