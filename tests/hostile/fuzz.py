"""Let atheris look for inputs that break a parser, for as long as it is given.

    python -m tests.hostile.fuzz barcodes --seconds 60
    python -m tests.hostile.fuzz --seconds 10            (each parser in turn)

A fault is printed with the input that caused it, and the exit code is not 0.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.crash.figures import Reached, Scale

TARGET = 1_000_000_000
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
_WATCHED = ["inventory.domain", "inventory.exchange", "inventory.storage"]
_TELLING = ("Base64:", "==", "SUMMARY:", "ALARM", "slowest")
_SLOWEST_S, _MOST_MB = 10, 2048


@dataclass(frozen=True, slots=True)
class Run:
    """What one parser took; `fault` is empty when nothing broke."""

    name: str
    executed: int
    fault: str = ""


def names() -> list[str]:
    from tests.hostile.parsers import PARSERS

    return list(PARSERS)


def run(name: str, seconds: int) -> Run:
    """In a process of its own, since a fuzzer ends the process it runs in."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.hostile.fuzz", name, "--seconds", str(seconds),
             "--within", folder],
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
    found = _EXECUTED.search(done.stderr)
    executed = int(found[1]) if found else 0
    if done.returncode == 0:
        return Run(name, executed)
    told = done.stdout[-4000:] or "it ended"
    how = "\n".join(line for line in done.stderr.splitlines() if line.startswith(_TELLING))
    return Run(name, executed, f"{told}\n{how}")


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Never returns: libFuzzer leaves when the time is over or something broke."""
    import atheris  # type: ignore[import-untyped]

    with atheris.instrument_imports(include=_WATCHED, enable_loader_override=False):
        from tests.hostile.parsers import PARSERS, attempt
    parser = PARSERS[name]
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(parser.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-max_len={parser.longest}",
        f"-timeout={_SLOWEST_S}", f"-rss_limit_mb={_MOST_MB}", "-print_final_stats=1",
        f"-artifact_prefix={folder}/",
    ]  # fmt: skip
    atheris.Setup(options, lambda content: attempt(name, content) and None)
    atheris.Fuzz()


def figure(scale: Scale) -> Reached:
    """All parsers, `count` seconds each."""
    seconds = scale.of(small=2, full=120)
    runs = [run(name, seconds) for name in names()]
    for broken in runs:
        if broken.fault:
            print(f"{broken.name}: {broken.fault}", file=sys.stderr)
    total = sum(one.executed for one in runs)
    says = ", ".join(f"{one.name} {one.executed:,}" for one in runs)
    share = f"{total / TARGET:.2%} of {TARGET:,}"
    return Reached(total, sum(bool(one.fault) for one in runs), f"{share}: {says}")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("parser", nargs="?")
    arguments.add_argument("--seconds", type=int, default=30)
    arguments.add_argument("--within", type=Path)
    given = arguments.parse_args()
    if given.parser and given.within:
        fuzz(given.parser, given.seconds, given.within)
    failed = False
    for name in [given.parser] if given.parser else names():
        done = run(name, given.seconds)
        print(f"{name}: {done.executed:,} inputs {done.fault or 'and nothing broke'}", flush=True)
        failed = failed or bool(done.fault)
    sys.exit(failed)


if __name__ == "__main__":
    main()
