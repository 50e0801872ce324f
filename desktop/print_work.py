"""Printing without stopping the window: in a thread, with how far it is and a way to stop."""

from __future__ import annotations

from collections.abc import Callable

from desktop import printing
from desktop.desk import Desk
from desktop.tasks import LongWork
from inventory.domain.sentence import Refused
from inventory.exchange.progress import Progress


def print_long(
    desk: Desk,
    paper: bytes | Callable[[], bytes],
    printer: str,
    copies: int,
    done: Callable[[str], object],
    failed: Callable[[Refused], object],
) -> LongWork[str]:
    """Print; then `done(printer)`, or `failed(refusal)` when it did not work.

    A paper that is not drawn yet is drawn in the thread too.

    Whoever asks keeps what is returned until then.
    """

    def work(progress: Progress) -> str:
        def so_far(page: int, pages: int) -> bool:
            progress.report(page, pages)
            return not progress.cancelled()

        name = printer if printer in printing.printers() else ""
        content = paper if isinstance(paper, bytes) else paper()
        printing.print_paper(content, name, copies, so_far)
        if progress.cancelled():
            raise Refused("Printing was stopped.")
        return name or printing.printers()[0]

    def refused(error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        failed(error)

    return desk.run_long(work, done, refused)
