"""Which acts on stock a second person confirms: controlled items, disposal, large changes, and
whatever reason the table marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import Connection

from inventory.domain.reasons import REASONS
from inventory.domain.roles import PERMISSIONS, Permission
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import N_, Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.queries.people import has_people
from inventory.queries.second_person import DAYS, SETTING, SecondRules, second_rules
from inventory.services import security_log
from inventory.services.clinics import save_setting
from inventory.services.ledger import Entry
from inventory.services.permits import (
    NOTHING_ASKED,
    Consent,
    ask_second,
    needs_second,
    permitted,
)
from inventory.storage.statement import Statement

CONTROLLED = N_("Loss or correction of a controlled item")
HANDED_OUT = N_("Dispensing of a controlled item")
FREED = N_("Item no longer controlled")
LARGE = N_("Large change of stock")

_ITEM = Statement("""
SELECT i.controlled, COALESCE(p.size, 1),
  (SELECT COALESCE(SUM(s.quantity), 0) FROM stock s
   WHERE s.clinic_id = :clinic AND s.item_id = i.id)
FROM item i LEFT JOIN item_pack p ON p.item_id = i.id AND p.rank = 0 WHERE i.id = :item
""")
_MARKED = Statement("SELECT code FROM item WHERE controlled <> ''")
_LATELY = Statement("""
SELECT COALESCE(SUM(ABS(quantity)), 0) FROM movement
WHERE clinic_id = :clinic AND item_id = :item AND happened_on >= :since
  AND kind IN ('loss', 'dispose', 'adjust_up', 'adjust_down')
""")


def for_changes(
    connection: Connection,
    stamp: Stamp,
    changes: Mapping[int, int],
    reason: str,
    *,
    disposal: bool = False,
) -> Consent:
    """What has to be confirmed of losses and corrections, by item. Raises NeedsSecond."""
    if not has_people(connection):
        return NOTHING_ASKED
    asked = _asked(connection, stamp, changes, reason, disposal)
    return NOTHING_ASKED if asked is None else ask_second(connection, stamp, asked)


def net(entries: Iterable[Entry]) -> dict[int, int]:
    """What changes of each item as a whole, wherever it stands."""
    changes: dict[int, int] = {}
    for entry in entries:
        changes[entry.item_id] = changes.get(entry.item_id, 0) + entry.quantity
    return changes


def for_dispensing_controlled(connection: Connection, stamp: Stamp) -> Consent:
    """Nothing, unless the clinic wants two people at the counter. Raises NeedsSecond."""
    if not has_people(connection) or not second_rules(connection, stamp.clinic_id).dispensing:
        return NOTHING_ASKED
    return ask_second(connection, stamp, sentence(HANDED_OUT))


def for_items(
    connection: Connection, stamp: Stamp, kept: Mapping[str, str], *, renamed: str = ""
) -> None:
    """Nobody alone takes the mark of a controlled item away. Raises NeedsSecond.

    `kept` is the schedule that each code is to have; `renamed` a code that is given up.
    """
    if not has_people(connection):
        return
    marked = {code for (code,) in _MARKED.rows(connection, {})}
    freed = {code for code, schedule in kept.items() if not schedule}
    if (renamed in marked and freed) or freed & marked:
        needs_second(connection, stamp, sentence(FREED))


@permitted(Permission.PROTECTION)
def keep_second_rules(connection: Connection, stamp: Stamp, rules: SecondRules) -> None:
    """Change when a second person is asked; a second person confirms that too."""
    needs_second(connection, stamp, Permission.PROTECTION)
    save_setting(connection, stamp.clinic_id, SETTING, asdict(rules))
    said = {"percent": rules.percent, "packs": rules.packs, "dispensing": int(rules.dispensing)}
    security_log.record(connection, stamp, SecurityEvent.SETTINGS_CHANGED, said)


def _asked(
    connection: Connection, stamp: Stamp, changes: Mapping[int, int], reason: str, disposal: bool
) -> Sentence | None:
    """The weightiest cause there is."""
    rules = second_rules(connection, stamp.clinic_id)
    large = False
    for item_id, change in changes.items():
        if change == 0:
            continue
        row = _ITEM.row(connection, {"clinic": stamp.clinic_id, "item": item_id})
        controlled, pack, stock = row or ("", 1, 0)
        if controlled:
            return sentence(CONTROLLED)
        lately = _lately(connection, stamp.clinic_id, item_id, stamp.today)
        large |= rules.large(abs(change) + lately, int(stock) + lately, pack)
    if disposal:
        return sentence(PERMISSIONS[Permission.DISPOSE].name)
    why = REASONS.get(reason)
    if why is not None and why.two_people:
        return sentence(why.name)
    return sentence(LARGE) if large else None


def _lately(connection: Connection, clinic_id: int, item_id: int, today: date) -> int:
    since = (today - timedelta(days=DAYS - 1)).isoformat()
    row = _LATELY.row(connection, {"clinic": clinic_id, "item": item_id, "since": since})
    return int(row[0]) if row else 0
