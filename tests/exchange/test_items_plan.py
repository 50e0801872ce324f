"""What a list of items would add, change and leave alone."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.domain.item import Barcode, ItemDraft
from inventory.domain.names import Names
from inventory.domain.sentence import Refused
from inventory.exchange.columns import guess
from inventory.exchange.fields import ITEM_FIELDS
from inventory.exchange.items_plan import ItemPlan, as_cells, plan_items
from inventory.exchange.items_table import write_items
from inventory.exchange.progress import Cancelled, Progress
from inventory.exchange.refused_rows import write_refused_rows
from inventory.exchange.table_file import read_table
from inventory.exchange.table_writer import csv_bytes
from inventory.language import language
from tests.exchange.tables import cells, plan_of, read_text, said

BOX, CARTON, OTHER = "06281086012345", "16281086012342", "06291041500213"
PARACETAMOL = ItemDraft(
    "PCM500", Names("Paracetamol 500 mg tablet", "باراسيتامول"), "medicine", "tablet", 1000,
    packs=(100,), barcodes=(Barcode(BOX, 1000), Barcode(CARTON, 100)),
    ven="E", inn="paracetamol", min_months=Fraction(3, 2),
)  # fmt: skip
THERE = {"PCM500": PARACETAMOL}
HEAD = "code,name_en,name_ar,kind,unit,pack_size,barcode,ven\n"


def drafts(plan: ItemPlan) -> dict[str, ItemDraft]:
    return {planned.value.code: planned.value for planned in plan.planned}


def test_a_new_item_is_read_whole(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "code,name_en,name_ckb,kind,unit,pack_size,barcode,ven,inn,strength,form,storage,"
        "controlled,packs,min_months,max_months\n"
        "DZP5,Diazepam,دیازێپام,drug,amp,10,6281086012345,v,diazepam,5 mg/ml,injection,room,"
        'psychotropic,"50; 100","1,5",4\n',
    )
    assert drafts(plan)["DZP5"] == ItemDraft(
        "DZP5", Names("Diazepam", ckb="دیازێپام"), "medicine", "ampoule", 10, (50, 100),
        (Barcode("06281086012345", 10),), "V", "diazepam", "5 mg/ml", "injection", "room",
        "psychotropic", (), Fraction(3, 2), Fraction(4),
    )  # fmt: skip


def test_a_list_with_a_code_and_a_name_is_enough(tmp_path: Path) -> None:
    (planned,) = plan_of(tmp_path, "code,name\nA1,Something\n").added
    assert (planned.value.kind, planned.value.unit, planned.value.pack_size) == (
        "medicine", "tablet", 1,
    )  # fmt: skip


def test_thousands_are_written_in_two_ways(tmp_path: Path) -> None:
    english = plan_of(
        tmp_path, 'code,name,pack_size\nA1,One,"1,000"\nA2,Two,١٠٠٠\nA3,Three,1000.0\n'
    )
    french = plan_of(tmp_path, "code;nom;pack_size;prix\nA1;Un;1.000;30,36\nA2;Deux;1 000;2,5\n")
    for plan in (english, french):
        assert {draft.pack_size for draft in drafts(plan).values()} == {1000}


def test_a_kind_brings_its_own_unit(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "D,Diesel,,fuel,,2000,,\nG,Gauze,,مستلزمات طبية,,,,N\n")
    assert [draft.unit for draft in drafts(plan).values()] == ["litre", "piece"]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    content = HEAD + "A1,One,واحد,medicine,tab,100,6281086012345,V\nB2,Two,,fuel,l,2000,,\n"
    first = plan_of(tmp_path, content)
    second = plan_of(tmp_path, content, drafts(first))
    assert (len(first.added), second.planned, second.unchanged) == (2, (), 2)


def test_a_blank_cell_keeps_what_is_there(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "PCM500,,,,,,,\n", THERE)
    assert (plan.unchanged, plan.planned) == (1, ())


def test_a_change_says_what_it_changes(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "PCM500,,باراسيتمول,,,500,,V\n", THERE)
    (planned,) = plan.updated
    assert {(c.field, c.before, c.after) for c in planned.changes} == {
        ("name_ar", "باراسيتامول", "باراسيتمول"),
        ("pack_size", "1000", "500"),
        ("packs", "100", "1000; 100"),
        ("barcode", f"{BOX}; {CARTON}=100", f"{BOX}=1000; {CARTON}=100"),
        ("ven", "E", "V"),
    }  # fmt: skip


def test_a_barcode_follows_the_usual_pack_but_not_one_learned_on_another(tmp_path: Path) -> None:
    row = f"PCM500,,,,,500,{BOX} {CARTON} {OTHER}=50,\n"
    (planned,) = plan_of(tmp_path, HEAD + row, THERE).updated
    assert planned.value.barcodes == (
        Barcode(BOX, 500),
        Barcode(OTHER, 50),
        Barcode(CARTON, 100),
    )


def test_codes_differ_by_more_than_their_case(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "pcm500,Paracetamol 500 mg tablet,,,,,,\n", THERE)
    assert plan.unchanged == 1
    plan = plan_of(tmp_path, HEAD + "٩٩,One,,,,,,\n99,One,,,,,,\n")
    assert (list(drafts(plan)), plan.unchanged) == (["99"], 1)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",No code,,,,,,", "code", "needs a code"),
        ("A B,One,,,,,,", "code", "no spaces"),
        ("X" * 33 + ",One,,,,,,", "code", "longer than 32"),
        ("A1,,,,,,,", "name_en", "at least one language"),
        ("A1," + "n" * 201 + ",,,,,,", "name_en", "longer than 200"),
        ("A1," + "n" * 10_000 + ",,,,,,", "name_en", "10000 characters"),
        ("A1,a\0b,,,,,,", "name_en", "NUL"),
        ("A1,a\u202eb,,,,,,", "name_en", "turns text around"),
        ("A1,One,,spaceship,,,,", "kind", "no kind called spaceship"),
        ("A1,One,,,furlong,,,", "unit", "no unit called furlong"),
        ("A1,One,,,,10x10,,", "pack_size", "Write one whole number, such as 100"),
        ("A1,One,,,,0,,", "pack_size", "between 1 and"),
        ("A1,One,,,,-5,,", "pack_size", "whole number"),
        ("A1,One,,,,1000000000000000,,", "pack_size", "between 1 and"),
        ("A1,One,,,,2.5,,", "pack_size", "whole number"),
        ("A1,One,,,,1.000,,", "pack_size", "whole number"),
        ('A1,One,,,,"10,5",,', "pack_size", "whole number"),
        ("A1,One,,,,many,,", "pack_size", "whole number"),
        ("A1,One,,,,💊,,", "pack_size", "whole number"),
        ("A1,One,,,,,6281086012343,", "barcode", "last digit should be 5"),
        ("A1,One,,,,,62810,", "barcode", "not a product code"),
        ("A1,One,,,,,6.28109E+12,", "barcode", "cut the digits"),
        ("A1,One,,,,,,X", "ven", "Write V, E or N"),
    ],
)
def test_a_bad_cell_leaves_its_row_out_and_says_why(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    plan = plan_of(tmp_path, HEAD + "OK1,Good,,,,,,\n" + row + "\nOK2,Good too,,,,,,\n")
    assert [planned.value.code for planned in plan.added] == ["OK1", "OK2"]
    ((number, refused_column, why),) = said(plan)
    assert (number, refused_column) == (3, column)
    assert reason in why
    assert plan.refused_rows == (3,)


def test_all_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + "A1,,,spaceship,,x,,\n")
    assert [column for _, column, _ in said(plan)] == ["kind", "name_en", "pack_size"]


def test_a_bad_cell_in_a_column_nobody_uses_harms_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "code,name_en,remark\nA1,One,a\0b\n")
    assert (len(plan.added), plan.refused) == (1, ())


def test_a_code_twice_in_one_file(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        HEAD + "A1,Amoxicillin 500 mg,,,,,,\nA1,Ampicillin,,,,,,\nA1,Amoxicillin 500 mg,,,,,,\n"
        "A1,Amoxicillin 500 mg,,,,100,,\n",
    )
    assert (len(plan.added), plan.unchanged) == (1, 1)
    assert said(plan) == [
        (3, "code", "Already in row 2 with another name: Amoxicillin 500 mg"),
        (5, "code", "Already in row 2 with other values."),
    ]


def test_a_barcode_belongs_to_one_item(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        f"{HEAD}A1,One,,,,,{BOX},\nA2,Two,,,,,{OTHER},\nA3,Three,,,,,{OTHER},\n",
        THERE,
    )
    assert said(plan) == [
        (2, "barcode", "This barcode already belongs to Paracetamol 500 mg tablet."),
        (4, "barcode", "This barcode already belongs to Two."),
    ]


def test_substitutes_may_come_later_in_the_file_but_must_come(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "code,name,substitutes\nA1,One,a2; PCM500\nA2,Two,\nA3,Three,GONE\nA4,Four,A3\n",
        THERE,
    )
    assert drafts(plan)["A1"].substitutes == ("A2", "PCM500")
    assert said(plan) == [
        (4, "substitutes", "There is no item with the code GONE."),
        (5, "substitutes", "There is no item with the code A3."),
    ]


def test_stock_that_was_counted_keeps_its_measure(tmp_path: Path) -> None:
    content = HEAD + "PCM500,,,fuel,capsule,,,\n"
    assert len(plan_of(tmp_path, content, THERE).updated) == 1
    plan = plan_of(tmp_path, content, THERE, in_use={"PCM500"})
    assert [column for _, column, _ in said(plan)] == ["unit", "kind"]


def test_controlled_is_a_schedule_a_yes_or_a_no(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path, "code,name,controlled\nA1,One,narcotic\nA2,Two,نعم\nA3,Three,No\nA4,Four,\n"
    )
    assert [draft.controlled for draft in drafts(plan).values()] == ["narcotic", "locked", "", ""]


def test_text_that_looks_like_a_formula_is_only_text(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "code,name\nA1,=cmd|' /C calc'!A0\nA2,'=1+1\n")
    assert [draft.names.en for draft in drafts(plan).values()] == ["=cmd|' /C calc'!A0", "=1+1"]


def test_a_table_without_a_code_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No column is headed code"):
        plan_of(tmp_path, "colour,name_en\nred,One\n")


def test_what_is_exported_imports_unchanged(tmp_path: Path) -> None:
    there = {**THERE, "DZL": ItemDraft("DZL", Names("Diesel"), "fuel", "litre", 2000, (10,))}
    rows = [list(as_cells(draft).values()) for draft in there.values()]
    content = csv_bytes(list(as_cells(PARACETAMOL)), rows)
    plan = plan_of(tmp_path, content, there)
    assert (plan.unchanged, plan.planned, plan.refused) == (2, (), ())
    assert drafts(plan_of(tmp_path, content)) == there


def test_fifty_thousand_rows_can_be_watched_and_stopped(tmp_path: Path) -> None:
    content = HEAD + "".join(f"M{n},Medicine {n},,medicine,tablet,100,,E\n" for n in range(50_000))
    told: list[tuple[int, int]] = []
    plan = plan_of(tmp_path, content, progress=Progress(lambda *step: told.append(step)))
    assert len(plan.added) == 50_000
    assert told[-1] == (50_000, 50_000)
    with pytest.raises(Cancelled):
        plan_of(tmp_path, content, progress=Progress(cancelled=lambda: True))


cell = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.tuples(*[cell] * 8), max_size=6))
def test_any_cells_are_planned_or_refused(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    content = csv_bytes(HEAD.strip().split(","), [["A1", "One", *[""] * 6], *rows])
    plan = plan_of(tmp_path, content)
    again = plan_of(tmp_path, content, drafts(plan))
    assert again.planned == ()
    assert len(again.refused_rows) == len(plan.refused_rows)


@pytest.mark.parametrize("name", ["items.csv", "items.xlsx"])
def test_the_written_list_imports_unchanged(tmp_path: Path, name: str) -> None:
    there = {**THERE, "+1": ItemDraft("+1", Names("=SUM(A1)", "-شاش"), "supply", "roll")}
    write_items(tmp_path / name, there.values(), language("ar"))
    table = read_table(tmp_path / name)
    plan = plan_items(table, guess(table.headings, ITEM_FIELDS), {})
    assert drafts(plan) == there


def test_refused_rows_are_written_to_be_mended(tmp_path: Path) -> None:
    table = read_text(tmp_path, "Code,Name,Pack size\nA1,One,1\nA2,=Two,ten\n,a\0b,1\n")
    plan = plan_items(table, guess(table.headings, ITEM_FIELDS), {})
    write_refused_rows(tmp_path / "refused.csv", table, plan, language("en"))
    mended = read_table(tmp_path / "refused.csv")
    assert mended.headings == ("Code", "Name", "Pack size", "Why")
    assert cells(mended)[0][:3] == ("A2", "=Two", "ten")
    assert "Pack size: Write one whole number" in cells(mended)[0][3]
    assert cells(mended)[1][1] == "a\u25a1b"
