"""From the elements of a GS1 message to a product, its dates, and what to look at twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inventory.domain.expiry import Expiry
from inventory.domain.gs1 import BATCH, EXPIRY, PRODUCTION, SERIAL, Message, read_date
from inventory.domain.gtin import Gtin, check_digit, has_check_digit
from inventory.domain.quotation import quoted
from inventory.domain.sentence import Sentence, sentence

_EXPIRY_TIME, _PRODUCTION_TIME, _BEST_BEFORE = "7003", "8008", "15"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the message says, checked. Numbers that fail their check are None and a warning."""

    gtin: str | None
    expiry: Expiry | None
    production: date | None
    count: int | None
    warnings: tuple[Sentence, ...]


def findings(message: Message, today: date) -> Findings:
    """Check the product number, the dates against each other, and the cuts."""
    said: list[Sentence] = []
    gtin = _product(message, said)
    expiry, made = _dates(message, today, said)
    _cuts(message, said, expiry)
    count = message.values.get("37") or message.values.get("30")
    return Findings(
        gtin=gtin,
        expiry=expiry,
        production=None if made is None else made.last_day,
        count=None if count is None else int(count),
        warnings=tuple(said),
    )


def _product(message: Message, said: list[Sentence]) -> str | None:
    number = message.values.get("01") or message.values.get("02")
    if number is None:
        if "00" in message.values:
            said.append(sentence("This label names a pallet, not a product."))
        else:
            said.append(sentence("The code names no product."))
        return None
    if not has_check_digit(number):
        digit = check_digit(number[:-1])
        said.append(sentence("The last digit should be {digit}. Check the pack.", digit=digit))
        return None
    if Gtin(number).restricted:
        said.append(sentence("This is a shop's own number: elsewhere it means another product."))
    return number


def _dates(
    message: Message, today: date, said: list[Sentence]
) -> tuple[Expiry | None, Expiry | None]:
    expiry_digits = message.values.get(EXPIRY) or message.values.get(_EXPIRY_TIME)
    made_digits = message.values.get(PRODUCTION) or message.values.get(_PRODUCTION_TIME)
    expiry = None if expiry_digits is None else read_date(expiry_digits, today)
    made = None if made_digits is None else read_date(made_digits, today)
    if expiry_digits is not None and expiry is None:
        said.append(
            sentence(
                "The code gives {digits} as the expiry: there is no such day. "
                "Type it from the pack.",
                digits=expiry_digits[:6],
            )
        )
    if made_digits is not None and made is None:
        said.append(
            sentence(
                "The code gives {digits} as the day it was made: there is no such day.",
                digits=made_digits[:6],
            )
        )
    if expiry_digits is None:
        _no_expiry(message, today, said)
    if expiry is None or made is None:
        return expiry, made
    return _compared(expiry, made, said)


def _no_expiry(message: Message, today: date, said: list[Sentence]) -> None:
    best = message.values.get(_BEST_BEFORE)
    before = None if best is None else read_date(best, today)
    if before is not None:
        said.append(
            sentence(
                "{day} is a best-before day, not an expiry. Type the expiry from the pack.",
                day=before,
            )
        )


def _compared(
    expiry: Expiry, made: Expiry, said: list[Sentence]
) -> tuple[Expiry | None, Expiry | None]:
    if expiry.last_day > made.last_day:
        return expiry, made
    if expiry.last_day == made.last_day:
        said.append(
            sentence(
                "{made} is the day it was made and cannot be its expiry. Type it from the pack.",
                made=made,
            )
        )
        return None, made
    said.append(
        sentence(
            "{made} is the day it was made; the pack also says {expiry}. Taken: {expiry}.",
            made=expiry,
            expiry=made,
        )
    )
    return made, expiry


def _cuts(message: Message, said: list[Sentence], expiry: Expiry | None) -> None:
    values = message.values
    if message.parted:
        said.append(_parted(values.get(BATCH), expiry))
    if BATCH in message.doubtful:
        said.append(
            sentence(
                "The scanner sent no separator. The batch {lot} may hold more than the batch: "
                "compare it with the pack.",
                lot=quoted(values.get(BATCH, "")),
            )
        )
    if SERIAL in message.doubtful and BATCH not in values:
        said.append(
            sentence("The scanner sent no separator. The batch may be lost: type it from the pack.")
        )
    if message.unread:
        said.append(
            sentence(
                "Part of the code was not understood: {rest}. Compare with the pack.",
                rest=quoted(" ".join(message.unread)),
            )
        )
    lot = values.get(BATCH, "")
    if lot.islower():
        said.append(sentence("The batch came in small letters. Compare it: Caps Lock may be on."))


def _parted(lot: str | None, expiry: Expiry | None) -> Sentence:
    if lot is None or expiry is None:
        return sentence("The scanner sent no separator, so parts ran together. Check the pack.")
    return sentence(
        "The scanner sent no separator, so batch and expiry ran together. "
        "Read as batch {lot}, expiry {expiry}. Check the pack.",
        lot=quoted(lot),
        expiry=expiry,
    )
