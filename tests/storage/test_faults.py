"""Faults of the engines in words; what is our own fault keeps its own name."""

from __future__ import annotations

import pytest

from inventory.domain.sentence import Refused
from inventory.domain.troubles import Trouble
from inventory.storage import faults
from inventory.storage.faults import meaning, refused, uncertain


class FromServer(Exception):
    def __init__(self, state: str) -> None:
        super().__init__("ما لا نقرؤه")
        self.sqlstate = state


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Exception("database or disk is full"), "disk is full"),
        (Exception("could not extend file: No space left on device"), "disk is full"),
        (Exception("attempt to write a readonly database"), "read but not written"),
        (Exception("file is not a database"), "not an Amana database"),
        (Exception("database disk image is malformed"), "is damaged"),
        (Exception("database is locked"), "Another program is using"),
        (Exception("unable to open database file"), "cannot be opened"),
        (Exception("disk I/O error"), "reported an error"),
        (Exception("connection refused"), "does not answer"),
        (Exception("facts are never changed: movement"), "never changed"),
        (FromServer("53100"), "disk is full"),
        (FromServer("25006"), "read but not written"),
        (FromServer("55P03"), "Another desk needed too long"),
        (FromServer("53300"), "As many desks as the server can serve"),
        (Exception("connection failed: FATAL: sorry, too many clients already"), "As many desks"),
        (FromServer("28P01"), "user or password"),
        (FromServer("3D000"), "no database amana"),
        (FromServer("57P01"), "does not answer"),
        (FromServer("08006"), "does not answer"),
    ],
)
def test_a_fault_has_its_sentence(fault: Exception, words: str) -> None:
    said = refused(fault, "amana")
    assert said is not None
    assert words in str(said)


@pytest.mark.parametrize("fault", [Exception("no such column: x"), FromServer("42703")])
def test_our_own_faults_have_none(fault: Exception) -> None:
    assert meaning(fault, "amana") is None
    assert refused(fault, "amana") is None


def test_after_a_commit_only_a_full_disk_is_certain() -> None:
    assert "Nothing was lost" in str(uncertain(Exception("disk is full"), "amana"))
    assert "not certain" in str(uncertain(Exception("connection refused"), "amana"))


def test_a_file_that_does_not_open_is_told_apart_by_its_key() -> None:
    fault = Exception("file is not a database")
    found = {
        (keyed, locked): _trouble(refused(fault, "amana", keyed=keyed, locked=locked))
        for keyed in (False, True)
        for locked in (False, True)
    }
    assert found == {
        (False, False): Trouble.FOREIGN,
        (False, True): Trouble.LOCKED,
        (True, False): Trouble.WRONG_KEY,
        (True, True): Trouble.WRONG_KEY,
    }


def test_every_fault_has_its_trouble_and_only_rules_have_none() -> None:
    said = {text for text, _ in (*faults._BY_WORDS, *faults._BY_STATE)}
    assert {text for text in said if text not in faults.TROUBLE_OF} == faults.RULES
    for text, marks in faults._BY_WORDS:
        assert _trouble(refused(Exception(marks[0]), "amana")) is faults.TROUBLE_OF.get(text)
    assert uncertain(Exception("connection refused"), "amana").trouble is Trouble.UNCERTAIN


def _trouble(refusal: Refused | None) -> Trouble | None:
    assert refusal is not None
    return refusal.trouble
