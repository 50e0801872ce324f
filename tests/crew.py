"""The people of a ready clinic, and short words for who does something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from inventory.domain.roles import Role
from inventory.queries.people import person_named
from inventory.queries.security import EventRow, events
from inventory.services.people import add_person
from tests.ready_clinic import ReadyClinic

T = TypeVar("T")

ROLES_OF = {
    "Layla": Role.MANAGER,
    "Noor": Role.PHARMACIST,
    "Omar": Role.DISPENSER,
    "Huda": Role.STOREKEEPER,
    "Samir": Role.AUDITOR,
}


@dataclass(slots=True)
class Crew:
    """Layla is manager (and, as the first person, pharmacist); the others have one role each."""

    clinic: ReadyClinic

    def password(self, name: str) -> str:
        return f"{name} over the river"

    def id(self, name: str) -> int:
        found = self.clinic.ask(person_named, name)
        assert found is not None
        return found.id

    def as_one(
        self, user: str, use_case: Callable[..., T], *args: Any, second: str = "", **more: Any
    ) -> T:
        """Run a use case as somebody, confirmed by `second`."""

        def confirmed(connection: Any, stamp: Any, *given: Any, **named: Any) -> T:
            return use_case(connection, replace(stamp, second=second), *given, **named)

        before, self.clinic.user = self.clinic.user, user
        try:
            return self.clinic.act(confirmed, *args, **more)
        finally:
            self.clinic.user = before

    def logged(self) -> list[EventRow]:
        """The security log, newest first."""
        return self.clinic.ask(events)


def crew_of(clinic: ReadyClinic) -> Crew:
    """Give the clinic its people; what the fixture does from then on, the pharmacist does."""
    crew = Crew(clinic)
    for name, role in ROLES_OF.items():
        crew.as_one("Layla", add_person, name, [role], crew.password(name),
                    second="Noor")  # fmt: skip
    clinic.user = "Noor"
    return crew
