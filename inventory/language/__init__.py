"""Words, numbers and dates in the language of the person who reads them.

A language is a value that is passed around, never a global: screen, errors and paper each
ask their own. English source text is the key; nothing is loaded until it is needed.
"""

from inventory.language.marks import isolate, plain
from inventory.language.speech import Language, language
from inventory.language.tongue import TONGUES

__all__ = ["TONGUES", "Language", "isolate", "language", "plain"]
