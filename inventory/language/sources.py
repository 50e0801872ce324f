"""The sentences of the program, found in its own source.

Every call of a keyword below must name its sentence literally, or by a name that stands for a
literal marked with N_ in a table. What cannot be collected is reported as a fault.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from inventory.language.placeholders import WrongPlaceholder, placeholders

ROOT = Path(__file__).parents[2]
"""The folder that holds the packages."""

PACKAGES = ("inventory", "desktop")

# How many leading arguments are sentences: two are the forms of one that counts.
KEYWORDS: Mapping[str, int] = {
    "N_": 1,
    "NN_": 2,
    "Refused": 1,
    "Sentence": 1,
    "sentence": 1,
    "say": 1,
    "counted": 2,
    "count": 2,
}
_BUILDERS = frozenset({"format", "format_map", "join", "replace", "strip", "title", "str"})


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to translate, with its plural when it counts, and where it stands."""

    one: str
    many: str | None
    places: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The files it stands in, without line numbers, so that catalogues change little."""
        return tuple(sorted({place.rpartition(":")[0] for place in self.places}))


@dataclass(frozen=True, slots=True)
class Sources:
    """All sentences by their English text, and what is wrong with the calls."""

    messages: Mapping[str, Message]
    faults: tuple[str, ...]


def read_sources(root: Path = ROOT) -> Sources:
    """The sentences of all packages under a folder."""
    return gather(_Call.of_file(path, root) for path in _files(root))


def read_text(text: str, name: str = "text.py") -> Sources:
    """The sentences of one piece of source."""
    return gather([_Call.of_text(text, name)])


def _files(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((root / package).rglob("*.py"))
    if (root / "main.py").exists():
        yield root / "main.py"


def gather(files: Iterable[Iterable[_Call]]) -> Sources:
    """Put the calls of several files together, sorted by sentence."""
    found: dict[str, Message] = {}
    faults: list[str] = []
    for call in (call for calls in files for call in calls):
        faults += call.faults()
        for one, many in call.sentences():
            known = found.get(one)
            if known and many and known.many not in (None, many):
                faults.append(f'{call.place}: "{one}" has two different plurals')
            kept = (known.many if known else None) or many
            places = (*known.places, call.place) if known else (call.place,)
            found[one] = Message(one, kept, places)
    return Sources(dict(sorted(found.items())), tuple(faults))


@dataclass(frozen=True, slots=True)
class _Call:
    """One call of a keyword."""

    keyword: str
    node: ast.Call
    place: str

    @classmethod
    def of_file(cls, path: Path, root: Path) -> Iterator[_Call]:
        return cls.of_text(path.read_text("utf-8"), path.relative_to(root).as_posix())

    @classmethod
    def of_text(cls, text: str, name: str) -> Iterator[_Call]:
        for node in ast.walk(ast.parse(text, name)):
            if isinstance(node, ast.Call) and (keyword := _keyword(node)):
                yield cls(keyword, node, f"{name}:{node.lineno}")

    @property
    def arguments(self) -> list[ast.expr]:
        return self.node.args[: KEYWORDS[self.keyword]]

    def sentences(self) -> Iterator[tuple[str, str | None]]:
        """(one, many) for each sentence given literally."""
        literals = [list(_literals(argument)) for argument in self.arguments]
        if KEYWORDS[self.keyword] == 1:
            yield from ((text, None) for text in literals[0])
        else:
            yield from zip(*literals, strict=False)

    def faults(self) -> Iterator[str]:
        for argument in self.arguments:
            if why := _unreadable(argument):
                yield f"{self.place}: {self.keyword}(): {why}"
        for text in (text for argument in self.arguments for text in _literals(argument)):
            try:
                absent = self._absent(placeholders(text))
            except WrongPlaceholder as error:
                yield f'{self.place}: "{text}": {error}'
                continue
            if absent:
                yield f'{self.place}: "{text}": no value for {", ".join(sorted(absent))}'

    def _absent(self, names: frozenset[str]) -> frozenset[str]:
        """Placeholders that this call gives no value for, as far as the source tells."""
        given = {keyword.arg for keyword in self.node.keywords}
        if self.keyword in ("N_", "NN_", "Sentence") or None in given:
            return frozenset()
        if KEYWORDS[self.keyword] == 2:
            given.add("n")
        return names - given


def _keyword(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in KEYWORDS and node.args:
            # str.count and list.count take one argument.
            return name if name != "count" or len(node.args) > 2 else ""
        case _:
            return ""


def _literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _literals(body)
            yield from _literals(other)


def _unreadable(node: ast.expr) -> str:
    """Why the sentence cannot be collected; empty when it can, or is a name from a table."""
    match node:
        case ast.Constant(value=str(text)):
            return "" if text.strip() else "an empty sentence"
        case ast.IfExp(body=body, orelse=other):
            return _unreadable(body) or _unreadable(other)
        case ast.Name() | ast.Attribute() | ast.Subscript():
            return ""
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return f"a sentence built by {name}()" if name in _BUILDERS else ""
        case ast.JoinedStr():
            return "an f-string is not a sentence to translate"
        case _:
            return "a sentence must be written out, not put together"
