"""Stock: what is in trouble, and why that number."""

from desktop.pages.stock.page import StockPage

__all__ = ["StockPage"]
