"""The way into a locked file: a name and password, the paper key, or the key of an office."""
