"""Catalogues of translations: read from `.po` once, then from a compiled copy.

The copy lives in the user's cache folder under the hash of the `.po`, so a changed file is
compiled anew and nothing has to be kept in step. Without a writable cache all still works.
"""

from __future__ import annotations

import gettext
import io
import os
import struct
from contextlib import suppress
from functools import cache
from pathlib import Path

Catalogue = gettext.NullTranslations

TRANSLATIONS = Path(__file__).parents[2] / "resources" / "translations"
"""The folder of the `.po` files."""


@cache
def catalogue(code: str) -> Catalogue:
    """The translations of one language; English is the source and needs none."""
    source = TRANSLATIONS / f"{code}.po"
    if code == "en" or not source.exists():
        return gettext.NullTranslations()
    return load(source, _cache_folder())


def load(source: Path, cache: Path) -> Catalogue:
    """A catalogue from its `.po` file, through the compiled copy in the cache folder."""
    import hashlib  # English never comes here

    content = source.read_bytes()
    copy = cache / f"{source.stem}-{hashlib.sha256(content).hexdigest()[:24]}.mo"
    # A copy cut short by a power failure is made again, like one that is missing.
    with suppress(OSError, ValueError, struct.error), copy.open("rb") as compiled:
        return gettext.GNUTranslations(compiled)
    binary = _compile(content)
    _keep(copy, binary)
    return gettext.GNUTranslations(io.BytesIO(binary))


def _compile(content: bytes) -> bytes:
    import polib  # only needed when there is no compiled copy

    # polib compiles what is translated; untranslated sentences stay English.
    binary: bytes = polib.pofile(content.decode("utf-8")).to_binary()
    return binary


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("amana", appauthor=False) / "translations"


def _keep(copy: Path, binary: bytes) -> None:
    import tempfile  # only when there is something to keep

    # The cache only saves time: a folder that cannot be written is no reason to stop.
    with suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=copy.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(binary)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, copy)
        for older in copy.parent.glob(f"{copy.stem.rpartition('-')[0]}-*.mo"):
            if older != copy:
                older.unlink(missing_ok=True)
