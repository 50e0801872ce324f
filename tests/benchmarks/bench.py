"""`make bench`: one table, then one line of JSON.

The measured clinic has 5,000 items, 40,000 batches and 1,000,000 movements; `--quick` takes a
fiftieth of it. It is locked with a key, as a clinic's is; `--plain` measures without one.
Numbers are medians. Aims are ratios or what a person still feels as at once.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from tests.benchmarks import backing_up, dispensing, locked, printing, reading, window
from tests.benchmarks.decade import Size
from tests.benchmarks.million import prepared
from tests.benchmarks.timing import Result
from tests.house.tree import ROOT


def run(size: Size, rounds: int, *, with_key: bool = True) -> list[Result]:
    million = prepared(size, locked=with_key)
    results = []
    # On the disk of the project: a folder in memory would make durable writes look free.
    with tempfile.TemporaryDirectory(dir=ROOT / "build" / "benchmarks") as folder:
        results += dispensing.measure(million, size, Path(folder), rounds * 40)
        results += backing_up.measure(million, Path(folder), max(1, rounds // 3))
    results += reading.measure(million, size, rounds)
    results += printing.measure(rounds)
    results += locked.measure(rounds)
    results += window.measure(million, rounds)
    return results


def table(results: list[Result]) -> str:
    wide = max(len(result.what) for result in results)
    lines = [f"{'':{wide}}  {'measured':>12}  {'aim':>10}  met"]
    for result in results:
        aim = "" if result.aim is None else f"≤ {result.aim:g} {result.unit}"
        measured = f"{result.value:,.2f} {result.unit}"
        lines.append(f"{result.what:{wide}}  {measured:>12}  {aim:>10}  {result.verdict}".rstrip())
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description="Measure Amana.")
    arguments.add_argument("--quick", action="store_true", help="a small clinic, few rounds")
    arguments.add_argument("--plain", action="store_true", help="without encryption")
    chosen = arguments.parse_args()
    size, rounds = (Size(items=100), 3) if chosen.quick else (Size(), 7)
    results = run(size, rounds, with_key=not chosen.plain)
    print(table(results))
    print(json.dumps({result.key: round(result.value, 3) for result in results}))


if __name__ == "__main__":
    main()
