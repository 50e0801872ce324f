"""Product numbers: GTIN-8, 12, 13 and 14, always kept as 14 digits."""

from __future__ import annotations

from dataclasses import dataclass

from inventory.domain.quantity import fold_digits, unmarked
from inventory.domain.quotation import quoted
from inventory.domain.sentence import Refused

LENGTHS = (8, 12, 13, 14)

_IN_STORE = ("02", "04", *(str(n) for n in range(20, 30)))


def check_digit(body: str) -> str:
    """The GS1 modulo-10 digit that follows `body`: weights 3, 1, 3, 1 from the right."""
    total = sum(int(digit) * (1 if i % 2 else 3) for i, digit in enumerate(reversed(body)))
    return str(-total % 10)


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return check_digit(digits[:-1]) == digits[-1]


@dataclass(frozen=True, slots=True)
class Gtin:
    """A product at one pack level: the same product in a bigger pack has another number."""

    digits: str

    def __post_init__(self) -> None:
        if len(self.digits) != 14 or not (self.digits.isascii() and self.digits.isdigit()):
            raise ValueError("a GTIN is kept as 14 digits")
        if not has_check_digit(self.digits):
            raise ValueError("the check digit is wrong")

    @property
    def level(self) -> int:
        """0 the pack itself, 1-8 packs of packs, 9 variable measure."""
        return int(self.digits[0])

    @property
    def restricted(self) -> bool:
        """An in-store number: it means something else in the next shop."""
        if self.digits.startswith("000000"):
            return self.digits[6] in "02"
        return self.digits[1:3] in _IN_STORE

    def __str__(self) -> str:
        return self.digits


def parse_gtin(text: str) -> Gtin:
    """Read 8, 12, 13 or 14 digits; Refused on another length or a wrong check digit."""
    digits = "".join(unmarked(fold_digits(text)).split()).replace("-", "")
    if len(digits) not in LENGTHS or not (digits.isascii() and digits.isdigit()):
        raise Refused(
            "{typed} is not a product code of 8, 12, 13 or 14 digits.", typed=quoted(text)
        )
    if not has_check_digit(digits):
        raise Refused(
            "The last digit should be {digit}. Check the pack.", digit=check_digit(digits[:-1])
        )
    return Gtin(digits.zfill(14))
