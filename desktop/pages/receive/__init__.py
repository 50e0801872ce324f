"""Receive: a delivery scanned pack by pack, what is short, damaged or extra, and its note."""

from desktop.pages.receive.page import ReceivePage

__all__ = ["ReceivePage"]
