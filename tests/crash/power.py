"""Cut the power at every moment of a recorded program, and judge what the disk may hold."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.crash.figures import Reached, Scale
from tests.crash.images import Disk
from tests.crash.judges import BROKEN, DatabaseJudge, Judge, states_of
from tests.crash.programs import NAME
from tests.crash.record import Op, Record, read_log
from tests.crash.recording import fast_folder, run_recorded
from tests.crash.work import KEY


@dataclass(slots=True)
class Seen:
    """What a campaign found. An image is lost when it forgot an acknowledged commit."""

    images: int = 0
    cuts: int = 0
    commits: int = 0
    lost: int = 0
    broken: int = 0
    why: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Seen) -> Seen:
        return Seen(self.images + other.images, self.cuts + other.cuts,
                    self.commits + other.commits, self.lost + other.lost,
                    self.broken + other.broken, self.why + other.why)  # fmt: skip

    @property
    def bad(self) -> int:
        return self.lost + self.broken


def cut_everywhere(
    records: Sequence[Record], judge: Judge, tries: int, seed: int, most: int | None = None,
    *, ordered: bool = True, sparse: int = 1,
) -> Seen:  # fmt: skip
    """Judge images after every record, or after every `sparse`-th of those that only write.

    An image counts once between two syncs.

    Cuts begin at the first mark: what came before it was there. Ends early at `most` bad images.
    """
    seen, dice = Seen(), random.Random(seed)
    disk = Disk(records[0].path, ordered=ordered)
    known: dict[int, int] = {}
    acknowledged = -1
    for number, record in enumerate(records):
        if record.op in (Op.SYNCED, Op.FOLDER_SYNCED):
            known.clear()
        if record.op is Op.MARKED:
            acknowledged = int(record.said["done"])
            seen.commits += 1
        disk.follow(record)
        if acknowledged < 0 or (record.op is Op.WRITTEN and number % sparse):
            continue
        seen.cuts += 1
        for choice in disk.choices(dice, tries):
            key = choice.key
            if key not in known:
                known[key] = judge.outcome(choice.image())
                seen.images += 1
                seen.broken += known[key] == BROKEN
            seen.lost += known[key] != BROKEN and known[key] < acknowledged
        if most is not None and seen.bad >= most:
            break
    return seen


@dataclass(frozen=True, slots=True)
class Campaign:
    """A recorded database and about how many images are made of it; goes to another process."""

    log: Path
    images: int
    seed: int = 1
    most: int | None = None
    sparse: int = 1

    def run(self) -> Seen:
        records = list(read_log(self.log))
        tries = 1 + self.images // len(records)
        folder = self.log.with_name(f"{self.log.stem} {self.seed} image")
        folder.mkdir()
        judge = DatabaseJudge(folder, NAME, KEY, states_of(records))
        seen = cut_everywhere(records, judge, tries, self.seed, self.most, sparse=self.sparse)
        seen.broken += judge.open_kept()
        seen.why.update(judge.why)
        return seen


def run_all(campaigns: Sequence[Campaign], workers: int) -> list[Seen]:
    """Side by side in as many processes."""
    if workers == 1:
        return [campaign.run() for campaign in campaigns]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return list(pool.map(Campaign.run, campaigns))


RECOMMENDED = ("as it is", "small checkpoints", "flushes fail")
PLANTED = (
    "synchronous NORMAL", "synchronous OFF", "journal DELETE, FULL", "failed flush believed"
)  # fmt: skip
SAFE = "journal DELETE, EXTRA"


def record(folder: Path, acts: int, *names: str) -> list[Path]:
    """The logs of programs that worked with these settings, `acts` acts each."""
    run_recorded("tests.crash.programs", str(folder), *(f"{name}={acts}" for name in names))
    return [folder / f"{name}.log" for name in names]


def figure(scale: Scale) -> Reached:
    """The real program, encrypted, in WAL with FULL: no image may lose or halve anything."""
    wanted = scale.of(small=1_000, full=1_000_000)
    acts, much = min(200, 12 + wanted // 5_000), wanted > 10_000
    workers = (os.cpu_count() or 1) if much else 1
    seen, seed = Seen(), 0
    with fast_folder() as folder:
        logs = record(folder, acts, *RECOMMENDED)
        while seen.images < wanted:
            share = (wanted - seen.images) // (len(logs) * workers) + 1
            campaigns = [
                Campaign(log, share, seed + n, sparse=1 if much else 3)
                for n in range(workers) for log in logs
            ]  # fmt: skip
            seed += workers
            seen = sum(run_all(campaigns, workers), seen)
    return Reached(seen.images, seen.bad, _words(seen))


def planted(scale: Scale) -> Reached:
    """Settings known to lose data: each must be seen, and the slow safe one must not."""
    with fast_folder() as folder:
        logs = record(folder, 12, *PLANTED, SAFE)
        campaigns = [Campaign(log, 3_000, most=1, sparse=2) for log in logs[:-1]]
        campaigns.append(
            Campaign(logs[-1], 20_000 if scale.full else 1, sparse=1 if scale.full else 6)
        )
        *bad, safe = run_all(campaigns, workers=1)
    found = dict(zip(PLANTED, bad, strict=True))
    assert not safe.bad, f"{SAFE}: {_words(safe)}"
    missed = [name for name, seen in found.items() if not seen.bad]
    assert not missed, f"not seen: {missed}"
    says = "; ".join(f"{name} after {seen.images} images" for name, seen in found.items())
    return Reached(len(found), 0, f"seen: {says}")


def _words(seen: Seen) -> str:
    worst = f"; first: {seen.why.most_common(1)[0][0]}" if seen.why else ""
    return (f"{seen.cuts:,} power cuts, {seen.lost} images forgot something acknowledged, "
            f"{seen.broken} were damaged or half there{worst}")  # fmt: skip
