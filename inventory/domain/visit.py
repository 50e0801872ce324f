"""What the register keeps about a visit. Never who: no field here can hold a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from inventory.domain.quantity import fold_digits
from inventory.domain.quotation import quoted
from inventory.domain.sentence import N_, Refused

SEXES: Mapping[str, str] = MappingProxyType({"female": N_("Female"), "male": N_("Male")})
AGE_BANDS: Mapping[str, str] = MappingProxyType(
    {
        "0": N_("<1"),
        "1-4": N_("1–4"),
        "5-17": N_("5–17"),
        "18-59": N_("18–59"),
        "60+": N_("60+"),
    }
)
STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "host": N_("Host community"),
        "idp_camp": N_("Displaced, in a camp"),
        "idp_out": N_("Displaced, out of camp"),
        "returnee": N_("Returnee"),
        "refugee": N_("Refugee"),
        "other": N_("Other"),
    }
)
PAYERS: Mapping[str, str] = MappingProxyType(
    {"free": N_("Free"), "subsidised": N_("Part paid"), "paid": N_("Paid")}
)

LONGEST_CODE = 24
LONGEST_TREATMENT = 366

_CODE = re.compile(r"[\w./#-]*", re.ASCII)
_SEPARATORS = re.compile(r"[\s().+/_-]")
# An Iraqi telephone with or without its country, or nine digits in a row: a card or a number of a
# person. Visit and prescription numbers are shorter or broken by signs.
_PHONE = re.compile(r"(?:00|\+)?(?:964|0)?7\d{9}", re.ASCII)
_IDENTITY = re.compile(r"\d{9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Visit:
    """The optional register fields of a dispensing; empty or None is "not asked"."""

    number: str = ""
    sex: str | None = None
    age_band: str | None = None
    status: str | None = None
    prescriber: str = ""
    prescription: str = ""
    days: int | None = None
    payer: str | None = None

    def __post_init__(self) -> None:
        check_code(self.number)
        check_code(self.prescriber)
        check_code(self.prescription)
        _check_choice(self.sex, SEXES)
        _check_choice(self.age_band, AGE_BANDS)
        _check_choice(self.status, STATUSES)
        _check_choice(self.payer, PAYERS)
        if self.days is not None and not 1 <= self.days <= LONGEST_TREATMENT:
            raise Refused(
                "A treatment lasts 1 to {longest} days, not {days}.",
                longest=LONGEST_TREATMENT,
                days=self.days,
            )

    @property
    def empty(self) -> bool:
        return self == Visit()


def check_code(text: str) -> None:
    """Refuse what could say who someone is: names, telephone numbers, identity numbers."""
    plain = fold_digits(text)
    if len(plain) > LONGEST_CODE:
        raise Refused(
            "A visit, prescriber or prescription code has at most {longest} characters.",
            longest=LONGEST_CODE,
        )
    if _PHONE.fullmatch(_SEPARATORS.sub("", plain)) or _IDENTITY.search(plain):
        raise Refused(
            "That looks like a telephone or identity number. Amana keeps no such numbers."
        )
    if not _CODE.fullmatch(plain) or (plain and not any(c.isdigit() for c in plain)):
        raise Refused(
            "{typed} is not a code. Write one like ZH-4471 or D3: names are never kept.",
            typed=quoted(text),
        )


def _check_choice(code: str | None, table: Mapping[str, str]) -> None:
    if code is not None and code not in table:
        raise Refused(
            "{code} is not one of the choices: {choices}.",
            code=quoted(code),
            choices=", ".join(table),
        )
