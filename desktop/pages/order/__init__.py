"""Order: is this order sane, and what does it cost?"""

from desktop.pages.order.page import OrderPage

__all__ = ["OrderPage"]
