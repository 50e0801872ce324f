"""The first two questions: which language, and where to begin. No scan field yet, so digits choose.

Nothing is kept until a database is open; leaving half way costs nothing.
"""

from desktop.first_run.window import FirstRun

__all__ = ["FirstRun"]
