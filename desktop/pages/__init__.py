"""The pages in rail order: one row a page, its module imported when it is first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from inventory.domain.sentence import N_

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A row of the rail. `made_by` is the class in `desktop.pages.<key>` that takes the desk."""

    key: str
    title: str
    icon: str
    made_by: str
    chord: str
    foot: bool = False
    takes: str = ""
    """What a search result is carried there for, as the key hints say it; "" for none."""

    def make(self, desk: Desk) -> Page:
        """Import the page and build it."""
        made: Page = getattr(import_module(f"desktop.pages.{self.key}"), self.made_by)(desk)
        return made


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", N_("Today"), "white-balance-sunny", "TodayPage", "Ctrl+1"),
    PageEntry("dispense", N_("Dispense"), "hand-heart-outline", "DispensePage", "Ctrl+2",
              takes=N_("dispense")),
    PageEntry("receive", N_("Receive"), "truck-delivery-outline", "ReceivePage", "Ctrl+3",
              takes=N_("receive")),
    PageEntry("stock", N_("Stock"), "package-variant-closed", "StockPage", "Ctrl+4",
              takes=N_("stock")),
    PageEntry("order", N_("Order"), "clipboard-list-outline", "OrderPage", "Ctrl+5",
              takes=N_("order")),
    PageEntry("items", N_("Items"), "pill-multiple", "ItemsPage", "Ctrl+6", takes=N_("item")),
    PageEntry("settings", N_("Settings"), "cog-outline", "SettingsPage", "Ctrl+0", foot=True),
)  # fmt: skip


def available() -> tuple[PageEntry, ...]:
    """The pages this copy of the program has."""
    return tuple(page for page in PAGES if _is_here(page.key))


def entry(key: str) -> PageEntry:
    """The row of one page. KeyError when there is none."""
    try:
        return next(page for page in PAGES if page.key == key)
    except StopIteration:
        raise KeyError(key) from None


def _is_here(key: str) -> bool:
    spec = find_spec(f"desktop.pages.{key}")
    # A folder without a module in it is not a page.
    return spec is not None and spec.origin is not None
