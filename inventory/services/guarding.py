"""The guards that the database keeps itself: are all of them still there?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from inventory.domain.sentence import Sentence, sentence
from inventory.storage.tables import FACTS

_EXPECTED = {
    "sqlite": ["movement_no_expired",
               *(f"{table}_no_{verb}" for table in FACTS for verb in ("UPDATE", "DELETE"))],
    "postgresql": ["movement_no_expired",
                   *(f"{table}_{what}" for table in FACTS for what in ("fact", "whole"))],
}  # fmt: skip
_THERE = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger' "
                   "AND sql LIKE '%RAISE(ABORT%'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
                       "AND tgenabled IN ('O', 'A')"),
}  # fmt: skip


def missing_guards(connection: Connection) -> Iterator[Sentence]:
    """A sentence for each guard that was removed or switched off."""
    engine = connection.dialect.name
    there = set(connection.scalars(_THERE[engine]))
    for name in _EXPECTED[engine]:
        if name not in there:
            yield sentence(
                "The guard {name} is missing from the database: what is written could be changed "
                "without a refusal.",
                name=name,
            )
