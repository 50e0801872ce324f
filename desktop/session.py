"""Who has shown a password at this desk since the file was opened, and who sits here now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventory.domain.roles import ROLES, Permission
from inventory.services.entered import tell_wrong_pins
from inventory.services.people import pin_fits

if TYPE_CHECKING:
    from desktop.desk import Desk
    from inventory.queries.people import PersonRow
    from inventory.services.entered import Entered

PIN_TRIES = 5
SHORTEST_PIN = 6


class Session:
    """The key is in memory for all of them, so a PIN is enough to change between them."""

    def __init__(self, entered: Entered) -> None:
        self.entered = entered
        self._known: dict[int, PersonRow] = {}
        self._wrong: dict[int, int] = {}
        self._lengths: dict[int, int] = {}
        if entered.person is not None:
            self._known[entered.person.id] = entered.person

    @property
    def person(self) -> PersonRow | None:
        """Who sits here; None where nobody signs in."""
        return self.entered.person

    @property
    def others(self) -> list[PersonRow]:
        """The others who have shown their password, the last one first."""
        here = self.person
        return [p for p in reversed(self._known.values()) if here is None or p.id != here.id]

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who has shown a password, who sits here first."""
        here = () if self.person is None else (self.person.name,)
        return (*here, *(person.name for person in self.others))

    def may(self, permission: Permission) -> bool:
        """Whether who sits here may; everybody may where nobody signs in."""
        return self.person is None or self.person.may(permission)

    def sit_down(self, person: PersonRow) -> None:
        """That person showed a password or a PIN."""
        self._known.pop(person.id, None)
        self._known[person.id] = person
        self._wrong.pop(person.id, None)
        self.entered.person = person

    def look_again(self, desk: Desk) -> None:
        """Roles and PIN may have been changed, here or at another desk."""
        from inventory.queries.people import people

        now = {person.id: person for person in desk.ask(people) if person.active}
        self._known = {key: now[key] for key in self._known if key in now}
        if self.person is not None and self.person.id in now:
            self.entered.person = now[self.person.id]

    def takes_pin(self, person: PersonRow) -> bool:
        """Whether a PIN is enough: shown a password before, has a PIN, not five times wrong."""
        known = person.id in self._known and self._known[person.id].has_pin
        return known and self._wrong.get(person.id, 0) < PIN_TRIES

    def pin_length(self, person: PersonRow) -> int:
        """How many digits are looked at without Enter."""
        return self._lengths.get(person.id, SHORTEST_PIN)

    def try_pin(self, desk: Desk, person: PersonRow, pin: str) -> bool:
        """Whether it is that person's; five wrong ones and only the password opens."""
        if not self.takes_pin(person):
            return False
        fits = desk.ask(pin_fits, person.id, pin)
        self._wrong[person.id] = self._wrong.get(person.id, 0) + 1
        if not fits:
            if self._wrong[person.id] == PIN_TRIES:
                desk.do(tell_wrong_pins, person.name, PIN_TRIES)
            return False
        self._lengths[person.id] = len(pin)
        del self._wrong[person.id]
        return True


def role_words(desk: Desk) -> str:
    """What who signed in is here, finished words; empty where nobody signs in."""
    person = None if desk.session is None else desk.session.person
    if person is None:
        return ""
    names = [desk.say(row.name) for role, row in ROLES.items() if role in person.roles]
    return desk.language.listed(names)
