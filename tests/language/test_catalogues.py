"""The tool that keeps the catalogues: update, check, missing, fill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inventory.language import catalogues, po_files
from inventory.language.sources import Sources, read_text

FIRST = """
say("Receive")
say("Only {n} here.", n=1)
count("{n} box", "{n} boxes", 2)
"""


@pytest.fixture
def sources() -> Sources:
    return read_text(FIRST, "inventory/a.py")


@pytest.fixture
def folder(tmp_path: Path, sources: Sources) -> Path:
    catalogues.update(tmp_path, sources)
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}


def test_there_are_four_catalogues(folder: Path) -> None:
    assert sorted(texts(folder)) == ["ar.po", "ckb.po", "fr.po", "messages.pot"]


def test_updating_twice_changes_nothing(folder: Path, sources: Sources) -> None:
    before = texts(folder)
    catalogues.update(folder, sources)
    assert texts(folder) == before


def test_a_moved_sentence_changes_nothing(folder: Path) -> None:
    before = texts(folder)
    catalogues.update(folder, read_text("\n\n" + FIRST, "inventory/a.py"))
    assert texts(folder) == before


def test_filling_and_checking(folder: Path, sources: Sources) -> None:
    boxes = ["لا علب", "علبة", "علبتان", "{n} علب", "{n} علبة", "{n} علبة"]
    given = {"Receive": "استلام", "Only {n} here.": "هنا {n} فقط.", "{n} box": boxes}
    assert catalogues.fill(folder, sources, "ar", given) == []
    assert [fault for fault in catalogues.check(folder, sources) if fault.startswith("ar")] == []
    assert catalogues.missing(folder, sources, "ar") == {}


def test_broken_translations_are_left_out(folder: Path, sources: Sources) -> None:
    given = {"Receive": "استلام", "Only {n} here.": "هنا فقط.", "Gone": "راح", "{n} box": ["علبة"]}
    assert catalogues.fill(folder, sources, "ar", given) == [
        '"Only {n} here.": leaves out {n}',
        '"Gone": not in the source',
        '"{n} box": 1 forms where 6 are needed: zero, one, two, few, many, other',
    ]
    assert sorted(catalogues.missing(folder, sources, "ar")) == ["Only {n} here.", "{n} box"]


def test_missing_sentences_come_with_their_places(folder: Path, sources: Sources) -> None:
    lacking = catalogues.missing(folder, sources, "fr")
    assert lacking["Receive"] == {"where": ["inventory/a.py:2"]}
    assert lacking["{n} box"] == {
        "plural": "{n} boxes",
        "forms": ["one", "other"],
        "where": ["inventory/a.py:4"],
    }


def test_translations_survive_an_update_and_a_removal(folder: Path, sources: Sources) -> None:
    catalogues.fill(folder, sources, "fr", {"Receive": "Réception"})
    catalogues.update(folder, read_text('say("Dispense")', "inventory/a.py"))
    without = texts(folder)["fr.po"]
    assert '#~ msgid "Receive"' in without
    assert "Only {n} here." not in without
    assert "Receive" in po_files.read(folder, "fr").obsolete_entries()[0].msgid
    catalogues.update(folder, sources)
    assert "Receive" not in catalogues.missing(folder, sources, "fr")
    assert "#~" not in texts(folder)["fr.po"]


def test_check_names_what_is_wrong(folder: Path) -> None:
    changed = read_text(FIRST + 'say("New")\nsay(f"{a}")', "inventory/a.py")
    faults = list(catalogues.check(folder, changed))
    assert faults[0] == "inventory/a.py:6: say(): an f-string is not a sentence to translate"
    assert 'messages.pot: "New": not in the catalogue; run update' in faults
    assert 'fr.po: "Receive": not translated' in faults
    shorter = list(catalogues.check(folder, read_text('say("Receive")', "inventory/a.py")))
    assert 'ar.po: "{n} box" is no longer in the source; run update' in shorter


def test_a_wrong_plural_rule_is_noticed(folder: Path, sources: Sources) -> None:
    path = folder / "ar.po"
    path.write_text(path.read_text("utf-8").replace("nplurals=6", "nplurals=2"), "utf-8")
    assert any("plural rule" in fault for fault in catalogues.check(folder, sources))


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "inventory").mkdir()
    (tmp_path / "inventory" / "a.py").write_text('say("Receive")', "utf-8")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    folder = tmp_path / "translations"
    assert catalogues.main(["update"], folder) == 0
    assert catalogues.main(["check"], folder) == 1
    assert 'ar.po: "Receive": not translated' in capsys.readouterr().err
    assert catalogues.main(["missing", "--language", "ar"], folder) == 0
    assert json.loads(capsys.readouterr().out) == {"Receive": {"where": ["inventory/a.py:1"]}}
    for code, text in (("ar", "استلام"), ("ckb", "وەرگرتن"), ("fr", "Réception")):
        file = tmp_path / f"{code}.json"
        file.write_text(json.dumps({"Receive": text}), "utf-8")
        assert catalogues.main(["fill", "--language", code, str(file)], folder) == 0
    assert catalogues.main(["check"], folder) == 0
