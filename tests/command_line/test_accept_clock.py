"""accept-clock: go on after a clock that was ahead."""

from __future__ import annotations

from tests.command_line.terminal import Terminal

AMOX = ("--item", "AMOX", "--quantity", "1")


def test_the_clock_is_accepted_and_work_goes_on(desk: Terminal) -> None:
    desk.run("receive", *AMOX, "--lot", "A1", "--expiry", "2027-06")
    desk.today = "2027-11-30"
    desk.run("receive", "--item", "PARA", "--quantity", "1", "--lot", "P1",
             "--expiry", "2029-06")  # fmt: skip
    desk.today = "2026-11-22"
    desk.refused("dispense", *AMOX)
    assert desk.run("accept-clock") == {"was": "2027-11-30", "day": "2026-11-22", "later": 1}
    desk.run("dispense", *AMOX)
    assert "not behind" in desk.refused("accept-clock")
