"""Restore a backup in the window: which one, how it opens, what is in it, what is missing after."""
