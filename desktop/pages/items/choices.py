"""What the boxes of the form offer: kinds, units, conditions, words other items already have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.desk import Desk
from desktop.pages.items.choice_box import ChoiceBox, Find, among
from desktop.widgets.item_field import Choice
from inventory.domain import packing
from inventory.domain.item_kinds import KINDS
from inventory.domain.keeping import CONDITIONS, SCHEDULES
from inventory.domain.units import UNITS
from inventory.queries.item_forms import words_in_use

if TYPE_CHECKING:
    from desktop.item_search import ItemSearch


class Choices:
    """Makes the boxes of one form; asks for the words in use once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._words: Mapping[str, Sequence[str]] = desk.ask(words_in_use)
        self._search: ItemSearch | None = None
        self._names: dict[str, str] = {}

    def kind(self) -> ChoiceBox:
        """One of the kinds there are."""
        return self._of({key: self.desk.say(kind.name) for key, kind in KINDS.items()})

    def unit(self) -> ChoiceBox:
        """A unit, found by any spelling it is known as."""
        words = {key: self.desk.say(unit.bare) for key, unit in UNITS.items()}
        find = among(_choices(words), lambda key: (key, *UNITS[key].known_as))
        return ChoiceBox(find, lambda key: words.get(key, key), optional=False)

    def rounding(self) -> ChoiceBox:
        """How many packs more or fewer; empty leaves it to the class."""
        words = {str(key): self.desk.say(name) for key, name in packing.NAMES.items()}
        made = self._of(words, optional=True)
        made.setPlaceholderText(self.desk.say("As its class says"))
        return made

    def storage(self) -> ChoiceBox:
        """The usual conditions, or others in words."""
        return self._free("storage", CONDITIONS)

    def controlled(self) -> ChoiceBox:
        """The usual schedules, or others in words."""
        made = self._free("controlled", SCHEDULES)
        made.setPlaceholderText(self.desk.say("No"))
        return made

    def words(self, field: str) -> ChoiceBox:
        """Free words, with those that other items have."""
        return self._free(field, {})

    def item(self) -> ChoiceBox:
        """Another item, found as in the search; its key is its code."""
        return ChoiceBox(self._find_items, self._name_of)

    def storage_name(self, key: str) -> str:
        """A condition in words."""
        return self.desk.say(CONDITIONS[key]) if key in CONDITIONS else key

    def _of(self, words: Mapping[str, str], *, optional: bool = False) -> ChoiceBox:
        find = among(_choices(words), lambda key: (key,))
        return ChoiceBox(find, lambda key: words.get(key, key), optional=optional)

    def _free(self, field: str, usual: Mapping[str, str]) -> ChoiceBox:
        words = {key: self.desk.say(name) for key, name in usual.items()}
        words.update({w: w for w in self._words.get(field, ()) if w not in usual})
        find: Find = among(_choices(words), lambda key: (key,))
        return ChoiceBox(find, lambda key: words.get(key, key), free=True)

    def _find_items(self, text: str) -> Sequence[Choice]:
        if not text:
            return ()
        if self._search is None:
            from desktop.item_search import ItemSearch

            self._search = ItemSearch(self.desk)
        hits = self._search(text).hits
        name, isolate = self.desk.name, self.desk.language.isolate
        return [Choice(hit.code, name(hit.names), isolate(hit.code)) for hit in hits]

    def _name_of(self, code: str) -> str:
        if code not in self._names:
            from inventory.queries.item_forms import owner_of_code

            owner = self.desk.ask(owner_of_code, code)
            self._names[code] = code if owner is None else self.desk.name(owner.names)
        return self._names[code]


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(key, text) for key, text in words.items()]
