"""Who may do what: five roles and what each may do, as one table.

A person may hold several roles and may do what any of them allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from inventory.domain.sentence import N_, Refused


class Role(StrEnum):
    """The work somebody is trusted with."""

    DISPENSER = "dispenser"
    STOREKEEPER = "storekeeper"
    PHARMACIST = "pharmacist"
    MANAGER = "manager"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One thing a person can do. Looking at stock and papers is free to everyone here."""

    DISPENSE = "dispense"
    EMERGENCY = "emergency"
    PRINT = "print"
    OWN_PASSWORD = "own_password"
    RECEIVE = "receive"
    LEARN_CODES = "learn_codes"
    HOLD = "hold"
    MOVE = "move"
    RELEASE = "release"
    ADJUST = "adjust"
    DISPOSE = "dispose"
    ORDER = "order"
    KEEP_ITEMS = "keep_items"
    OPEN_STOCK = "open_stock"
    KEEP_CLINIC = "keep_clinic"
    ADD_CLINIC = "add_clinic"
    EXPORT = "export"
    CONFIRM = "confirm"
    BACK_UP = "back_up"
    SEE_SECURITY = "see_security"
    PEOPLE = "people"
    PROTECTION = "protection"
    RESTORE = "restore"
    EXPORT_KEYS = "export_keys"
    CONTINUE = "continue"
    EVACUATE = "evacuate"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """`name` says what a person can do; with `two_people` a second one has to confirm it."""

    name: str
    two_people: bool = False


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role as people read it, and what it may do."""

    name: str
    says: str
    may: frozenset[Permission]


P = Permission

# In the order they are shown.
PERMISSIONS: Mapping[Permission, PermissionRow] = MappingProxyType(
    {
        P.DISPENSE: PermissionRow(N_("Dispense, and take a dispensing back")),
        P.EMERGENCY: PermissionRow(N_("Take stock out in an emergency")),
        P.PRINT: PermissionRow(N_("Print papers")),
        P.OWN_PASSWORD: PermissionRow(N_("Change the own password and PIN")),
        P.RECEIVE: PermissionRow(N_("Receive deliveries")),
        P.LEARN_CODES: PermissionRow(N_("Teach barcodes")),
        P.HOLD: PermissionRow(N_("Hold a batch, and put aside what has expired")),
        P.MOVE: PermissionRow(N_("Move stock to another place")),
        P.RELEASE: PermissionRow(N_("Make held stock usable again")),
        P.ADJUST: PermissionRow(N_("Write losses and corrections")),
        P.DISPOSE: PermissionRow(N_("Write off what is expired or damaged"), two_people=True),
        P.ORDER: PermissionRow(N_("Prepare, print and close orders")),
        P.KEEP_ITEMS: PermissionRow(N_("Add and change items")),
        P.OPEN_STOCK: PermissionRow(N_("Enter opening stock and earlier months")),
        P.KEEP_CLINIC: PermissionRow(N_("Change the clinic, its places and its settings")),
        P.ADD_CLINIC: PermissionRow(N_("Add another clinic")),
        P.EXPORT: PermissionRow(N_("Take lists out of the program")),
        P.CONFIRM: PermissionRow(N_("Confirm as the second person")),
        P.BACK_UP: PermissionRow(N_("Make backups")),
        P.SEE_SECURITY: PermissionRow(N_("Read the security log")),
        P.PEOPLE: PermissionRow(N_("Add people and change their roles"), two_people=True),
        P.PROTECTION: PermissionRow(N_("Change the protection settings"), two_people=True),
        P.RESTORE: PermissionRow(N_("Restore from a backup"), two_people=True),
        P.EXPORT_KEYS: PermissionRow(N_("Make paper keys and keys for the office"),
                                     two_people=True),
        P.CONTINUE: PermissionRow(N_("Go on after a copied file or a wrong clock")),
        P.EVACUATE: PermissionRow(N_("Remove visit data in danger")),
        P.SHARE: PermissionRow(N_("Set up more desks and move the database")),
    }
)  # fmt: skip

_EVERYONE = frozenset({P.EMERGENCY, P.PRINT, P.OWN_PASSWORD})
_DISPENSER = _EVERYONE | {P.DISPENSE, P.CONFIRM, P.BACK_UP, P.HOLD}
_STOREKEEPER = _EVERYONE | {
    P.RECEIVE, P.LEARN_CODES, P.HOLD, P.MOVE, P.ADJUST, P.DISPOSE, P.ORDER, P.OPEN_STOCK,
    P.EXPORT, P.CONFIRM, P.BACK_UP,
}  # fmt: skip
_PHARMACIST = _DISPENSER | _STOREKEEPER | {
    P.RELEASE, P.KEEP_ITEMS, P.SEE_SECURITY, P.CONTINUE, P.EVACUATE,
}  # fmt: skip
_MANAGER = _EVERYONE | {
    P.ORDER, P.KEEP_ITEMS, P.KEEP_CLINIC, P.ADD_CLINIC, P.EXPORT, P.CONFIRM, P.BACK_UP,
    P.SEE_SECURITY, P.PEOPLE, P.PROTECTION, P.RESTORE, P.EXPORT_KEYS, P.CONTINUE, P.EVACUATE,
    P.SHARE,
}  # fmt: skip
_AUDITOR = _EVERYONE | {P.EXPORT, P.SEE_SECURITY}

ROLES: Mapping[Role, RoleRow] = MappingProxyType(
    {
        Role.DISPENSER: RoleRow(
            N_("Dispenser"), N_("Gives medicines to patients at the counter."), _DISPENSER
        ),
        Role.STOREKEEPER: RoleRow(
            N_("Storekeeper"), N_("Receives, counts, keeps and orders stock."), _STOREKEEPER
        ),
        Role.PHARMACIST: RoleRow(
            N_("Responsible pharmacist"),
            N_("Answers for the stock: dispenses, receives, releases held batches."),
            _PHARMACIST,
        ),
        Role.MANAGER: RoleRow(
            N_("Manager"),
            N_("Looks after people, settings, backups and keys; does not dispense."),
            _MANAGER,
        ),
        Role.AUDITOR: RoleRow(
            N_("Auditor"), N_("Reads everything and the security log; changes nothing."), _AUDITOR
        ),
    }
)

FIRST = frozenset({Role.MANAGER, Role.PHARMACIST})
"""What the first person of a database is: everything a clinic needs to begin."""


def may(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether one of the roles allows it."""
    return any(permission in ROLES[role].may for role in roles)


def who_may(permission: Permission) -> tuple[Role, ...]:
    """The roles that allow it, in the order of the table."""
    return tuple(role for role, row in ROLES.items() if permission in row.may)


def roles_of(codes: str) -> frozenset[Role]:
    """Roles out of their codes, separated by spaces. Raises Refused."""
    try:
        return frozenset(Role(code) for code in codes.split())
    except ValueError:
        raise Refused("There is no role {role}.", role=codes) from None


def codes_of(roles: Iterable[Role]) -> str:
    """The codes of roles, in the order of the table."""
    held = frozenset(roles)
    return " ".join(role.value for role in ROLES if role in held)
