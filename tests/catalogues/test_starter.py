"""The starter catalogue is complete, consistent and written as the people who use it write."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from inventory.domain.item_kinds import KINDS, SECTIONS
from inventory.domain.units import UNITS
from inventory.exchange.columns import guess
from inventory.exchange.fields import ITEM_FIELDS
from inventory.exchange.items_plan import plan_items
from inventory.exchange.table_file import read_table

STARTER = Path(__file__).parents[2] / "resources" / "catalogues" / "starter.csv"
HEADER = (
    "code,name_en,name_ar,name_ckb,name_fr,kind,unit,pack_size,barcode,ven,inn,strength,form,"
    "storage,controlled,packs,substitutes"
)
LANGUAGES = ("en", "ar", "ckb", "fr")
STORAGE = {"room", "cool", "fridge", "freezer"}
CONTROLLED = {"", "psychotropic", "narcotic", "locked"}
BRANDS = (
    "panadol", "augmentin", "ventolin", "flagyl", "lasix", "voltaren", "glucophage", "valium",
    "tegretol", "depakine", "zantac", "bactrim", "amoxil", "dettol", "betadine", "zyrtec",
    "tylenol", "brufen", "adol", "plumpy", "prevenar", "rotarix", "kleenex", "ambu",
)  # fmt: skip
Row = dict[str, str]

ROWS: list[Row] = list(csv.DictReader(STARTER.read_text("utf-8").splitlines()))
CODES = [row["code"] for row in ROWS]


def named(row: Row) -> list[str]:
    return [row[f"name_{language}"] for language in LANGUAGES]


def wrong(rows: list[Row]) -> list[str]:
    return [row["code"] for row in rows]


def test_the_file_is_plain_utf_8_with_the_promised_columns() -> None:
    raw = STARTER.read_bytes()
    assert raw.decode("utf-8").splitlines()[0] == HEADER
    assert b"\r" not in raw
    assert raw.endswith(b"\n")


def test_it_holds_what_a_health_centre_holds() -> None:
    assert len(ROWS) >= 230
    assert {row["kind"] for row in ROWS} == set(KINDS)
    assert {KINDS[row["kind"]].section for row in ROWS} == set(SECTIONS)


def test_codes_are_short_plain_and_unique() -> None:
    assert [code for code in CODES if not re.fullmatch(r"[A-Z0-9]{4,9}", code)] == []
    assert [code for code, times in Counter(CODES).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_has_a_name_of_its_own_in_every_language(language: str) -> None:
    names = [row[f"name_{language}"] for row in ROWS]
    assert [name for name, times in Counter(names).items() if times > 1 or not name] == []
    assert [name for name in names if name != " ".join(name.split(" ")).strip()] == []
    assert [name for name in names if name != unicodedata.normalize("NFC", name)] == []


def test_words_kept_as_codes_are_in_their_vocabularies() -> None:
    assert {row["unit"] for row in ROWS} <= UNITS.keys()
    assert {row["ven"] for row in ROWS} == {"V", "E", "N"}
    assert {row["storage"] for row in ROWS} == STORAGE
    assert {row["controlled"] for row in ROWS} == CONTROLLED
    assert {row["barcode"] for row in ROWS} == {""}


def test_only_kinds_that_can_be_controlled_or_cold_are() -> None:
    assert wrong([r for r in ROWS if r["controlled"] and not KINDS[r["kind"]].controlled]) == []
    cold = [r for r in ROWS if r["storage"] != "room"]
    assert wrong([r for r in cold if not KINDS[r["kind"]].cold_chain]) == []


def test_vaccines_and_insulins_are_kept_cold_and_diluents_are_not_frozen() -> None:
    vaccines = [r for r in ROWS if r["form"] == "vaccine"]
    assert wrong([r for r in vaccines if r["storage"] not in {"fridge", "freezer"}]) == []
    insulins = [r for r in ROWS if r["inn"].startswith("Insulin")]
    assert len(insulins) >= 3
    assert wrong([r for r in insulins if r["storage"] != "fridge"]) == []
    frozen = [r for r in ROWS if r["storage"] == "freezer"]
    assert wrong(frozen) == ["OPV20"]


def test_pack_sizes_are_whole_and_different() -> None:
    for row in ROWS:
        sizes = [row["pack_size"], *filter(None, row["packs"].split(";"))]
        assert [size for size in sizes if not re.fullmatch(r"[1-9]\d*", size)] == [], row["code"]
        assert len(set(sizes)) == len(sizes), row["code"]


def test_units_shown_with_decimals_come_in_packs_of_whole_units() -> None:
    for row in ROWS:
        smallest = 10 ** KINDS[row["kind"]].decimals
        for size in (row["pack_size"], *filter(None, row["packs"].split(";"))):
            assert int(size) % smallest == 0, row["code"]


def test_substitutes_are_other_items_of_the_list() -> None:
    for row in ROWS:
        substitutes = [code for code in row["substitutes"].split(";") if code]
        assert set(substitutes) <= set(CODES) - {row["code"]}, row["code"]
        assert len(set(substitutes)) == len(substitutes), row["code"]
    assert sum(1 for row in ROWS if row["substitutes"]) >= 150


def test_medicines_say_what_they_are() -> None:
    medicines = [row for row in ROWS if row["kind"] == "medicine"]
    assert wrong([r for r in medicines if not r["inn"] and r["code"] != "RUTF92S"]) == []
    assert wrong([r for r in medicines if not r["form"]]) == []
    measured = [r for r in medicines if r["strength"] and "+" not in r["strength"]]
    assert wrong([r for r in measured if r["strength"] not in r["name_en"]]) == []


def test_strengths_cannot_be_misread() -> None:
    for row in ROWS:
        for text in (*named(row), row["strength"]):
            assert "µ" not in text, text
            assert "μ" not in text, text
            assert not re.search(r"\d\.\d*0(?!\d)", text), text
            assert not re.search(r"(?<!\d)[.,]\d", text), text
            assert not re.search(r"\d(?:mg|mcg|mL|ml|kg|IU|UI|ملغ|مل|غم|ملگ|گم)\b", text), text
            assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", text), text
        # Decimal comma in French, where thousands part by a space; elsewhere the other way round.
        assert not re.search(r"\d\.\d|\d,\d*0(?!\d)", row["name_fr"]), row["name_fr"]
        others = (row["name_en"], row["name_ar"], row["name_ckb"])
        assert not re.search(r"\d,\d(?!\d\d(?!\d))", " ".join(others)), row["code"]


def letters_in(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c).startswith("L") and not c.isascii()}


def test_arabic_names_are_in_arabic_letters() -> None:
    arabic = {chr(c) for c in (*range(0x0621, 0x063B), *range(0x0641, 0x064B))}
    for row in ROWS:
        assert letters_in(row["name_ar"]) <= arabic, row["name_ar"]
        assert letters_in(row["name_ar"]), row["code"]


def test_kurdish_names_are_in_sorani_letters() -> None:
    sorani = set("ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ")
    for row in ROWS:
        assert letters_in(row["name_ckb"]) <= sorani, row["name_ckb"]
        assert letters_in(row["name_ckb"]), row["code"]
        # A word cannot begin with a vowel that has no carrier, nor with a light r.
        assert not re.search(r"(?<!\w)[اەێۆر](?=\w)", row["name_ckb"]), row["name_ckb"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PARA500T", "Paracétamol 500 mg comprimé"),
        ("METR500T", "Métronidazole 500 mg comprimé"),
        ("OMEP20C", "Oméprazole 20 mg gélule"),
        ("CEFA500C", "Céfalexine 500 mg gélule"),
        ("ERYT250T", "Érythromycine 250 mg comprimé"),
        ("ENAL5T", "Énalapril 5 mg comprimé"),
        ("DIAZ5T", "Diazépam 5 mg comprimé"),
        ("NITR100C", "Nitrofurantoïne 100 mg gélule"),
        ("PHEY100C", "Phénytoïne 100 mg gélule"),
        ("COLC05T", "Colchicine 0,5 mg comprimé"),
        ("GLOVM", "Gants d’examen nitrile, taille M"),
    ],
)
def test_french_names_are_written_as_in_france(code: str, name: str) -> None:
    assert next(row["name_fr"] for row in ROWS if row["code"] == code) == name


@pytest.mark.parametrize(
    ("code", "ar", "ckb", "en"),
    [
        ("PARA500T", "باراسيتامول 500 ملغ قرص", "پاراسیتامۆڵ 500 ملگ حەب",
         "Paracetamol 500 mg tablet"),
        ("AMOX500C", "أموكسيسيلين 500 ملغ كبسولة", "ئەمۆکسیسیلین 500 ملگ کەپسوول",
         "Amoxicillin 500 mg capsule"),
        ("CEFT1V", "سيفترياكسون 1 غم مسحوق للحقن، فيال", "سێفتریاکسۆن 1 گم تۆز بۆ دەرزی، ڤیاڵ",
         "Ceftriaxone 1 g powder for injection, vial"),
        ("SYRG5", "محقنة 5 مل مع إبرة 21G، معقمة", "سرنجی 5 مل لەگەڵ دەرزی 21G، ستێریل",
         "Syringe 5 mL with needle 21G, sterile"),
    ],
)  # fmt: skip
def test_names_read_as_on_the_forms(code: str, ar: str, ckb: str, en: str) -> None:
    row = next(row for row in ROWS if row["code"] == code)
    assert (row["name_ar"], row["name_ckb"], row["name_en"]) == (ar, ckb, en)


def test_there_are_no_brands() -> None:
    for row in ROWS:
        words = set(re.findall(r"[a-z]+", " ".join((row["name_en"], row["name_fr"])).lower()))
        assert words.isdisjoint(BRANDS), row["code"]


def test_the_program_takes_the_whole_list() -> None:
    table = read_table(STARTER)
    mapping = guess(table.headings, ITEM_FIELDS)
    plan = plan_items(table, mapping, {})
    assert plan.refused == ()
    assert [planned.value.code for planned in plan.added] == CODES
