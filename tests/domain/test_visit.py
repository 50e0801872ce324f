"""The register keeps no one's name."""

from __future__ import annotations

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.visit import AGE_BANDS, PAYERS, SEXES, STATUSES, Visit, check_code


def test_a_visit_may_say_nothing() -> None:
    assert Visit().empty
    assert not Visit(number="ZH-4471").empty


def test_a_full_visit() -> None:
    visit = Visit("IQ146-1", "female", "18-59", "idp_camp", "D3", "RX/2026.118", 30, "free")
    assert visit.days == 30


def test_every_choice_is_taken() -> None:
    for sex in SEXES:
        for band in AGE_BANDS:
            assert Visit(sex=sex, age_band=band)
    for status in STATUSES:
        assert Visit(status=status)
    for payer in PAYERS:
        assert Visit(payer=payer)


@pytest.mark.parametrize(
    "text",
    [
        "07701234567",
        "0770 123 4567",
        "+964 770 123 4567",
        "00964-770-123-4567",
        "٠٧٧٠١٢٣٤٥٦٧",
        "199012345678",
        "A123456789",
    ],
)
def test_telephone_and_identity_numbers_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="telephone or identity number"):
        check_code(text)


@pytest.mark.parametrize(
    "text", ["Ahmed", "Ahmed Ali", "أحمد", "Dr Salam 3", "D3\n", "D\x003", "😀1"]
)
def test_names_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="names are never kept"):
        Visit(prescriber=text)


def test_a_long_code_is_refused() -> None:
    with pytest.raises(Refused, match="at most 24 characters"):
        Visit(prescription="X1" * 5_000)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_treatment_has_a_length(days: int) -> None:
    with pytest.raises(Refused, match=f"1 to 366 days, not {days}"):
        Visit(days=days)


def test_what_is_not_a_choice_is_refused() -> None:
    with pytest.raises(Refused, match="teen is not one of the choices: 0, 1-4, 5-17"):
        Visit(age_band="teen")
