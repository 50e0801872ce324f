"""Whether somebody may do something, and who has to confirm it.

Every use case carries `@permitted`. A database without people (the practice clinic, a plain
file nobody signed in to) allows everything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from inventory.domain.roles import PERMISSIONS, ROLES, Permission, may, roles_of, who_may
from inventory.domain.security import SecurityEvent
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.domain.stamp import Stamp
from inventory.queries.people import confirmers, has_people
from inventory.services import security_log
from inventory.storage.statement import Statement

P = ParamSpec("P")
T = TypeVar("T")
Asked = Callable[..., Permission]

_RIGHTS = Statement("""
SELECT p.roles FROM (SELECT 1 AS one) AS always
LEFT JOIN person p ON p.name = :user AND p.active = 1
WHERE EXISTS (SELECT 1 FROM person)
""")


class NeedsSecond(Refused):
    """Somebody else has to confirm it; `asked` says what, and the same act is sent again."""

    def __init__(self, asked: Sentence, besides: str = "") -> None:
        super().__init__("A second person has to confirm this: {asked}.", asked=asked)
        self.asked = asked
        self.besides = besides


@dataclass(frozen=True, slots=True)
class Consent:
    """What was asked of a second person; to be recorded with the act it allows."""

    asked: Sentence | None
    event: SecurityEvent = SecurityEvent.CONFIRMED

    def record(self, connection: Connection, stamp: Stamp, document: str = "") -> None:
        """Say it in the security log, with the number of what was posted."""
        if self.asked is None:
            return
        says = {"what": self.asked.text, **({"document": document} if document else {})}
        second = stamp.second if self.event is SecurityEvent.CONFIRMED else ""
        security_log.record(connection, stamp, self.event, says, second=second)


NOTHING_ASKED = Consent(None)


def permitted(
    *permissions: Permission, by: Asked | None = None
) -> Callable[[Callable[Concatenate[Connection, Stamp, P], T]],
              Callable[Concatenate[Connection, Stamp, P], T]]:  # fmt: skip
    """A use case that only who has one of the permissions may do.

    `by` works out of the arguments after the stamp which permission this act needs.
    """

    def mark(
        use_case: Callable[Concatenate[Connection, Stamp, P], T],
    ) -> Callable[Concatenate[Connection, Stamp, P], T]:
        @wraps(use_case)
        def guarded(
            connection: Connection, stamp: Stamp, /, *args: P.args, **kwargs: P.kwargs
        ) -> T:
            needed = permissions if by is None else (by(*args, **kwargs),)
            require(connection, stamp, *needed)
            return use_case(connection, stamp, *args, **kwargs)

        marked: Any = guarded
        marked.permissions = permissions
        return guarded

    return mark


def unguarded(why: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A use case for which nobody's role is asked; `why` has to convince."""

    def mark(use_case: Callable[P, T]) -> Callable[P, T]:
        marked: Any = use_case
        marked.unguarded = why
        return use_case

    return mark


def require(connection: Connection, stamp: Stamp, *permissions: Permission) -> None:
    """Raises Refused unless the person of the stamp may do one of these."""
    row = _RIGHTS.row(connection, {"user": stamp.user})
    if row is None:
        return
    if row[0] is None:
        raise Refused("{user} is not among the people who work here. Sign in first.",
                      user=stamp.user or "?")  # fmt: skip
    held = roles_of(row[0])
    if not any(may(held, permission) for permission in permissions):
        raise _may_not(permissions[0])


def _may_not(permission: Permission) -> Refused:
    who, *others = [sentence(ROLES[role].name) for role in who_may(permission)]
    for other in others:
        who = sentence("{some} or {other}", some=who, other=other)
    return Refused("You may not do this: {what}. It can be done by: {who}.",
                   what=sentence(PERMISSIONS[permission].name), who=who)  # fmt: skip


def ask_second(
    connection: Connection, stamp: Stamp, asked: Permission | Sentence, besides: str = ""
) -> Consent:
    """Raises NeedsSecond unless somebody else confirmed it, or nobody else could.

    `besides` is a person it concerns, who cannot be the second one.
    """
    if not has_people(connection):
        return NOTHING_ASKED
    what = sentence(PERMISSIONS[asked].name) if isinstance(asked, Permission) else asked
    others = {person.name for person in confirmers(connection, stamp.user, besides)}
    if not others:
        return Consent(what, SecurityEvent.DONE_ALONE)
    if stamp.second not in others:
        raise NeedsSecond(what, besides)
    return Consent(what)


def needs_second(
    connection: Connection, stamp: Stamp, asked: Permission | Sentence, besides: str = ""
) -> None:
    """The same, recorded at once: for what posts no document."""
    ask_second(connection, stamp, asked, besides).record(connection, stamp)
