"""Cut the power while a file is written: whole or absent, and there once it was acknowledged.

The same records with every flush of a folder, or of a file, taken out are planted faults: the
harness has to see each of them, and a file written under its final name.
"""

from __future__ import annotations

import atexit
import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import sqlcipher3

from inventory.domain.sentence import Refused
from tests.crash.figures import Reached, Scale
from tests.crash.images import Image
from tests.crash.judges import BROKEN
from tests.crash.power import Seen, cut_everywhere
from tests.crash.record import Op, Record, read_log
from tests.crash.recording import fast_folder, run_recorded
from tests.crash.writers import WRITERS, Facts, cheap_passwords

NAIVE = "naive key file"
TAKEN_OUT = {"no folder flushed": Op.FOLDER_SYNCED, "no file flushed": Op.SYNCED}


_kept = ExitStack()
atexit.register(_kept.close)


class FolderJudge:
    """For images of a folder. What was looked at once is not looked at again."""

    def __init__(self, folder: Path, look: Callable[[Path, Facts], int], facts: Facts) -> None:
        self.folder, self.look, self.facts = folder, look, facts
        self.known: dict[tuple[tuple[str, bytes], ...], int] = {}
        self.why: list[str] = []

    def outcome(self, image: Image) -> int:
        # Leftovers beside it must change nothing; they are laid out, and not told apart.
        told = tuple((name, content) for name, content in image.items() if not _leftover(name))
        if told not in self.known:
            self.known[told] = self._look_at(image)
        return self.known[told]

    def _look_at(self, image: Image) -> int:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, content in image.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            return self.look(self.folder, self.facts)
        except (Refused, OSError, ValueError, sqlcipher3.Error) as fault:
            self.why.append(str(fault))
            return BROKEN


def _leftover(name: str) -> bool:
    last = name.rpartition("/")[2]
    return last.startswith(".") or ".part" in last


def figure(scale: Scale) -> Reached:
    """All writers as they are: none may be half there, none missing after it was acknowledged."""
    names = [name for name in WRITERS if name != NAIVE]
    folder = _recorded()
    with cheap_passwords():
        found = {name: _cut(folder, name, _records(folder, name), scale) for name in names}
    seen = sum(found.values(), Seen())
    bad = [f"{name}: {_worst(one)}" for name, one in found.items() if one.bad]
    each = ", ".join(f"{name} {one.images}" for name, one in found.items())
    return Reached(seen.images, seen.bad, "; ".join(bad) or f"whole or absent in all: {each}")


def planted(scale: Scale) -> Reached:
    """Every flush taken out of every writer, and a naive one, must be seen."""
    names = [name for name in WRITERS if name != NAIVE]
    folder = _recorded()
    with cheap_passwords():
        found = {NAIVE: _cut(folder, NAIVE, _records(folder, NAIVE), scale)}
        for name in names:
            for words, op in TAKEN_OUT.items():
                records = _records(folder, name, taking_out=op)
                found[f"{name}, {words}"] = _cut(folder, name, records, scale, most=1)
    missed = [name for name, seen in found.items() if not seen.bad]
    assert not missed, f"not seen: {missed}"
    return Reached(len(found), 0, f"seen: {'; '.join(found)}")


@cache
def _recorded() -> Path:
    """Where all writers were recorded, once for this process."""
    folder = _kept.enter_context(fast_folder())
    run_recorded("tests.crash.writers", str(folder), *WRITERS)
    return folder


def _records(folder: Path, name: str, taking_out: Op | None = None) -> list[Record]:
    """The record of a writer; what lies before the first mark stays as it is."""
    records = list(read_log(folder / f"{name}.log"))
    began = next(n for n, record in enumerate(records) if record.op is Op.MARKED)
    return records[:began] + [record for record in records[began:] if record.op is not taking_out]


def _cut(
    folder: Path, name: str, records: Sequence[Record], scale: Scale, most: int | None = None
) -> Seen:
    facts = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    judge = FolderJudge(folder / f"{name} image", WRITERS[name].look, facts)
    tries, sparse = scale.of(small=2, full=100), 1 if scale.full else 8
    seen = cut_everywhere(records, judge, tries, 1, most, sparse=sparse)
    if most is None or seen.bad < most:
        seen += cut_everywhere(records, judge, tries, 2, most, ordered=False, sparse=sparse)
    seen.why.update(judge.why)
    return seen


def _worst(seen: Seen) -> str:
    why = seen.why.most_common(1)
    return f"{seen.lost} missing, {seen.broken} broken {why[0][0] if why else ''}".strip()
