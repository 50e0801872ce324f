"""The order in which a scanner pressed its keys.

X11 hands a lam-alef to the field as an input method's text, ahead of any key still waiting in
the queue; only the release of that key, which does wait its turn, says where it belongs.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.scan_burst import Stroke

LETTING_GO_OF_ALT = "Alt"


class ScanOrder:
    """The strokes of a possible scan, in order."""

    def __init__(self) -> None:
        self._strokes: list[Stroke] = []

    def __len__(self) -> int:
        return sum(s.special != LETTING_GO_OF_ALT for s in self._strokes)

    def __bool__(self) -> bool:
        return bool(self._strokes)

    @property
    def only_commits(self) -> bool:
        """Nothing yet that came with a time."""
        return all(_unplaced(s) for s in self._strokes)

    def add(self, stroke: Stroke) -> None:
        """A key was pressed, or a text committed (position 0)."""
        self._strokes.append(stroke)

    def release(self, stroke: Stroke) -> None:
        """A key was let go that nobody saw pressed: the earliest commit belongs here."""
        for index, earlier in enumerate(self._strokes):
            if _unplaced(earlier):
                del self._strokes[index]
                self._strokes.append(replace(stroke, text=earlier.text))
                return
        self._strokes.append(stroke)

    def take(self) -> tuple[list[Stroke], list[Stroke]]:
        """The scan's strokes, and the commits that ran ahead of the next scan."""
        ahead = [s for s in self._strokes if _unplaced(s) and len(s.text) > 1]
        own = [s for s in self._strokes if s not in ahead]
        self._strokes = list(ahead)
        return own, ahead

    def clear(self) -> None:
        self._strokes = []


def _unplaced(stroke: Stroke) -> bool:
    return bool(stroke.text) and not stroke.position and stroke.committed
