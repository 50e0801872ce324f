"""Taking an item off the list and putting it back, each with its way back."""

from __future__ import annotations

from desktop.desk import Desk
from inventory.domain.sentence import sentence
from inventory.queries.items import item_by_id
from inventory.services.item_forms import put_back, take_off


def retire(desk: Desk, item_id: int) -> None:
    """Off the list, or back on it when it was off. Raises Refused while there is stock of it."""
    if desk.ask(item_by_id, item_id).active:
        item = desk.do(take_off, item_id)
        desk.done(sentence("{item} is off the list.", item=item.names),
                  lambda: restore(desk, item_id))  # fmt: skip
    else:
        restore(desk, item_id)


def restore(desk: Desk, item_id: int) -> None:
    """Back on the list."""
    item = desk.do(put_back, item_id)
    desk.done(sentence("{item} is on the list.", item=item.names))
