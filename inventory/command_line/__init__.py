"""The same work without a window: arguments -> one query or one use case -> table or JSON.

Exit 0 done, 1 refused (one sentence on standard error, nothing changed), 2 usage.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit code."""
    from inventory.command_line.app import run

    return run(list(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
