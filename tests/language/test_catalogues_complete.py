"""Every sentence of the program is translated, whole, into every language."""

from __future__ import annotations

from inventory.language.catalogue import TRANSLATIONS
from inventory.language.catalogues import check
from inventory.language.sources import read_sources


def test_every_sentence_is_translated_into_every_language() -> None:
    assert list(check(TRANSLATIONS, read_sources())) == []
