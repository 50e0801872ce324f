"""The figures of `make crash`: what is broken, how often, and what must come of it.

A figure is one line of FIGURES. Its function takes a Scale and returns what it Reached; it raises
AssertionError, or counts in `lost`, when anything was lost, damaged or accepted that should not
be. Functions are named, not imported, so one figure runs without loading what others need:

    Figure("kills", "kill -9 of the program, cycles", "10,000", "tests.crash.cycles:figure"),

    def figure(scale: Scale) -> Reached:
        cycles = scale.of(small=100, full=10_000)
        ...
        return Reached(cycles, lost=0, says="34,050 acknowledged, none lost")

The small size runs in the suite; the full one is the target of the first release.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of a figure is run; `count` is the number somebody asked for by name."""

    full: bool = False
    count: int | None = None

    def of(self, *, small: int, full: int) -> int:
        if self.count is not None:
            return self.count
        return full if self.full else small


@dataclass(frozen=True, slots=True)
class Reached:
    """How many were run, how many were lost, corrupt or wrongly accepted, and what was seen."""

    count: int
    lost: int
    says: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Without a function it `needs` what this computer does not have."""

    name: str
    title: str
    target: str
    function: str = ""
    needs: str = ""

    def run(self, scale: Scale) -> Reached:
        module, _, name = self.function.partition(":")
        work: Callable[[Scale], Reached] = getattr(import_module(module), name)
        return work(scale)


FIGURES = (
    Figure("kills", "kill -9 of the program, cycles", "10,000", "tests.crash.cycles:figure"),
    Figure(
        "server-kills", "kill -9 of PostgreSQL, cycles", "500", "tests.crash.server_kills:figure"
    ),
    Figure("images", "crash images of the program", "1,000,000", "tests.crash.power:figure"),
    Figure("planted", "planted faults of durability seen", "all", "tests.crash.power:planted"),
    Figure(
        "writers", "crash images of what is written whole or not at all", "all moments",
        "tests.crash.whole_or_absent:figure",
    ),
    Figure(
        "writers-planted", "flushes taken out of every writer, seen", "all",
        "tests.crash.whole_or_absent:planted",
    ),
    Figure(
        "race", "64 desks for the last boxes, operations", "1,000,000", "tests.crash.race:figure",
    ),
    Figure(
        "flips", "bit flips in a locked file, all noticed", "10,000",
        "tests.hostile.flips:database_figure",
    ),
    Figure(
        "flips-plain", "bit flips in a plain file, what is noticed", "2,000",
        "tests.hostile.flips:plain_figure",
    ),
    Figure(
        "flips-unfinished", "bit flips in the unfinished work of a killed program", "2,000",
        "tests.hostile.flips:unfinished_figure",
    ),
    Figure(
        "backups", "damaged backups and key files, none accepted", "1,000,000",
        "tests.hostile.flips:backup_figure",
    ),
    Figure(
        "copies", "copies, clones, backups, restores of one file, runs", "1,000",
        "tests.services.computers:figure",
    ),
    Figure(
        "copies-planted", "planted faults about copies and restores seen", "all",
        "tests.services.test_computers:planted",
    ),
    Figure(
        "sweep", "calls to the disk that fail, one in each way", "every call",
        "tests.crash.sweep:figure",
    ),
    Figure(
        "upgrades", "kills of an upgrade, at every step", "every step",
        "tests.hostile.upgrades:figure",
    ),
    Figure(
        "full-disk", "a small disk filled and emptied again, plain and locked", "both",
        "tests.hostile.small_disk:figure",
    ),
    Figure(
        "fuzz", "fuzzed inputs without a fault, eleven parsers", "1,000,000,000",
        "tests.hostile.fuzz:figure",
    ),
    Figure(
        "lazyfs", "a file system that drops unsynced pages, cycles", "600",
        needs="LazyFS and the FUSE device, which only root may use",
    ),
    Figure(
        "cuts", "real power cuts, three laptops (SSD, HDD, eMMC)", "200",
        needs="laptops on a switched socket and a person beside them",
    ),
    Figure(
        "speeds", "commit p99, key, start and restore of ten years", "50 ms, 1, 5, 60 s",
        needs="a quiet computer; make bench measures them",
    ),
    Figure(
        "exchange", "model of the exchange between clinics, runs", "100,000",
        needs="bundles between clinics, which are not built yet",
    ),
)  # fmt: skip
