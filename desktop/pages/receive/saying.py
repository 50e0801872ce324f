"""What is said about a delivery in the message bar."""

from __future__ import annotations

from datetime import date

from desktop.pages.receive.parts import Line
from desktop.pages.receive.standing import Fit, fit_of, rule_months
from inventory.domain.names import Names
from inventory.domain.quantity import split
from inventory.domain.sentence import Sentence, counted, sentence
from inventory.domain.units import UNITS, amount, pack_word
from inventory.queries.items import ItemRow
from inventory.services.receiving import Received


def came(item: ItemRow, line: Line) -> Sentence:
    """How much of a line has come so far."""
    much = packs_sentence(item, line.came, line.size)
    if line.lot:
        return sentence("{item}, batch {lot}: {amount} so far.", item=item.names, lot=line.lot,
                        amount=much)  # fmt: skip
    return sentence("{item}: {amount} so far.", item=item.names, amount=much)


def packs_sentence(item: ItemRow, quantity: int, size: int) -> Sentence:
    """`12 boxes`, `12 boxes + 4`, `250 tablets`."""
    known = UNITS.get(item.unit)
    decimals = item.traits.decimals
    whole = split(quantity, size)
    if known is None:
        return sentence("{n} {unit}", n=quantity // 10**decimals, unit=item.unit)
    if not whole.packs:
        return amount(known, quantity // 10**decimals)
    packs = amount(pack_word(known, size, decimals), whole.packs)
    if not whole.loose:
        return packs
    return sentence("{packs} + {loose}", packs=packs, loose=whole.loose // 10**decimals)


def unknown(code: str) -> Sentence:
    """A code that has to be learned."""
    return sentence("The code {code} is not known yet. Say which item it is.", code=code)


def learned(item: ItemRow, code: str, size: int) -> Sentence:
    """A code that was learned."""
    held = size // 10**item.traits.decimals
    known = UNITS.get(item.unit)
    holds = sentence("{n}", n=held) if known is None else amount(known, held)
    return sentence("Learned: {code} is {item}, a pack of {amount}.", code=code, item=item.names,
                    amount=holds)  # fmt: skip


def shelf_life(item: ItemRow, line: Line, day: date) -> tuple[Fit, Sentence | None]:
    """What the expiry of a line means for it, and the sentence when it means something."""
    fit = fit_of(line, item.traits, day)
    if line.expiry is None or fit is Fit.USABLE:
        return fit, None
    if fit is Fit.EXPIRED:
        return fit, _expired(item.names, line)
    if fit is Fit.ACCEPTED:
        return fit, sentence("{item} is accepted. It goes to the shelf.", item=item.names)
    months = max(int(line.expiry.months_left(day)), 0)
    return fit, counted(
        "{item} {lot} expires in {n} month, the rule is {rule}. It goes to quarantine.",
        "{item} {lot} expires in {n} months, the rule is {rule}. It goes to quarantine.",
        months, item=item.names, lot=line.lot, rule=rule_months(item.traits),
    )  # fmt: skip


def _expired(names: Names, line: Line) -> Sentence:
    assert line.expiry is not None
    return sentence("{item} {lot} expired {expiry}. It goes to quarantine.", item=names,
                    lot=line.lot, expiry=line.expiry)  # fmt: skip


def posted(done: Received, lines: int) -> Sentence:
    """What was put on the shelf, and how much of it is held."""
    if done.warnings:
        return counted(
            "Received {number}, {n} line, {held} to quarantine",
            "Received {number}, {n} lines, {held} to quarantine",
            lines, number=done.number, held=len(done.warnings),
        )  # fmt: skip
    return counted("Received {number}, {n} line", "Received {number}, {n} lines", lines,
                   number=done.number)  # fmt: skip


def ended(item: ItemRow, missing: int, size: int) -> Sentence:
    """That no more is coming of an item; `missing` in smallest units, 0 when none is."""
    if missing <= 0:
        return sentence("No more of {item} is coming.", item=item.names)
    short = packs_sentence(item, missing, size)
    return sentence("No more of {item} is coming: {amount} short.", item=item.names, amount=short)


def restored(lines: int, time: str, *, cut: bool) -> Sentence:
    """That a delivery of an earlier running is here again."""
    if cut:
        return counted(
            "Restored after the power cut: delivery of {n} line, {time}.",
            "Restored after the power cut: delivery of {n} lines, {time}.",
            lines, time=time,
        )  # fmt: skip
    return counted(
        "The delivery of {n} line from {time} is here again.",
        "The delivery of {n} lines from {time} is here again.",
        lines, time=time,
    )  # fmt: skip
