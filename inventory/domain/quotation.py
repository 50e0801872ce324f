"""What a person typed, made fit to stand inside a sentence."""

from __future__ import annotations

LONGEST = 40


def quoted(text: str) -> str:
    """Printable characters only, cut to 40: no NUL, line break or direction mark gets through."""
    clean = "".join(c if c.isprintable() else " " for c in text[: LONGEST * 4])
    clean = " ".join(clean.split())
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"
