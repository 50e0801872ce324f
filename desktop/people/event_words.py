"""The security log in words: what each event is about, from its particulars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from inventory.domain.reasons import REASONS
from inventory.domain.roles import ROLES
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import N_, Sentence, counted, sentence
from inventory.language import Language
from inventory.queries.security import EventRow

S = SecurityEvent
Says = Mapping[str, str | int]
Words = Callable[[Says, Language], Sentence | None]


def particulars(event: EventRow, language: Language) -> str:
    """Finished words; empty when the title says everything."""
    words = _WORDS[event.event](event.says, language)
    return "" if words is None else language.tell(words)


def _nothing(says: Says, language: Language) -> Sentence | None:
    return None


def _way(says: Says, language: Language) -> Sentence | None:
    way = _WAYS.get(str(says.get("way", "")))
    return None if way is None else sentence(way)


def _wrong_tries(says: Says, language: Language) -> Sentence | None:
    if "person" in says:
        return counted("{name}: {n} wrong PIN", "{name}: {n} wrong PINs", _whole(says, "count"),
                       name=_text(says, "person"))  # fmt: skip
    return counted("{n} wrong try before somebody signed in",
                   "{n} wrong tries before somebody signed in", _whole(says, "count"))  # fmt: skip


def _person(says: Says, language: Language) -> Sentence | None:
    return sentence("{name}", name=_text(says, "person"))


def _roles(says: Says, language: Language) -> Sentence | None:
    held = _text(says, "roles").split()
    names = [language.say(row.name) for role, row in ROLES.items() if role.value in held]
    return sentence("{name}: {roles}", name=_text(says, "person"), roles=language.listed(names))


def _asked(says: Says, language: Language) -> Sentence | None:
    what = sentence(_text(says, "what"))
    if not says.get("document"):
        return what
    return sentence("{what}, {number}", what=what, number=_text(says, "document"))


def _emergency(says: Says, language: Language) -> Sentence | None:
    reason = REASONS.get(_text(says, "reason"))
    why = sentence(reason.name) if reason is not None else _text(says, "reason")
    return sentence("{number}: {items}. {why}", number=_text(says, "document"),
                    items=_text(says, "items"), why=why)  # fmt: skip


def _paper_key(says: Says, language: Language) -> Sentence | None:
    name = _text(says, "person")
    if says.get("way") == "office":
        return sentence("{name} set a new password after the key of the office", name=name)
    return sentence("{name} set a new password after the paper key", name=name)


def _copy(says: Says, language: Language) -> Sentence | None:
    found = _FOUND.get(_text(says, "found"))
    return None if found is None else sentence(found)


def _restored(says: Says, language: Language) -> Sentence | None:
    return sentence("Work went on from a backup; numbers of papers go on later.")


def _moved(says: Says, language: Language) -> Sentence | None:
    for key, text in _MOVES.items():
        if says.get(key):
            return sentence(text, place=_text(says, key))
    return None


def _exported(says: Says, language: Language) -> Sentence | None:
    what = sentence(_text(says, "what"))
    if "rows" not in says:
        return what
    return counted("{what}, {n} line", "{what}, {n} lines", _whole(says, "rows"), what=what)


def _clock(says: Says, language: Language) -> Sentence | None:
    was, day = _day(says, "was"), _day(says, "day")
    if was is None or day is None:
        return None
    return sentence("The last day was {was}; the clock said {day}.", was=was, day=day)


def _settings(says: Says, language: Language) -> Sentence | None:
    if "minutes" in says:
        return counted("A desk locks after {n} minute", "A desk locks after {n} minutes",
                       _whole(says, "minutes"))  # fmt: skip
    if says.get("dispensing"):
        return sentence("A second person above {percent} percent and {packs} packs, and for "
                        "dispensing controlled items", percent=_whole(says, "percent"),
                        packs=_whole(says, "packs"))  # fmt: skip
    return sentence("A second person above {percent} percent and {packs} packs",
                    percent=_whole(says, "percent"), packs=_whole(says, "packs"))  # fmt: skip


def _text(says: Says, key: str) -> str:
    return str(says.get(key, ""))


def _whole(says: Says, key: str) -> int:
    found = says.get(key, 0)
    return found if isinstance(found, int) else 0


def _day(says: Says, key: str) -> date | None:
    try:
        return date.fromisoformat(_text(says, key))
    except ValueError:
        return None


_WAYS = {"paper": N_("With the paper key"), "office": N_("With the key of the office")}
_FOUND = {
    "older_copy": N_("An older copy of the file was taken into use."),
    "other_computer": N_("A file of another computer was taken into use."),
}
_MOVES = {
    "to": N_("To {place}"),
    "not_to": N_("Not moved to {place} after all"),
    "from": N_("From {place}"),
}
_WORDS: Mapping[SecurityEvent, Words] = MappingProxyType(
    {
        S.SIGNED_IN: _way,
        S.SIGN_IN_REFUSED: _wrong_tries,
        S.SIGNED_OUT: _nothing,
        S.PERSON_ADDED: _roles,
        S.ROLES_CHANGED: _roles,
        S.PERSON_RETIRED: _person,
        S.PASSWORD_CHANGED: _person,
        S.PIN_CHANGED: _person,
        S.CONFIRMED: _asked,
        S.DONE_ALONE: _asked,
        S.EMERGENCY_ISSUE: _emergency,
        S.PROTECTED: _nothing,
        S.PAPER_KEY_MADE: _nothing,
        S.PAPER_KEY_USED: _paper_key,
        S.OFFICE_KEY_SET: _nothing,
        S.RESTORED: _restored,
        S.STREAM_OPENED: _nothing,
        S.COPY_FOUND: _copy,
        S.MOVED: _moved,
        S.EVACUATED: _nothing,
        S.EXPORTED: _exported,
        S.CLOCK_ACCEPTED: _clock,
        S.SETTINGS_CHANGED: _settings,
    }
)
