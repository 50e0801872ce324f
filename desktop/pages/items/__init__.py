"""Items: the list, the form of one item, and files that change the list."""

from desktop.pages.items.page import ItemsPage

__all__ = ["ItemsPage"]
