"""Clinics, places, settings and the list of items: what may change, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.queries.clinics import clinic_named, clinic_names, clinics, places, setting
from inventory.queries.items import (
    all_items,
    barcodes,
    item_by_code,
    item_by_id,
    item_of_barcode,
    packs,
    substitutes,
)
from inventory.queries.stock import stock_list
from inventory.services import items
from inventory.services.clinics import (
    ClinicFacts,
    NewClinic,
    add_clinic,
    add_place,
    change_clinic,
    keep_clinic,
    save_setting,
)
from tests.ready_clinic import TODAY, ReadyClinic, furnish


def write(clinic: ReadyClinic, use_case: object, *args: object, **more: object) -> object:
    with clinic.database.write() as connection:
        return use_case(connection, *args, **more)  # type: ignore[operator]


NAMES = Names(en="Ibuprofen 400 mg", ar="إيبوبروفين", ckb="ئیبوپرۆفین", fr="Ibuprofène")
DRAFT = ItemDraft("IBU", NAMES, "medicine", "tablet", 100, (10, 1000), ven="V",
                  barcodes=(Barcode("06285101000010", 100),), min_months=Fraction(3, 2),
                  max_months=Fraction(4))  # fmt: skip


def test_a_name_is_one_line_that_can_be_read(clinic: ReadyClinic) -> None:
    for name in ("", "  ", "x" * 81, "a\u202eb", "a\x00b", "\u2067x"):
        with pytest.raises(Refused):
            write(clinic, add_clinic, NewClinic(name), TODAY, 0)
        with pytest.raises(Refused):
            write(clinic, change_clinic, clinic.id, name=name)
        with pytest.raises(Refused):
            write(clinic, add_place, clinic.id, name)
    assert [row.name for row in clinic.ask(clinics)] == ["Al-Zuhoor"]


def test_a_clinic_has_a_place_and_its_own_name(clinic: ReadyClinic) -> None:
    other = furnish(clinic.database, "Al-Salam")
    with pytest.raises(Refused, match="already a clinic called Al-Salam"):
        write(clinic, change_clinic, clinic.id, name=" Al-Salam ")
    with pytest.raises(Refused, match="needs a place"):
        write(clinic, add_clinic, NewClinic("Third", places=()), TODAY, 0)
    write(clinic, change_clinic, other.id, name="Al-Salam", town="Mosul", colour="#123456")
    assert clinic.ask(clinics)[1].town == "Mosul"


def test_places_have_names_of_their_own_and_an_order(clinic: ReadyClinic) -> None:
    with pytest.raises(Refused, match="already a place called Store"):
        write(clinic, add_place, clinic.id, "Store", 5)
    write(clinic, add_place, clinic.id, "Fridge", -1)
    assert [p.name for p in clinic.ask(places, clinic.id)] == ["Fridge", "Pharmacy", "Store"]


def test_settings_are_kept_per_clinic(clinic: ReadyClinic) -> None:
    assert clinic.ask(setting, clinic.id, "amc_window", 3) == 3
    write(clinic, save_setting, clinic.id, "amc_window", 6)
    write(clinic, save_setting, clinic.id, "amc_window", 12)
    write(clinic, save_setting, 0, "names", {"ar": "الزهور"})
    assert clinic.ask(setting, clinic.id, "amc_window", 3) == 12
    assert clinic.ask(setting, 0, "names") == {"ar": "الزهور"}
    assert clinic.ask(setting, 0, "amc_window") is None


def test_an_item_is_added_and_changed(clinic: ReadyClinic) -> None:
    item_id = write(clinic, items.save_item, DRAFT, 5)
    row = clinic.ask(item_by_code, " IBU ")
    assert row.id == item_id
    assert (row.names, row.pack_size, row.ven) == (NAMES, 100, "V")
    assert (row.min_months, row.max_months) == (Fraction(3, 2), 4)
    assert [pack.size for pack in clinic.ask(packs, row.id)] == [100, 10, 1000]
    write(clinic, items.set_price, row.id, 10, 750)
    changed = ItemDraft("IBU", Names(en="Ibuprofen"), "medicine", "tablet", 10, (100,))
    assert write(clinic, items.save_item, changed, 6) == item_id
    row = clinic.ask(item_by_id, row.id)
    assert (row.names, row.pack_size, row.price, row.min_months) == (Names(en="Ibuprofen"), 10, 750,
                                                                    None)  # fmt: skip
    assert [code.code for code in clinic.ask(barcodes, row.id)] == ["06285101000010"]


def test_a_code_belongs_to_one_item(clinic: ReadyClinic) -> None:
    write(clinic, items.save_item, DRAFT, 5)
    amox = clinic.items["AMOX"]
    with pytest.raises(Refused, match="already belongs to Ibuprofen"):
        write(clinic, items.bind_barcode, "6285101000010", amox, 1, 7)
    with pytest.raises(Refused, match="last digit"):
        write(clinic, items.bind_barcode, "6285101000011", amox, 1, 7)
    with pytest.raises(Refused, match="holds at least 1"):
        write(clinic, items.bind_barcode, "own", amox, 0, 7)
    for code in ("", "a\x00b", "x" * 201):
        with pytest.raises(Refused, match="cannot be kept"):
            write(clinic, items.bind_barcode, code, amox, 1, 7)
    assert write(clinic, items.bind_barcode, " SHELF-7 ", amox, 1, 7) == "SHELF-7"
    assert write(clinic, items.bind_barcode, "SHELF-7", amox, 30, 7) == "SHELF-7"
    found = clinic.ask(item_of_barcode, "SHELF-7")
    assert found is not None
    assert (found[0].code, found[1]) == ("AMOX", 30)
    write(clinic, items.forget_barcode, "SHELF-7")
    assert clinic.ask(item_of_barcode, "SHELF-7") is None


def test_substitutes_are_bound_by_code(clinic: ReadyClinic) -> None:
    amox = clinic.items["AMOX"]
    write(clinic, items.bind_substitutes, amox, ["PARA", "GLOV", "PARA", "AMOX"])
    assert [row.code for row in clinic.ask(substitutes, amox)] == ["PARA", "GLOV"]
    with pytest.raises(Refused, match="no item with the code NOPE"):
        write(clinic, items.bind_substitutes, amox, ["NOPE"])
    assert [row.code for row in clinic.ask(substitutes, amox)] == ["PARA", "GLOV"]


def test_an_item_with_stock_stays_on_the_list(clinic: ReadyClinic) -> None:
    clinic.receive(quantity=5)
    amox = clinic.items["AMOX"]
    with pytest.raises(Refused, match="still has stock"):
        write(clinic, items.retire_item, amox, 9)
    number = clinic.dispense(quantity=5).number
    write(clinic, items.retire_item, amox, 9)
    assert "AMOX" not in [row.code for row in clinic.ask(all_items)]
    assert "AMOX" in [row.code for row in clinic.ask(all_items, inactive=True)]
    clinic.reverse(number)
    shown = {row.item.code: row.on_hand for row in clinic.ask(stock_list, clinic.id, TODAY)}
    assert shown == {"AMOX": 5}


def test_an_item_that_is_not_there_is_said(clinic: ReadyClinic) -> None:
    with pytest.raises(Refused, match="no item with the code NOPE"):
        clinic.ask(item_by_code, "NOPE")
    with pytest.raises(Refused, match="not in the list"):
        clinic.ask(item_by_id, 999)


@pytest.mark.parametrize("name", ["AL-ZUHOOR", " al-zuhoor  "])
def test_names_of_clinics_differ_by_more_than_case(clinic: ReadyClinic, name: str) -> None:
    with pytest.raises(Refused, match="already a clinic"):
        write(clinic, add_clinic, NewClinic(name), TODAY, 0)
    other = write(clinic, add_clinic, NewClinic("Second"), TODAY, 0)
    with pytest.raises(Refused, match="already a clinic"):
        write(clinic, change_clinic, other, name=name)
    with pytest.raises(Refused, match="already a clinic"):
        clinic.act(keep_clinic, ClinicFacts("second"))
    clinic.act(keep_clinic, ClinicFacts(name))
    assert clinic.ask(clinic_named, " SECOND ").id == other


def test_a_clinic_is_called_as_the_language_calls_it(clinic: ReadyClinic) -> None:
    write(clinic, save_setting, clinic.id, "names", {"ar": "الزهور", "fr": ""})
    assert clinic.ask(clinic_names, clinic.id, "Al-Zuhoor") == Names("Al-Zuhoor", "الزهور")
