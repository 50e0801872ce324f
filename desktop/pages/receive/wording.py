"""What the Receive page says of itself: whose delivery it is, and what can be done with a line."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.standing import Fit, Standing


def subtitle(desk: Desk, delivery: Delivery) -> str:
    """`DoH Nineveh, waybill 4471, order ORD-2026-00031`."""
    paper = delivery.paper
    if not delivery.begun:
        return desk.say("Nothing is being received")
    parts = (
        desk.language.embed(paper.supplier) if paper.supplier else "",
        desk.say("waybill {number}", number=paper.waybill) if paper.waybill else "",
        desk.say("order {number}", number=paper.order) if paper.order else "",
        desk.language.embed(paper.source) if paper.source else "",
    )
    told = desk.language.tongue.comma.join(part for part in parts if part)
    return told or desk.say("Every scan is saved as you make it.")


def line_acts(desk: Desk, row: Standing | None, delivery: Delivery) -> list[tuple[str, str]]:
    """What can be done with a line, in finished words, each with its key."""
    if row is None or row.item is None:
        return []
    say = desk.say
    acts = []
    if row.fit is Fit.SHORT_DATED:
        acts.append((say("Accept with a reason"), "Alt+A"))
    if row.line is not None:
        acts.append((say("Damaged"), "Alt+M"))
    if delivery.awaited(row.item.id) is not None:
        ended = row.item.id in delivery.ended
        words = say("More may come") if ended else say("No more is coming")
        acts.append((words, "Alt+K"))
    if row.line is None:
        acts.append((say("Write it in without scanning"), "Enter"))
    else:
        acts.append((say("One is of another batch"), "Alt+B"))
        acts.append((say("Change the line"), "Enter"))
    return acts
