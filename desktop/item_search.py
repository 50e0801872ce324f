"""The search behind the field: the folded list in memory, state and stock of the best hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.desk import Desk
from desktop.search import MOST, Found, Hit
from desktop.units import quantity_words
from inventory.domain.sentence import sentence

if TYPE_CHECKING:
    from inventory.queries.glance import Glance
    from inventory.queries.search import SearchIndex

_LOOKED_AT = 4 * MOST


class ItemSearch:
    """Built when first asked, and anew when the list of items has changed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._index: SearchIndex | None = None

    def __call__(self, text: str) -> Found:
        from inventory.queries.glance import glance

        hits = self._fresh().search(text, _LOOKED_AT)
        best = self._known_first(hits.items, text)[:MOST]
        rows = self.desk.ask(glance, self.desk.clinic.id, best, self.desk.today)
        read_as = None
        if hits.read_as:
            read_as = sentence(
                "“{typed}” was read as {understood}", typed=text, understood=hits.read_as
            )
        return Found(tuple(self._hit(row) for row in rows), read_as)

    def _known_first(self, items: Sequence[int], text: str) -> list[int]:
        """What this clinic has before what it never had; a typed code or barcode stays first."""
        from inventory.queries.glance import known_here

        exact = 1 if " " not in text and any(c.isdigit() for c in text) else 0
        known = self.desk.ask(known_here, self.desk.clinic.id)
        rest = sorted(items[exact:], key=lambda item: item not in known)
        return [*items[:exact], *rest]

    def _fresh(self) -> SearchIndex:
        from inventory.queries.search import SearchIndex

        index = self._index
        if index is None or not self.desk.ask(index.fresh):
            index = self._index = self.desk.ask(SearchIndex.build)
        return index

    def _hit(self, row: Glance) -> Hit:
        item = row.item
        stock = quantity_words(self.desk.language, item.unit, row.on_hand, item.traits.decimals)
        return Hit(item.id, item.code, item.names, str(row.state), stock, row.nearest)
