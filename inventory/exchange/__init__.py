"""Spreadsheets in and out: reading tables of unknown origin, import plans, workbooks."""
