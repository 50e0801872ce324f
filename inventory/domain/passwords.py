"""What may be a password or a PIN, and how it is compared: the same on every keyboard."""

from __future__ import annotations

import unicodedata

from inventory.domain.quantity import fold_digits
from inventory.domain.sentence import Refused

LEAST_PASSWORD = 8
LEAST_PIN = 6
MOST = 200
_RUN = "01234567890" * 2


def same_form(password: str) -> str:
    """One spelling of the same letters, whatever keyboard they came from."""
    return unicodedata.normalize("NFC", password)


def checked_password(password: str) -> str:
    """The password as it is kept. Raises Refused, never repeating it."""
    tidy = same_form(password)
    if len(tidy) < LEAST_PASSWORD:
        raise Refused("The password needs at least {least} characters.", least=LEAST_PASSWORD)
    if len(tidy) > MOST:
        raise Refused("The password is longer than {most} characters.", most=MOST)
    if not tidy.isprintable():
        raise Refused("There is a character in it that cannot be printed.")
    if len(set(tidy)) == 1:
        raise Refused("This password is too easy to guess. Choose another.")
    return tidy


def same_pin(pin: str) -> str:
    """Digits of any script as 0 to 9."""
    return fold_digits(pin.strip())


def checked_pin(pin: str) -> str:
    """The PIN as it is kept. Raises Refused, never repeating it."""
    digits = same_pin(pin)
    if not (digits.isascii() and digits.isdigit() and LEAST_PIN <= len(digits) <= MOST):
        raise Refused("A PIN has at least {least} digits and nothing else.", least=LEAST_PIN)
    if len(set(digits)) == 1 or digits in _RUN or digits in _RUN[::-1]:
        raise Refused("This PIN is too easy to guess. Choose another.")
    return digits
