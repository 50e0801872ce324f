"""In which languages a clinic prints, and on which printer this computer does."""

from __future__ import annotations

from desktop.desk import Desk, new_request
from inventory.language import TONGUES, Language, language

FIRST, SECOND = "paper_language", "paper_second_language"
USUAL = "en"
SHEET = "a4"


def paper_languages(desk: Desk) -> tuple[Language, Language | None]:
    """The clinic's languages on paper: as chosen last, else its own with English beside it."""
    from inventory.queries.clinics import setting

    own = str(desk.ask(setting, desk.clinic.id, "language", "")) or desk.language.code
    first = _known(str(desk.ask(setting, desk.clinic.id, FIRST, own)), USUAL)
    usual = "" if first == USUAL else USUAL
    second = _known(str(desk.ask(setting, desk.clinic.id, SECOND, usual)), "")
    return language(first), language(second) if second and second != first else None


def keep_languages(desk: Desk, first: Language, second: Language | None) -> None:
    """Print so from now on in this clinic."""
    keep_language(desk, {FIRST: first.code, SECOND: second.code if second is not None else ""})


def keep_language(desk: Desk, chosen: dict[str, str]) -> None:
    """One of the two, or both, by the name of the setting."""
    from inventory.services.clinics import keep_paper_languages

    desk.keep(keep_paper_languages, desk.stamp(new_request()), chosen)


def usual_printer(desk: Desk) -> str:
    """The printer used last for sheets, else ""; it may not be there any more."""
    return desk.preferences.now.printers.get(SHEET, "")


def keep_printer(desk: Desk, printer: str) -> None:
    """Print there from now on."""
    printers = {**desk.preferences.now.printers, SHEET: printer}
    desk.preferences.change(printers=printers)


def _known(code: str, otherwise: str) -> str:
    return code if code in TONGUES else otherwise
