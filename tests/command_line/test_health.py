"""health: the same rows for programs and for people."""

from __future__ import annotations

from tests.command_line.terminal import Terminal


def test_an_unlocked_file_is_told(desk: Terminal) -> None:
    answer = desk.run("health")
    guards = {row["guard"]: row for row in answer["guards"]}
    if "://" in desk.database:
        assert guards["server"]["state"] == "open"
        assert "lock" not in guards
    else:
        assert guards["lock"]["state"] == "open"
        assert guards["lock"]["to_do"] == "Lock this file with a key."
    assert answer["next_step"]
    assert any("forced" in row["told"] for row in answer["not_protected"])


def test_people_read_titles(desk: Terminal) -> None:
    code, out, _ = desk.raw("health")
    assert code == 0
    assert "Last backup" in out
    assert "not_protected" in out
