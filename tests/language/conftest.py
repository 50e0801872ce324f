"""A small Arabic catalogue of the tests' own: they do not hang on the wording of the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.language import Language, speech
from inventory.language.catalogue import Catalogue, load
from inventory.language.tongue import TONGUES

ARABIC = """
msgid "{batch} expired {expiry} and cannot be dispensed."
msgstr "نفذت الوجبة {batch} في {expiry} ولا يجوز صرفها."

msgid "Write the month like 2027-03."
msgstr "اكتب الشهر هكذا 2027-03 من فضلك."

msgid "Add {name}: {n}"
msgstr "أضف {name}: {n}"

msgid "{n} box"
msgid_plural "{n} boxes"
msgstr[0] "لا علب"
msgstr[1] "علبة واحدة"
msgstr[2] "علبتان"
msgstr[3] "{n} علب"
msgstr[4] "{n} علبة"
msgstr[5] "{n} علبة تامة"

msgid "Said: {inner}"
msgstr "قيل: {inner}"
"""


def po_text(code: str, entries: str) -> str:
    """A `.po` file with the header of a language."""
    return (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: {TONGUES[code].plurals}\\n"\n{entries}'
    )


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Language:
    """Arabic with the catalogue above."""
    source = tmp_path / "ar.po"
    source.write_text(po_text("ar", ARABIC), "utf-8")
    loaded = load(source, tmp_path / "cache")

    def only(_: str) -> Catalogue:
        return loaded

    monkeypatch.setattr(speech, "catalogue", only)
    return Language("ar")
