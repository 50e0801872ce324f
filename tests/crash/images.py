"""What the disk may hold after a power cut, worked out from a record.

Legal after every change: all of it written; only what was synced; any choice of unsynced writes,
each 512-byte sector kept or dropped on its own but never an earlier write of a sector over a later
one; lengths that reached the disk before the data, which then reads as zeros; names as an ordered
prefix of what was done to them, or without a journal, as on a stick, each change of a name on its
own. Files are followed by inode, because a name moves.

A flush that failed is the worst: the system forgets that the pages are not on the disk, and the
next flush says all is well. They stay unsynced until something writes to the same page again.

Assumed, as ext4, xfs and NTFS behave: syncing a file keeps the name it was made under, and a
sector is written whole or not at all. Renames and removals last only when the folder was synced.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tests.crash.record import Op, Record

SECTOR, PAGE = 512, 4096

Keep = Callable[[int], bool]
"""Whether the n-th unsynced piece of a file reached the disk."""

Image = dict[str, bytes]
"""Names below the recorded folder, and what the files hold."""


@dataclass(slots=True)
class Piece:
    """An unsynced change of one sector, or a cut of the file to `offset`."""

    offset: int
    data: bytes
    cut: bool = False


@dataclass(slots=True)
class File:
    """A file, whatever it is called: what is surely on the disk, and what may be.

    The first `forgotten` pending pieces were in a flush that failed.
    """

    number: int
    synced: bytes = b""
    pending: list[Piece] = field(default_factory=list)
    syncs: int = 0
    forgotten: int = 0

    def write(self, offset: int, data: bytes) -> None:
        at = 0
        while at < len(data):
            step = SECTOR - (offset + at) % SECTOR
            self.pending.append(Piece(offset + at, data[at : at + step]))
            at += step

    def sync(self) -> None:
        stays = self._not_flushed()
        self.synced = self.content(n for n in range(len(self.pending)) if n not in stays)
        self.pending = [self.pending[n] for n in sorted(stays)]
        self.forgotten = len(self.pending)
        self.syncs += 1

    def fail_to_sync(self) -> None:
        self.forgotten = len(self.pending)

    def _not_flushed(self) -> set[int]:
        """Pieces that a flush skips: forgotten ones on pages that nothing wrote to again."""
        if not self.forgotten:
            return set()
        dirty = {piece.offset // PAGE for piece in self.pending[self.forgotten :]}
        return {
            n for n, piece in enumerate(self.pending[: self.forgotten])
            if not piece.cut and piece.offset // PAGE not in dirty
        }  # fmt: skip

    def some(self, keep: Keep) -> tuple[int, ...]:
        """A legal choice of pending pieces: a sector never goes back to an older write."""
        if keep is _all:
            return tuple(range(len(self.pending)))
        if keep is _none:
            return ()
        dropped: set[int] = set()
        kept = []
        for number, piece in enumerate(self.pending):
            sector = -1 if piece.cut else piece.offset // SECTOR
            if sector in dropped or not keep(number):
                dropped.add(sector)
            else:
                kept.append(number)
        return tuple(kept)

    def content(self, kept: Iterable[int], *, full_length: bool = False) -> bytes:
        made = bytearray(self.synced)
        for number in kept:
            piece = self.pending[number]
            if piece.cut:
                _cut(made, piece.offset)
                continue
            if len(made) < piece.offset:
                _cut(made, piece.offset)
            made[piece.offset : piece.offset + len(piece.data)] = piece.data
        if full_length:
            _cut(made, max(len(made), self._length()))
        return bytes(made)

    def _length(self) -> int:
        length = len(self.synced)
        for piece in self.pending:
            length = piece.offset if piece.cut else max(length, piece.offset + len(piece.data))
        return length


def _cut(made: bytearray, length: int) -> None:
    if length < len(made):
        del made[length:]
    else:
        made.extend(bytes(length - len(made)))


@dataclass(frozen=True, slots=True, eq=False)
class NameChange:
    """One step of the folder's journal."""

    op: Op
    path: PurePosixPath
    to: PurePosixPath | None = None
    file: File | None = None


Names = dict[PurePosixPath, File | None]
"""Every name there is; None for a folder."""


def changed(names: Names, change: NameChange) -> None:
    if change.op is Op.REMOVED:
        if names.get(change.path) is change.file:
            names.pop(change.path, None)
    elif change.to is not None and change.file is not None:
        if names.get(change.path) is change.file:
            del names[change.path]
        names[change.to] = change.file
    elif change.to is not None:
        for path in [p for p in names if p == change.path or change.path in p.parents]:
            names[change.to / path.relative_to(change.path)] = names.pop(path)
    else:
        names[change.path] = change.file


class Disk:
    """Follows a record, and makes the images a power cut could leave at that moment."""

    def __init__(self, root: PurePosixPath, *, ordered: bool = True) -> None:
        self._root, self._ordered = root, ordered
        self._names: Names = {}
        self._steps: list[NameChange] = []
        self._now: Names = {}
        self._by_inode: dict[int, File] = {}
        self._files = 0

    def follow(self, record: Record) -> None:
        file = self._by_inode.get(record.inode)
        match record.op:
            case Op.MADE:
                self._files += 1
                file = self._by_inode[record.inode] = File(self._files)
                self._name(NameChange(Op.MADE, record.path, file=file))
            case Op.LINKED if file is not None:
                self._name(NameChange(Op.LINKED, record.path, file=file))
            case Op.FOLDER_MADE:
                self._name(NameChange(Op.FOLDER_MADE, record.path))
            case Op.REMOVED:
                self._name(NameChange(Op.REMOVED, record.path, file=self._now.get(record.path)))
            case Op.RENAMED:
                moved = self._now.get(record.path)
                self._name(NameChange(Op.RENAMED, record.path, record.renamed_to, moved))
            case Op.FOLDER_SYNCED:
                self._keep_names(lambda step: record.path in _folders(step))
            case Op.WRITTEN if file is not None:
                file.write(record.offset, record.data)
            case Op.CUT if file is not None:
                file.pending.append(Piece(record.offset, b"", cut=True))
            case Op.FLUSH_FAILED if file is not None:
                file.fail_to_sync()
            case Op.SYNCED if file is not None:
                file.sync()
                self._keep_names(lambda step: step.op is Op.MADE and step.file is file)
            case _:
                pass

    def _name(self, step: NameChange) -> None:
        self._steps.append(step)
        changed(self._now, step)

    def _keep_names(self, lasts: Callable[[NameChange], bool]) -> None:
        """Names last up to the last step for which `lasts` says so, or only those steps."""
        reached = max((n for n, step in enumerate(self._steps, 1) if lasts(step)), default=0)
        stay = [] if self._ordered else [s for s in self._steps[:reached] if not lasts(s)]
        for step in self._steps[:reached]:
            if step not in stay:
                changed(self._names, step)
        self._steps[:reached] = stay

    def choices(self, dice: random.Random, tries: int) -> Iterator[Choice]:
        """All written, only synced, and `tries` of what lies between, when anything does."""
        yield self._choice(self._steps, lambda _pending: _all)
        yield self._choice([], lambda _pending: _none)
        if not self._steps and not any(file and file.pending for file in self._now.values()):
            return
        for _ in range(tries):
            yield self._choice(self._some_steps(dice), lambda pending: _strategy(dice, pending),
                               full_length=dice.random() < 0.1)  # fmt: skip

    def _some_steps(self, dice: random.Random) -> list[NameChange]:
        if self._ordered:
            return self._steps[: dice.randint(0, len(self._steps))]
        return [step for step in self._steps if dice.random() < 0.5]

    def _choice(
        self, steps: Sequence[NameChange], strategy: Callable[[int], Keep], *,
        full_length: bool = False,
    ) -> Choice:  # fmt: skip
        names = self._names
        if steps:
            names = dict(names)
            for step in steps:
                changed(names, step)
        return Choice(tuple(
            (str(path.relative_to(self._root)), file, file.some(strategy(len(file.pending))),
             full_length and bool(file.pending))
            for path, file in sorted(names.items()) if file is not None
        ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One legal image, not yet put together."""

    files: tuple[tuple[str, File, tuple[int, ...], bool], ...]

    @property
    def key(self) -> int:
        """The same for the same choice, however much was written after it."""
        return hash(tuple((name, file.number, file.syncs, kept, full)
                          for name, file, kept, full in self.files))  # fmt: skip

    def image(self) -> Image:
        return {name: file.content(kept, full_length=full)
                for name, file, kept, full in self.files}  # fmt: skip


def _folders(step: NameChange) -> set[PurePosixPath]:
    return {step.path.parent} | ({step.to.parent} if step.to else set())


def _all(_number: int) -> bool:
    return True


def _none(_number: int) -> bool:
    return False


def _strategy(dice: random.Random, pending: int) -> Keep:
    """A way in which writes reach a disk: most, few, the first ones, the last ones, all but one."""
    if not pending:
        return _all
    at, how = dice.randrange(pending), dice.randrange(8)
    if how == 0:
        return lambda number: number != at
    if how == 1:
        return lambda number: number <= at
    if how == 2:
        return lambda number: number >= at
    share = dice.choice((0.02, 0.2, 0.5, 0.8, 0.98))
    return lambda _number: dice.random() < share
