"""Catalogues are compiled once, and nothing breaks when they cannot be kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from inventory.language import catalogue as catalogues
from inventory.language.catalogue import TRANSLATIONS, catalogue, load
from inventory.language.tongue import TONGUES
from tests.language.conftest import po_text

ENTRY = 'msgid "Receive"\nmsgstr "{}"\n\nmsgid "Later"\nmsgstr ""\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ar.po"
    path.write_text(po_text("ar", ENTRY.format("استلام")), "utf-8")
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "translations"


def test_a_catalogue_is_compiled_once(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load(source, cache).gettext("Receive") == "استلام"
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(catalogues, "_compile", None)
    assert load(source, cache).gettext("Receive") == "استلام"


def test_a_changed_catalogue_is_compiled_anew(source: Path, cache: Path) -> None:
    load(source, cache)
    (old,) = cache.iterdir()
    source.write_text(po_text("ar", ENTRY.format("تسلم")), "utf-8")
    assert load(source, cache).gettext("Receive") == "تسلم"
    (new,) = cache.iterdir()
    assert new != old


def test_a_copy_cut_short_is_made_again(source: Path, cache: Path) -> None:
    load(source, cache)
    (copy,) = cache.iterdir()
    whole = copy.read_bytes()
    for kept in (0, 3, 20, len(whole) // 2, len(whole) - 1):
        copy.write_bytes(whole[:kept])
        assert load(source, cache).gettext("Receive") == "استلام"
        assert copy.read_bytes() == whole


def test_without_a_folder_to_write_in_all_still_works(source: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", "utf-8")
    assert load(source, blocked / "translations").gettext("Receive") == "استلام"


def test_an_untranslated_sentence_stays_english(source: Path, cache: Path) -> None:
    assert load(source, cache).gettext("Later") == "Later"


def test_every_language_has_its_catalogue() -> None:
    for code in TONGUES:
        if code != "en":
            assert (TRANSLATIONS / f"{code}.po").is_file()
        assert catalogue(code) is catalogue(code)


def test_english_loads_neither_catalogue_nor_calendar_data() -> None:
    program = (
        "import sys, datetime\n"
        "from inventory.language import language\n"
        "words = language('en')\n"
        "words.say('{n} on {day}', n=3, day=datetime.date(2027, 3, 31))\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(' '.join(loaded & {'babel', 'polib', 'platformdirs', 'PySide6'}) or 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
