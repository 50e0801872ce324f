"""The names of one thing in the languages of the clinic."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGE_CODES = ("en", "ar", "ckb", "fr")


@dataclass(frozen=True, slots=True)
class Names:
    """A name in English, Arabic, Kurdish (Sorani) and French; empty where there is none."""

    en: str = ""
    ar: str = ""
    ckb: str = ""
    fr: str = ""

    def in_language(self, code: str) -> str:
        """The name in that language, else the first that exists."""
        own: str = getattr(self, code)
        return own or next((n for n in (self.en, self.ar, self.ckb, self.fr) if n), "")

    def __str__(self) -> str:
        return self.in_language("en")
