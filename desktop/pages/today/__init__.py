"""Today: what must be done now, and what is running out."""

from desktop.pages.today.page import TodayPage

__all__ = ["TodayPage"]
