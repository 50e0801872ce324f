"""Break the program in every way we know, many times, and print figures beside their targets.

    python -m tests.crash --size full
    python -m tests.crash --only kills images --count kills=500

Ends with 0 when nothing was lost anywhere. Figures are lines of tests.crash.figures.FIGURES.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.crash.figures import FIGURES, Figure, Reached, Scale

_HEADINGS = ("figure", "target", "reached", "lost", "seconds", "what was seen")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it is printed and kept as JSON."""

    name: str
    title: str
    target: str
    reached: int
    lost: int
    seconds: float
    says: str
    ran: bool = True

    @property
    def cells(self) -> tuple[str, ...]:
        if not self.ran:
            return (self.title, self.target, "-", "-", "-", self.says)
        return (self.title, self.target, f"{self.reached:,}", str(self.lost),
                f"{self.seconds:.0f}", self.says)  # fmt: skip


def measure(figure: Figure, scale: Scale) -> Row:
    """Run one figure. What goes wrong in it is a loss and does not stop the others."""
    if figure.needs:
        return _row(figure, Reached(0, 0, f"not run here: needs {figure.needs}"), 0, ran=False)
    began = time.monotonic()
    try:
        reached = figure.run(scale)
    except Exception as fault:
        traceback.print_exc()
        first = (str(fault).splitlines() or [""])[0]
        reached = Reached(0, 1, f"{type(fault).__name__}: {first[:200]}")
    return _row(figure, reached, time.monotonic() - began)


def _row(figure: Figure, reached: Reached, seconds: float, *, ran: bool = True) -> Row:
    return Row(figure.name, figure.title, figure.target, reached.count, reached.lost,
               round(seconds, 1), reached.says, ran)  # fmt: skip


def table(rows: list[Row]) -> str:
    """Aligned columns, the last as wide as it is."""
    lines = [_HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def chosen(only: list[str]) -> list[Figure]:
    unknown = set(only) - {figure.name for figure in FIGURES}
    if unknown:
        raise SystemExit(f"There is no figure called {', '.join(sorted(unknown))}.")
    return [figure for figure in FIGURES if not only or figure.name in only]


def _use_own_folders() -> None:
    """Nothing here touches the folders of the person who runs it."""
    own = tempfile.mkdtemp(prefix="amana-crash-own-")
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    for name in ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folder = Path(own, name.lower())
        folder.mkdir(mode=0o700)
        os.environ[f"XDG_{name}"] = str(folder)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--size", choices=("small", "full"), default="full")
    arguments.add_argument("--only", nargs="+", default=[], metavar="FIGURE")
    arguments.add_argument("--count", nargs="+", default=[], metavar="FIGURE=NUMBER")
    given = arguments.parse_args()
    _use_own_folders()
    counts = dict(pair.split("=", 1) for pair in given.count)
    chosen(list(counts))
    rows = []
    for figure in chosen(given.only):
        asked = int(counts[figure.name]) if counts.get(figure.name) else None
        rows.append(measure(figure, Scale(given.size == "full", asked)))
        if rows[-1].ran:
            print(f"{figure.name}: {rows[-1].says}", file=sys.stderr, flush=True)
    print(table(rows))
    print(json.dumps({"size": given.size, "figures": [asdict(row) for row in rows]}))
    sys.exit(any(row.lost for row in rows))


if __name__ == "__main__":
    main()
