"""The table of roles: what nobody may have together, and what everybody may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.roles import (
    FIRST,
    PERMISSIONS,
    ROLES,
    Permission,
    Role,
    codes_of,
    may,
    roles_of,
    who_may,
)
from inventory.domain.sentence import Refused

some_roles = st.frozensets(st.sampled_from(Role))


def test_every_role_and_every_permission_has_a_row_with_words() -> None:
    assert set(ROLES) == set(Role)
    assert set(PERMISSIONS) == set(Permission)
    assert len({row.name for row in ROLES.values()}) == len(Role)
    assert len({row.name for row in PERMISSIONS.values()}) == len(Permission)


@given(some_roles, st.sampled_from(Permission))
def test_roles_together_allow_what_one_of_them_allows(
    held: frozenset[Role], permission: Permission
) -> None:
    assert may(held, permission) == any(role in who_may(permission) for role in held)


@given(some_roles, some_roles, st.sampled_from(Permission))
def test_another_role_never_takes_anything_away(
    held: frozenset[Role], more: frozenset[Role], permission: Permission
) -> None:
    assert may(held | more, permission) >= may(held, permission)


@pytest.mark.parametrize("permission", Permission)
def test_everything_can_be_done_by_somebody_and_by_the_first_person(
    permission: Permission,
) -> None:
    assert who_may(permission)
    assert may(FIRST, permission)


@pytest.mark.parametrize("role", Role)
def test_an_emergency_is_nobody_s_to_forbid(role: Role) -> None:
    assert may({role}, Permission.EMERGENCY)
    assert may({role}, Permission.OWN_PASSWORD)


def test_an_auditor_changes_no_stock_and_nobody_s_rights() -> None:
    assert ROLES[Role.AUDITOR].may == {
        Permission.EMERGENCY, Permission.PRINT, Permission.OWN_PASSWORD, Permission.EXPORT,
        Permission.SEE_SECURITY,
    }  # fmt: skip


def test_who_looks_after_people_does_not_handle_stock_by_that_role() -> None:
    """Rights and stock are in two hands, unless somebody is given both."""
    handling = {Permission.DISPENSE, Permission.RECEIVE, Permission.ADJUST, Permission.DISPOSE}
    assert not handling & ROLES[Role.MANAGER].may
    assert who_may(Permission.PEOPLE) == (Role.MANAGER,)


@given(some_roles)
def test_codes_come_back_as_the_same_roles(held: frozenset[Role]) -> None:
    assert roles_of(codes_of(held)) == held


def test_a_code_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match="boss"):
        roles_of("dispenser boss")
