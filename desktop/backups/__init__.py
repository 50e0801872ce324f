"""Backups in the window: where they go, when they are made, and how old the last one is."""
