"""receive, dispense, reverse, stock, card, amc, order, check: their shapes and refusals."""

from __future__ import annotations

import pytest

from tests.command_line.terminal import Terminal

AMOX = ("--item", "AMOX")


def receive(desk: Terminal, quantity: int = 100, lot: str = "A1", expiry: str = "2028-06") -> None:
    desk.run("receive", *AMOX, "--quantity", str(quantity), "--lot", lot, "--expiry", expiry)


def test_receive(desk: Terminal) -> None:
    assert desk.run("receive", *AMOX, "--quantity", "100", "--lot", "A1", "--expiry", "2028-06",
                    "--source", "WHO", "--on", "2026-11-20") == {
        "document": "GRN-2026-00001",
        "lines": [{"item": "AMOX", "lot": "A1", "expiry": "2028-06", "quantity": 100}],
    }  # fmt: skip
    assert desk.run("receive", "--item", "DIES", "--quantity", "2000") == {
        "document": "GRN-2026-00002",
        "lines": [{"item": "DIES", "lot": "", "expiry": None, "quantity": 2000}],
    }
    card = desk.run("card", "AMOX")
    assert [(line["date"], line["in"], line["balance"], line["party"]) for line in card] == [
        ("2026-11-20", 100, 100, "WHO")
    ]


def test_what_has_expired_is_received_into_quarantine_and_said(desk: Terminal) -> None:
    code, out, err = desk.raw("receive", *AMOX, "--quantity", "5", "--lot", "A1",
                              "--expiry", "2026-10")  # fmt: skip
    assert code == 0
    assert "GRN-2026-00001" in out
    assert "expired Oct 2026" in err or "expired 10/2026" in err
    (lot,) = desk.run("stock", *AMOX)[0]["lots"]
    assert lot["status"] == "quarantined"


def test_short_dated_stock_is_accepted(desk: Terminal) -> None:
    receive(desk, expiry="2026-12-05")
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 100


def test_dispense(desk: Terminal) -> None:
    receive(desk, 30, "LATE", "2028-06")
    receive(desk, 20, "SOON", "2027-12-31")
    assert desk.run("dispense", *AMOX, "--quantity", "25") == {
        "document": "DSP-2026-00001",
        "lines": [
            {"item": "AMOX", "lot": "SOON", "expiry": "2027-12-31", "quantity": 20},
            {"item": "AMOX", "lot": "LATE", "expiry": "2028-06", "quantity": 5},
        ],
    }
    before = desk.state()
    said = desk.refused("dispense", *AMOX, "--quantity", "26")
    assert said == "Only 25 Item AMOX can be dispensed here; 26 were asked for."
    assert desk.state() == before


def test_expired_stock_is_never_dispensed(desk: Terminal) -> None:
    desk.today = "2026-11-01"
    receive(desk, 10, "A1", "2026-11")
    desk.today = "2026-12-01"
    assert "Only 0 Item AMOX" in desk.refused("dispense", *AMOX, "--quantity", "1")
    desk.today = "2026-11-15"
    assert "Only 0" in desk.refused("dispense", *AMOX, "--quantity", "1", "--on", "2026-12-01")
    assert desk.run("dispense", *AMOX, "--quantity", "1")["lines"][0]["lot"] == "A1"


def test_stock(desk: Terminal) -> None:
    assert [row["code"] for row in desk.run("stock")] == ["AMOX", "DIES", "GLOV", "PARA"]
    receive(desk, 30, "A1", "2028-06")
    assert desk.run("stock", *AMOX) == [
        {"code": "AMOX", "on_hand": 30, "lots": [
            {"lot": "A1", "expiry": "2028-06", "place": "Pharmacy", "status": "usable",
             "quantity": 30}]}
    ]  # fmt: skip
    assert desk.run("stock")[0] == desk.run("stock", *AMOX)[0]


def test_reverse(desk: Terminal) -> None:
    receive(desk)
    desk.run("dispense", *AMOX, "--quantity", "5")
    assert desk.run("reverse", "DSP-2026-00001", "--reason", "wrong patient") == {
        "document": "REV-2026-00001", "reverses": "DSP-2026-00001",
        "lines": [{"item": "AMOX", "lot": "A1", "expiry": "2028-06", "quantity": 5}],
    }  # fmt: skip
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 100
    said = desk.refused("reverse", "DSP-2026-00001", "--reason", "again")
    assert said == "DSP-2026-00001 was already reversed by REV-2026-00001."
    assert "itself a reversal" in desk.refused("reverse", "REV-2026-00001", "--reason", "x")
    assert "no document" in desk.refused("reverse", "DSP-2026-00009", "--reason", "x")
    assert "needs a reason" in desk.refused("reverse", "GRN-2026-00001", "--reason", " ")


def test_amc(desk: Terminal) -> None:
    desk.today = "2026-08-01"
    receive(desk, 10_000)
    for month, quantity in (("08", 310), ("09", 200), ("10", 300)):
        desk.today = f"2026-{month}-15"
        desk.run("dispense", *AMOX, "--quantity", str(quantity))
    desk.today = "2026-11-22"
    assert desk.run("amc", "AMOX") == {
        "amc": 270.0, "method": "MDS-3",
        "months": [{"month": "2026-08", "consumed": 310, "days_out": 0},
                   {"month": "2026-09", "consumed": 200, "days_out": 0},
                   {"month": "2026-10", "consumed": 300, "days_out": 0}],
        "days_with_stock": 92,
    }  # fmt: skip
    assert desk.run("amc", "PARA") == {
        "amc": 0.0, "method": "MDS-3", "months": [], "days_with_stock": 0
    }  # fmt: skip


def test_amc_without_days_out(desk: Terminal) -> None:
    desk.today = "2026-09-16"
    receive(desk, 50)
    desk.today = "2026-10-16"
    desk.run("dispense", *AMOX, "--quantity", "50")
    desk.today = "2026-11-22"
    answer = desk.run("amc", "AMOX")
    assert [(m["month"], m["days_out"]) for m in answer["months"]] == [
        ("2026-09", 15), ("2026-10", 16)
    ]  # fmt: skip
    assert answer["amc"] == 50.83
    assert answer["days_with_stock"] == 30


def test_order(desk: Terminal) -> None:
    desk.today = "2026-08-01"
    receive(desk, 500)
    for month in ("08", "09", "10"):
        desk.today = f"2026-{month}-15"
        desk.run("dispense", *AMOX, "--quantity", "150")
    desk.today = "2026-11-22"
    lines = desk.run("order")
    assert [line["code"] for line in lines] == ["AMOX", "DIES", "GLOV", "PARA"]
    because = lines[0].pop("because")
    assert lines[0] == {
        "code": "AMOX", "amc": 150.0, "on_hand": 50, "usable": 50, "at_risk": 0, "on_order": 0,
        "maximum": 450, "proposed": 400, "packs": 4, "pack_size": 100,
    }  # fmt: skip
    assert "450" in because
    assert because.isprintable()
    assert lines[1]["proposed"] == 0
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 50


def test_check(desk: Terminal) -> None:
    receive(desk)
    assert desk.run("check") == {"ok": True, "problems": []}
    assert desk.run("check", "--rebuild") == {"ok": True, "problems": []}


def test_a_quantity_that_is_none_is_refused(desk: Terminal) -> None:
    receive(desk)
    before = desk.state()
    for quantity in ("0", "-1", "-5", "1000000000000000", "1" * 5000, "ten", "1.5", "1e3", "🙂", "",
                     " ", "1 0", "\u202e5", "NaN"):  # fmt: skip
        goods = ("--lot", "A1", "--expiry", "2028-06")
        assert desk.refused("receive", *AMOX, "--quantity", quantity, *goods)
        assert desk.refused("dispense", *AMOX, "--quantity", quantity)
    assert desk.state() == before


def test_digits_of_the_region_are_read(desk: Terminal) -> None:
    desk.run("receive", *AMOX, "--quantity", "٢٥", "--lot", "A1", "--expiry", "2028-06")
    assert desk.run("stock", *AMOX)[0]["on_hand"] == 25


IMPOSSIBLE = [
    ("--expiry", "2027-13", "An expiry is written like"),
    ("--expiry", "2027-02-30", "An expiry is written like"),
    ("--expiry", "soon", "An expiry is written like"),
    ("--on", "2026-11-23", "has not come yet"),
    ("--on", "2026-02-30", "is not a date"),
    ("--on", "1026-11-20", "cannot be right"),
    ("--lot", "x" * 10_000, "longer than 40"),
    ("--lot", "", "needs its batch number"),
    ("--lot", "\u202eA1", "cannot be printed"),
    ("--source", "x" * 10_000, "longer than 200"),
    ("--source", "\u202eWHO", "turns text around"),
    ("--item", "NOPE", "no item with the code NOPE"),
    ("--item", "🙂", "no item with the code"),
    ("--item", "x" * 10_000, "no item with the code"),
    ("--item", "A\x00", "cannot be printed"),
    ("--source", "\udcff", "cannot be printed"),
]


def test_what_cannot_be_received_is_refused(desk: Terminal) -> None:
    before = desk.state()
    for option, value, words in IMPOSSIBLE:
        given = {"--item": "AMOX", "--quantity": "5", "--lot": "A1", "--expiry": "2028-06",
                 option: value}  # fmt: skip
        assert words in desk.refused("receive", *(part for pair in given.items() for part in pair))
    assert desk.state() == before


@pytest.mark.parametrize(
    "command",
    [
        ("frobnicate",), (), ("receive",), ("receive", "--item", "AMOX"), ("card",),
        ("reverse", "x"), ("stock", "--colour", "red"), ("clinics", "remove"),
        ("items", "import"), ("amc", "A", "B"), ("--json", "--json", "order", "--language"),
    ],
)  # fmt: skip
def test_misuse_is_told_apart_from_refusal(terminal: Terminal, command: tuple[str, ...]) -> None:
    code, _, err = terminal.raw(*command)
    assert code == 2
    assert err


def test_people_get_a_table(desk: Terminal) -> None:
    receive(desk)
    code, out, _ = desk.raw("stock", *AMOX)
    assert code == 0
    assert out.splitlines()[0].split() == ["code", "on_hand", "lots"]
    code, out, _ = desk.raw("check")
    assert out.splitlines()[0].split() == ["ok", "True"]
    assert desk.raw("card", "PARA")[1] == "(nothing)\n"


def test_a_clock_set_back_is_told_after_the_act(desk: Terminal) -> None:
    desk.run("receive", "--item", "AMOX", "--quantity", "9", "--lot", "A", "--expiry", "2028-06")
    desk.today = "2019-01-01"
    code, _, err = desk.raw("dispense", "--item", "AMOX", "--quantity", "1")
    assert code == 0
    assert err == (
        "The clock of this computer stands at 1 Jan 2019, before the last day on record "
        "22 Nov 2026. Check the date.\n"
    )


@pytest.mark.parametrize("quantity", ["1,000", "1.000", "1 000", "1\u00a0000", "1٬000", "١٬٠٠٠"])
def test_separators_are_not_guessed(desk: Terminal, quantity: str) -> None:
    for command in ("receive", "dispense"):
        said = desk.refused(command, *AMOX, "--quantity", quantity)
        assert said == "Write whole smallest units without separators, such as 1000."


def test_the_card_says_only_what_was_said(desk: Terminal) -> None:
    receive(desk, lot="LONG")
    receive(desk, lot="SHORT", expiry="2026-12-05")
    desk.raw("receive", *AMOX, "--quantity", "5", "--lot", "DEAD", "--expiry", "2026-10")
    reasons = {line["lot"]: line["reason"] for line in desk.run("card", "AMOX")}
    assert reasons == {"LONG": "", "SHORT": "ACCEPTED_AT_RECEIPT", "DEAD": ""}
