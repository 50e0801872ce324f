"""PostgreSQL killed while desks work: they resume by themselves and nothing told is lost."""

from __future__ import annotations

from tests.crash import server_kills
from tests.crash.figures import Scale


def test_desks_lose_nothing_when_the_server_is_killed() -> None:
    assert "none lost, none twice" in server_kills.figure(Scale()).says
