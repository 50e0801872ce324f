"""Can this scanner be trusted? Four reasons, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.scan_burst import Burst, ScannerSettings
from inventory.domain.sentence import Sentence, sentence

_ENDINGS = {"enter": "Enter", "tab": "Tab"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason; `blocks` when the scanner must be set up before it is used."""

    good: bool
    title: Sentence
    told: Sentence
    blocks: bool = False


def findings_of(burst: Burst, settings: ScannerSettings) -> tuple[Finding, ...]:
    """Speed, ending, separator, keyboard layout."""
    return (_speed(burst, settings), _ending(burst), _separator(burst), _layout(burst))


def is_ready(findings: Sequence[Finding]) -> bool:
    """Whether nothing stands in the way."""
    return not any(finding.blocks for finding in findings)


def _speed(burst: Burst, settings: ScannerSettings) -> Finding:
    gap = str(burst.gap_ms)
    if burst.gap_ms <= settings.longest_gap_ms:
        return Finding(True, sentence("Fast enough"), sentence(
            "{gap} ms between keys. Typing by hand is never taken for a scan.", gap=gap))
    return Finding(False, sentence("Too slow"), sentence(
        "{gap} ms between keys. Switch off the pause between characters in the scanner's manual.",
        gap=gap), blocks=True)  # fmt: skip


def _ending(burst: Burst) -> Finding:
    if burst.ending in _ENDINGS:
        return Finding(True, sentence("Ends with {key}", key=_ENDINGS[burst.ending]),
                       sentence("Each scan finishes by itself."))  # fmt: skip
    return Finding(False, sentence("Does not end with Enter"), sentence(
        "Understood: a scan is over when it falls silent. With Enter it is quicker."))  # fmt: skip


def _separator(burst: Burst) -> Finding:
    if burst.separator in ("GS", "Ctrl+]"):
        return Finding(True, sentence("The separator arrives"),
                       sentence("Batch and serial number are told apart."))  # fmt: skip
    if burst.separator:
        return Finding(False, sentence("The separator comes as {sign}", sign=burst.separator),
                       sentence("Understood. Nothing to do."))  # fmt: skip
    return Finding(False, sentence("No separator in this one"), sentence(
        "Scan the square symbol to try it."))  # fmt: skip


def _layout(burst: Burst) -> Finding:
    if burst.other_layout:
        return Finding(False, sentence("Another keyboard layout is on"), sentence(
            "Scans are read by key position, so both work."))  # fmt: skip
    return Finding(True, sentence("The keyboard layout fits"),
                   sentence("Letters arrive as they are printed."))  # fmt: skip
