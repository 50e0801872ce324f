"""Scans: generated packs through every mishap, and real ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inventory.domain.expiry import Expiry
from inventory.domain.gtin import LENGTHS, check_digit
from inventory.domain.order_symbol import OrderLine, write_symbols
from inventory.domain.scan import Scan, ScanKind, read_scan
from tests.domain.gs1_strings import GS, PLAIN_VALUES, TODAY, Pack, packs, typed_in

AIM = st.sampled_from(["]d2", "]C1", "]Q3", "]e0", "]J1"])
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BX = Pack(
    "06291100081233", Expiry.of_day(date(2028, 11, 30)), None, "BX-90/2", "7K2P9",
    ("01", "17", "10", "21", "11"),
)  # fmt: skip


def scan(text: str) -> Scan:
    return read_scan(text, TODAY)


def says(found: Scan, pack: Pack) -> bool:
    return (found.kind, found.gtin, found.lot, found.expiry, found.production, found.serial) == (
        ScanKind.GS1, pack.gtin, pack.lot, pack.expiry, pack.made, pack.serial,
    )  # fmt: skip


def warnings(text: str) -> list[str]:
    return [str(warning) for warning in scan(text).warnings]


@given(packs(), AIM)
def test_a_named_message_is_read_in_any_order(pack: Pack, aim: str) -> None:
    assert says(scan(aim + pack.text()), pack)


@given(packs(first="gtin"))
def test_an_unnamed_message_is_known_by_its_product_number(pack: Pack) -> None:
    assert says(scan(pack.text()), pack)


@given(packs(PLAIN_VALUES))
def test_an_unnamed_message_in_any_order_is_known_when_all_of_it_is_sound(pack: Pack) -> None:
    assert says(scan(pack.text()), pack)


@given(packs(), st.sampled_from(["^", "|", "~", "<GS>", "{GS}", "␝", " ", "\x1e"]), AIM)
def test_substitutes_for_the_separator(pack: Pack, substitute: str, aim: str) -> None:
    assert says(scan(aim + pack.text(substitute)), pack)


@given(packs(first="gtin"), AIM | st.just(""), st.sampled_from(["\r", "\n", "\r\n", "\t", " "]))
def test_endings_leading_separators_and_arabic_digits(pack: Pack, aim: str, ending: str) -> None:
    assert says(scan(aim + pack.text() + ending), pack)
    assert says(scan(aim + GS + pack.text()), pack)
    assert says(scan((aim + pack.text()).translate(ARABIC)), pack)


# The keys L and Z write signs that a US board has too: alone they give nothing away.
TELLING = PLAIN_VALUES.map(lambda value: f"B{value[:19]}")


@given(packs(TELLING, first="gtin"), AIM | st.just(""))
def test_an_arabic_keyboard_is_read_by_position(pack: Pack, aim: str) -> None:
    typed = typed_in(aim + pack.text(), "ara")
    found = scan(typed)
    assert says(found, pack)
    assert found.raw == typed
    assert "not set to English" in str(found.warnings[-1])


@given(packs(PLAIN_VALUES, first="gtin"), AIM | st.just(""))
def test_a_kurdish_keyboard_keeps_product_and_expiry(pack: Pack, aim: str) -> None:
    """Two keys of that layout write one letter, so only the numbers are sure."""
    found = scan(typed_in(aim + pack.text(), "ckb"))
    assert (found.gtin, found.expiry) == (pack.gtin, pack.expiry)
    assert found.warnings or says(found, pack)


@given(packs(PLAIN_VALUES, first="gtin"), st.sampled_from(["]d2", "]C1", "]Q3", "]J1"]))
def test_caps_lock_is_undone(pack: Pack, aim: str) -> None:
    found = scan((aim + pack.text()).swapcase())
    assert says(found, pack)
    assert "Caps Lock" in str(found.warnings[-1])


@given(packs(PLAIN_VALUES, first="gtin"), AIM)
def test_a_lost_separator_is_repaired_or_said(pack: Pack, aim: str) -> None:
    """Never a different expiry without a word; the batch is right or a person is asked."""
    assume(GS in pack.text())
    found = scan(aim + pack.text(""))
    assert found.gtin == pack.gtin
    assert found.warnings or (found.lot == pack.lot and found.expiry == pack.expiry)


@given(st.text())
def test_no_text_raises(text: str) -> None:
    found = scan(text)
    assert found.raw == text
    assert isinstance(found.kind, ScanKind)


@given(packs(), st.text(max_size=5), st.integers(0, 60), st.sampled_from(["", "]d2", "]C1"]))
def test_no_damaged_message_raises(pack: Pack, junk: str, place: int, aim: str) -> None:
    text = aim + pack.text()
    for damaged in (text[:place] + junk + text[place:], text[:place], text[place:]):
        found = scan(damaged)
        assert found.gtin is None or check_digit(found.gtin[:-1]) == found.gtin[-1]


@given(st.text("01789]dC2QE٠١لآبِْ^~\x1d\x00\ufeff\u202eA", max_size=60))
def test_no_near_miss_raises(text: str) -> None:
    assert scan(text).raw == text


def test_a_photographed_pack() -> None:
    found = scan(f"010890381998765921S1ND6MPPFCGG6B869XES{GS}1731063010BNav4Cam2")
    assert (found.gtin, found.serial) == ("08903819987659", "S1ND6MPPFCGG6B869XES")
    assert (found.lot, found.expiry) == ("BNav4Cam2", Expiry.of_day(date(2031, 6, 30)))
    assert found.warnings == ()


@pytest.mark.parametrize("length", LENGTHS)
@given(data=st.data())
def test_plain_product_numbers(length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length - 1, max_size=length - 1))
    digits = body + check_digit(body)
    for text in (digits, f"]E0{digits}", digits.translate(ARABIC), f"{digits}\r"):
        found = scan(text)
        assert (found.kind, found.gtin, found.lot) == (ScanKind.GTIN, digits.zfill(14), None)
    wrong = body + str((int(digits[-1]) + 1) % 10)
    assert (scan(wrong).kind, scan(wrong).gtin) == (ScanKind.UNKNOWN, None)
    assert warnings(wrong) == [f"The last digit should be {digits[-1]}. Check the pack."]


@pytest.mark.parametrize(
    ("digits", "expiry"),
    [
        ("310630", "2031-06-30"),
        ("240200", "2024-02"),
        ("280229", "2028-02-29"),
        ("760101", "2076-01-01"),
        ("770101", "1977-01-01"),
        ("281100", "2028-11"),
    ],
)
def test_gs1_dates(digits: str, expiry: str) -> None:
    found = scan(f"]d2010629110008123317{digits}")
    assert found.expiry == Expiry.from_iso(expiry)
    assert found.warnings == ()


@pytest.mark.parametrize("digits", ["270229", "270001", "271301", "270432", "000000"])
def test_impossible_dates_are_said(digits: str) -> None:
    found = scan(f"]d2010629110008123317{digits}10BX")
    assert (found.expiry, found.lot) == (None, "BX")
    assert [str(w) for w in found.warnings] == [
        f"The code gives {digits} as the expiry: there is no such day. Type it from the pack."
    ]
    made = scan(f"]d201062911000812331728113011{digits}")
    assert (made.production, made.expiry) == (None, BX.expiry)
    assert str(made.warnings[0]).endswith("as the day it was made: there is no such day.")


def test_the_century_follows_the_day_and_not_the_clock() -> None:
    code = "]d2010629110008123317310630"
    assert read_scan(code, date(1999, 1, 1)).expiry == Expiry.of_day(date(2031, 6, 30))
    assert read_scan(code, date(2080, 1, 1)).expiry == Expiry.of_day(date(2031, 6, 30))
    assert read_scan(code, date(2081, 1, 1)).expiry == Expiry.of_day(date(2131, 6, 30))


def test_a_wrong_check_digit_keeps_the_rest_and_says_so() -> None:
    for aim in ("]d2", ""):
        found = scan(f"{aim}01062911000812341728113010BX")
        assert (found.kind, found.gtin, found.lot) == (ScanKind.GS1, None, "BX")
        assert [str(w) for w in found.warnings] == ["The last digit should be 3. Check the pack."]


def test_the_day_it_was_made_is_not_taken_for_the_expiry() -> None:
    found = scan("]d201062911000812331726110111281031")
    assert (found.production, found.expiry) == (
        date(2026, 11, 1),
        Expiry.of_day(date(2028, 10, 31)),
    )
    assert [str(w) for w in found.warnings] == [
        "2026-11-01 is the day it was made; the pack also says 2028-10-31. Taken: 2028-10-31."
    ]
    same = scan("]d201062911000812331726110111261101")
    assert (same.production, same.expiry) == (date(2026, 11, 1), None)
    assert "cannot be its expiry" in str(same.warnings[0])


@pytest.mark.parametrize(
    "order", [("01", "10", "17", "21"), ("01", "21", "17", "10"), ("01", "21", "10", "17")]
)
def test_a_swallowed_expiry_is_found_again(order: tuple[str, ...]) -> None:
    pack = Pack(BX.gtin, BX.expiry, None, BX.lot, None if order[1] == "10" else "7K2P9", order)
    found = scan(pack.text(""))
    assert found.expiry == pack.expiry
    assert "sent no separator" in str(found.warnings[0])
    if order[2] == "17":
        assert says(found, pack)


@pytest.mark.parametrize("lot", ["BX-90/2217K2P9", "ABC1221X", "LOTNUMBER1234"])
def test_a_batch_that_may_have_swallowed_more_is_said(lot: str) -> None:
    found = scan(f"01062911000812331728113010{lot}")
    assert (found.lot, found.expiry) == (lot, BX.expiry)
    assert [str(w) for w in found.warnings] == [
        f"The scanner sent no separator. The batch {lot} may hold more than the batch: "
        "compare it with the pack."
    ]


def test_a_scanner_that_sends_separators_is_believed() -> None:
    assert warnings(f"010629110008123321A1{GS}1728113010ABC1221X") == []


def test_small_letters_in_a_batch_are_said() -> None:
    assert warnings("01062911000812331728113010bx") == [
        "The batch came in small letters. Compare it: Caps Lock may be on."
    ]


def test_a_pack_typed_as_it_is_printed() -> None:
    found = scan("(01)06291100081233(17)281130(10)BX-90/2(21)7K2P9")
    assert says(found, BX)


def test_a_carton_says_how_many_packs_are_in_it() -> None:
    found = scan(f"]C1020629110008123337120{GS}10AB")
    assert (found.gtin, found.count, found.lot) == ("06291100081233", 120, "AB")
    assert scan("]d201062911000812333025").count == 25


def test_an_expiry_with_a_time_is_an_expiry() -> None:
    found = scan(f"]d20106291100081233700328113023591{GS}10AB".replace("23591", "2359"))
    assert (found.expiry, found.lot) == (BX.expiry, "AB")


def test_best_before_is_not_an_expiry() -> None:
    found = scan("]d2010629110008123315281130")
    assert found.expiry is None
    assert "2028-11-30 is a best-before day, not an expiry." in str(found.warnings[0])


def test_a_pallet_is_not_a_product() -> None:
    found = scan("]C100106141412345678908")
    assert (found.kind, found.gtin) == (ScanKind.GS1, None)
    assert warnings("]C100106141412345678908") == ["This label names a pallet, not a product."]
    assert warnings("]C117281130") == ["The code names no product."]


def test_what_is_not_understood_is_shown() -> None:
    found = scan("]d2010629110008123317281130€uro")
    assert (found.gtin, found.expiry) == (BX.gtin, BX.expiry)
    assert "Part of the code was not understood: €uro." in str(found.warnings[0])
    twice = scan(f"]d2010629110008123310A{GS}10B")
    assert (twice.lot, len(twice.warnings)) == ("A", 1)


def test_what_runs_over_before_another_element_is_not_lost_in_silence() -> None:
    found = scan(f"]d2010629110008123310A€{GS}17281130")
    assert (found.lot, found.expiry) == (None, BX.expiry)
    assert [str(w) for w in found.warnings] == [
        "Part of the code was not understood: 10A€. Compare with the pack."
    ]
    both = scan(f"]d2010629110008123310A{'B' * 20}{GS}21C€{GS}17281130")
    assert (both.lot, both.serial, both.expiry) == (None, None, BX.expiry)
    assert "10ABBBBBBBBBBBBBBBBBBBB 21C€" in str(both.warnings[0])


def test_a_named_message_with_nothing_in_it_is_unknown() -> None:
    assert scan("]d2€").kind is ScanKind.UNKNOWN
    assert warnings("]d2€") == [
        "The code cannot be read. Scan it again, or type what the pack says."
    ]


def test_a_shops_own_number_is_said() -> None:
    digits = "020000000001" + check_digit("020000000001")
    assert "shop's own number" in warnings(f"]d2010{digits}17281130")[0]


@pytest.mark.parametrize("aim", ["", "]C0", "]Q1", "]d1"])
def test_our_own_labels_and_papers(aim: str) -> None:
    label = scan(f"{aim}ITM-MED-0041")
    assert (label.kind, label.item_code) == (ScanKind.OWN, "MED-0041")
    for number in ("GRN-2026-00012", "DSP-2026-01846", "ORD-2026-00031", "ADJ-2026-00001"):
        paper = scan(aim + number)
        assert (paper.kind, paper.document, paper.warnings) == (ScanKind.OWN, number, ())


def test_our_own_codes_under_caps_lock_and_arabic() -> None:
    assert scan("itm-med-0041").item_code == "MED-0041"
    assert scan("grn-2026-00012").document == "GRN-2026-00012"
    assert scan(typed_in("ITM-MED-0041", "ara")).item_code == "MED-0041"
    assert scan(typed_in("ORD-2026-00031", "ara")).document == "ORD-2026-00031"


ORDER = write_symbols(
    "ORD-2026-00031", "MOS-014", TODAY, [OrderLine("AMLO5T", 2310), OrderLine("GAUZ10", 800)]
)[0]


@pytest.mark.parametrize("text", [ORDER, f"]Q1{ORDER}", ORDER.lower(), typed_in(ORDER, "ara")])
def test_an_order_symbol_is_read(text: str) -> None:
    found = scan(text)
    assert found.kind is ScanKind.ORDER
    assert found.symbol is not None
    assert found.symbol.lines == (OrderLine("AMLO5T", 2310), OrderLine("GAUZ10", 800))


def test_a_damaged_order_symbol_is_an_order_and_damaged() -> None:
    found = scan(ORDER.replace("2310", "2311"))
    assert (found.kind, found.symbol) == (ScanKind.ORDER, None)
    assert [str(w) for w in found.warnings] == ["The order symbol is damaged. Scan it again."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "amoxicillin",
        "باراسيتامول",
        "پاراسیتامۆل",
        "01234",
        "https://gudea.iq/x?y=1",
        "[)>\x1e06\x1d9N110375286414\x1d1TABC\x1e\x04",
        "1" * 10000,
        "😀",
        "\u202e6291100081233",
    ],
)
def test_other_text_is_unknown_without_a_word(text: str) -> None:
    found = scan(text)
    assert (found.kind, found.gtin, found.warnings) == (ScanKind.UNKNOWN, None, ())


def test_a_count_that_swallowed_a_batch_is_no_count_and_no_fault() -> None:
    for text in ("0106285096000815" + "37281850960LOT", "0106285096000835" + "30" + "12LOT"):
        assert read_scan(text, TODAY).count is None
