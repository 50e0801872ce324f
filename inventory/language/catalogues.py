"""Keep the catalogues of translations: `python -m inventory.language.catalogues COMMAND`.

update                        bring all catalogues up to the source
check                         say what is missing or broken; 1 when anything is
missing --language ar         print the untranslated sentences as JSON, with where they stand
fill --language ar FILE.json  merge {sentence: translation or [forms]}, refusing broken ones
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polib

from inventory.language import po_files
from inventory.language.catalogue import TRANSLATIONS
from inventory.language.judgement import Judge
from inventory.language.sources import ROOT, Message, Sources, read_sources
from inventory.language.tongue import TONGUES

TRANSLATED = tuple(code for code in TONGUES if code != "en")


def update(folder: Path, sources: Sources) -> None:
    """Bring every catalogue up to the source."""
    for code in TONGUES:
        old = po_files.read(folder, code)
        po_files.write(folder, code, po_files.updated(old, sources.messages.values(), code))


def check(folder: Path, sources: Sources) -> Iterator[str]:
    """What is wrong with the source's calls and with each catalogue."""
    yield from sources.faults
    for code in TONGUES:
        catalogue = po_files.read(folder, code)
        name = po_files.catalogue_path(folder, code).name
        if catalogue.metadata.get("Plural-Forms") != TONGUES[code].plurals:
            yield f"{name}: the header does not give the plural rule of the language"
        entries = _living(catalogue)
        for gone in sorted(entries.keys() - sources.messages.keys()):
            yield f'{name}: "{gone}" is no longer in the source; run update'
        for message in sources.messages.values():
            yield from (
                f'{name}: "{message.one}": {fault}' for fault in _faults(code, message, entries)
            )


def _faults(code: str, message: Message, entries: Mapping[str, polib.POEntry]) -> Sequence[str]:
    entry = entries.get(message.one)
    if entry is None or (entry.msgid_plural or None) != message.many:
        return ("not in the catalogue; run update",)
    return () if code == "en" else Judge(TONGUES[code]).faults(message, po_files.translation(entry))


def _living(catalogue: polib.POFile) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in catalogue if not entry.obsolete}


def missing(folder: Path, sources: Sources, code: str) -> dict[str, dict[str, object]]:
    """The sentences a language lacks: where each stands; for a counting one its forms too."""
    entries = _living(po_files.read(folder, code))
    return {
        message.one: _context(message, code)
        for message in sources.messages.values()
        if _faults(code, message, entries)
    }


def _context(message: Message, code: str) -> dict[str, object]:
    where: dict[str, object] = {"where": list(message.places)}
    if message.many is None:
        return where
    return {"plural": message.many, "forms": list(TONGUES[code].forms), **where}


def fill(
    folder: Path, sources: Sources, code: str, translations: Mapping[str, str | Sequence[str]]
) -> list[str]:
    """Merge translations into a catalogue; those that are broken are left out and named."""
    catalogue = po_files.updated(po_files.read(folder, code), sources.messages.values(), code)
    entries, judge = _living(catalogue), Judge(TONGUES[code])
    refused = []
    for text, given in translations.items():
        forms = [given] if isinstance(given, str) else given
        message = sources.messages.get(text)
        faults = judge.faults(message, forms) if message else ("not in the source",)
        if faults:
            refused.append(f'"{text}": {"; ".join(faults)}')
        else:
            po_files.translate(entries[text], forms)
    po_files.write(folder, code, catalogue)
    return refused


def main(arguments: Sequence[str] | None = None, folder: Path = TRANSLATIONS) -> int:
    """Run one command; 0 done, 1 something is wrong."""
    asked = _parser().parse_args(arguments)
    sources = read_sources(ROOT)
    match asked.command:
        case "update":
            update(folder, sources)
            return _report(sources.faults)
        case "check":
            return _report(list(check(folder, sources)))
        case "missing":
            lacking = missing(folder, sources, asked.language)
            print(json.dumps(lacking, ensure_ascii=False, indent=1))
            return 0
        case _:
            translations = json.loads(Path(asked.file).read_text("utf-8"))
            return _report(fill(folder, sources, asked.language, translations))


def _report(faults: Sequence[str]) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="catalogues", description="Keep the translations.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update", help="bring all catalogues up to the source")
    commands.add_parser("check", help="say what is missing or broken")
    lacking = commands.add_parser("missing", help="print what is not translated, as JSON")
    filling = commands.add_parser("fill", help="merge translations from a JSON file")
    for command in (lacking, filling):
        command.add_argument("--language", choices=TRANSLATED, required=True)
    filling.add_argument("file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
