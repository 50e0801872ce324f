"""Tables: `Grid` over frozen rows, with its columns declared as `Column`s."""

from desktop.widgets.charts.cover import Months
from desktop.widgets.grid.columns import Cell, Column, Group, Note
from desktop.widgets.grid.grid import Grid

__all__ = ["Cell", "Column", "Grid", "Group", "Months", "Note"]
