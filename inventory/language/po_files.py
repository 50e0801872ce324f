"""The `.po` files: read, brought up to the source, written so that changes stay small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polib

from inventory.language.placeholders import placeholders
from inventory.language.sources import Message
from inventory.language.tongue import TONGUES, Tongue

TEMPLATE = "messages.pot"
"""The English catalogue: every sentence, nothing translated."""

_WIDTH = 100


def catalogue_path(folder: Path, code: str) -> Path:
    """Where the catalogue of a language lies; English is the template."""
    return folder / (TEMPLATE if code == "en" else f"{code}.po")


def read(folder: Path, code: str) -> polib.POFile:
    """The catalogue of a language, empty when there is none yet."""
    path = catalogue_path(folder, code)
    return polib.pofile(str(path), encoding="utf-8") if path.exists() else polib.POFile()


def updated(old: polib.POFile, messages: Iterable[Message], code: str) -> polib.POFile:
    """The same translations for the sentences the source has now.

    A sentence that is gone keeps its translation at the end, marked obsolete, and gets it
    back when it returns.
    """
    tongue = TONGUES[code]
    known = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=_WIDTH)
    new.header = f"Amana in {tongue.name}."
    new.metadata = _header(tongue)
    for message in sorted(messages, key=lambda message: message.one):
        new.append(_entry(message, known.pop(message.one, None), tongue))
    for _, entry in sorted(known.items()):
        if _translated(entry):
            new.append(_obsolete(entry))
    return new


def _header(tongue: Tongue) -> dict[str, str]:
    # No dates and no names: they would change with every update.
    return {
        "Project-Id-Version": "Amana",
        "Language": tongue.code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": tongue.plurals,
    }


def _entry(message: Message, known: polib.POEntry | None, tongue: Tongue) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.one,
        occurrences=[(file, "") for file in message.files],
        flags=["python-brace-format"] if placeholders(message.one) else [],
    )
    if message.many is None:
        entry.msgstr = known.msgstr if known else ""
        return entry
    entry.msgid_plural = message.many
    forms = known.msgstr_plural if known and known.msgid_plural == message.many else {}
    entry.msgstr_plural = {index: forms.get(index, "") for index in range(len(tongue.forms))}
    return entry


def _translated(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    entry.obsolete = True
    entry.occurrences = []
    entry.flags = []
    return entry


def write(folder: Path, code: str, catalogue: polib.POFile) -> None:
    """Write the catalogue of a language."""
    folder.mkdir(parents=True, exist_ok=True)
    catalogue_path(folder, code).write_text(f"{catalogue}", "utf-8", newline="\n")


def translate(entry: polib.POEntry, forms: Sequence[str]) -> None:
    """Put a translation, one form or all plural forms, into an entry."""
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        entry.msgstr = forms[0]


def translation(entry: polib.POEntry) -> list[str]:
    """The forms of an entry's translation, in order; empty texts where they are missing."""
    if entry.msgid_plural:
        return [entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural)]
    return [entry.msgstr]
