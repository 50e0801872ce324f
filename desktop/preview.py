"""A paper before it is printed: the real pages, their languages, the printer, copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from desktop import theme
from desktop.desk import Desk
from desktop.exporting import MAY, take_out
from desktop.front import Front
from desktop.keys import Key
from desktop.paper_choices import keep_printer
from desktop.paper_panel import PaperPanel
from desktop.paper_proof import codes_on
from desktop.print_work import print_long
from desktop.rights import only
from desktop.saving import offered
from desktop.tasks import LongWork
from desktop.widgets.buttons import Button
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.labels import label
from desktop.widgets.pdf_view import PdfView
from inventory.domain.sentence import N_, Refused, sentence
from inventory.exchange.atomic_file import write_file
from inventory.exchange.progress import Progress
from inventory.language import Language

Make = Callable[[Language, Language | None], bytes]


class Preview(Front):
    """`make(first, second)` draws the paper, also anew when a language is chosen.

    `number` stands on the paper as a symbol, which is read back from the pages shown.
    `workbook` makes the same as XLSX. `prepare` runs before each printing, such as saving the
    order as printed; what it changes is drawn before it is printed. Without a `file_name` it
    can be printed and never kept as a file.
    """

    printed = Signal()

    def __init__(
        self,
        desk: Desk,
        title: str,
        make: Make,
        file_name: str,
        *,
        number: str = "",
        workbook: Make | None = None,
        prepare: Callable[[], object] | None = None,
        failed: Callable[[Refused], object] | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.title = title
        self.file_name = file_name
        self.number = number
        self._make, self._workbook, self._prepare = make, workbook, prepare
        self._failed = failed or desk.refused
        self._reading: LongWork[frozenset[str]] | None = None
        self._printing: LongWork[str] | None = None
        self.paper = b""
        self.setObjectName("page")
        self._build()
        self.draw()

    def _build(self) -> None:
        desk, px = self.desk, theme.current().px
        self.view = PdfView(desk.language)
        self.view.turned.connect(lambda _page, _pages: self._read_back())
        self.print_button = Button(desk.say("Print"), "Ctrl+Enter", icon="printer-outline",
                                   role="primary", run=self.print)  # fmt: skip
        buttons = []
        if self.file_name:
            buttons.append(only(desk, Button(desk.say("Save as PDF"), "Ctrl+S",
                                             icon="file-pdf-box", small=True, run=self.save),
                                MAY))  # fmt: skip
        if self._workbook is not None:
            buttons.append(only(desk, Button(desk.say("Save as Excel"), "Ctrl+E",
                                             icon="microsoft-excel", small=True,
                                             run=self.export), MAY))  # fmt: skip
        self.panel = PaperPanel(desk, (*buttons, self.print_button))
        self.panel.spoken.connect(self._spoken)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(4), px(24), px(14))
        whole.setSpacing(px(14))
        whole.addLayout(self._header())
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(self.view, 1)
        row.addWidget(self.panel)
        whole.addLayout(row, 1)

    def _header(self) -> QHBoxLayout:
        px = theme.current().px
        self.subtitle = ElidedLabel(role="subtitle")
        back = Button(self.desk.say("Back"), "Esc", icon="arrow-left", small=True,
                      run=self.closed.emit)  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(px(17))
        row.addWidget(label(self.title, "title"))
        row.addWidget(self.subtitle)
        row.addStretch(1)
        row.addWidget(back)
        return row

    # The paper

    def draw(self) -> None:
        """Draw the paper in the languages chosen; keeps the page that is shown."""
        page = self.view.page
        self.paper = self._make(*self.panel.languages())
        self.view.show_paper(self.paper)
        self.view.turn_to(page)
        pages = self.desk.count("{n} page A4", "{n} pages A4", self.view.pages)
        told = self.desk.language.listed([part for part in (self.number, pages) if part])
        if self.number:
            told = self.desk.say("{number}, {pages}", number=self.number, pages=pages)
        self.subtitle.set_words(told)

    def _spoken(self) -> None:
        try:
            self.draw()
        except Refused as refusal:
            self.desk.refused(refusal)

    def _read_back(self) -> None:
        """Read the symbols of the page shown, elsewhere, and say when they are right."""
        self.panel.show_proof(False)
        if not self.number or self._reading is not None:
            return
        shown = paper, page = self.paper, self.view.page

        def read(_: Progress) -> frozenset[str]:
            return codes_on(paper, page)

        def told(found: frozenset[str]) -> None:
            self._reading = None
            if not isValid(self) or self.isHidden():
                return
            if (self.paper, self.view.page) == shown:
                self.panel.show_proof(self.number in found)
            else:
                self._read_back()

        self._reading = LongWork(read, told, self._reading_failed)
        self._reading.start()

    def _reading_failed(self, error: Exception) -> None:
        raise error

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: let go of the paper and of what is still being read from it."""
        super().hideEvent(event)
        if not event.spontaneous():
            if self._reading is not None:
                self._reading.wait()
            self.view.close_paper()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: back again, with the same paper."""
        super().showEvent(event)
        if not self.view.pages:
            self.view.show_paper(self.paper)

    def begin(self) -> None:
        """PgUp and PgDn turn pages at once."""
        self.view.setFocus()

    # What can be done with it

    def print(self) -> None:
        """Send it to the printer; a refusal leaves everything as it was."""
        copies = self.panel.how_many()
        if not self.print_button.isEnabled():
            return
        if self._prepare is not None:
            self._prepare()
            self.draw()
        printer = self.panel.printer_name
        if printer:
            keep_printer(self.desk, printer)
        self.print_button.setEnabled(False)
        self._printing = print_long(
            self.desk, self.paper, printer, copies, self._sent, self._not_sent
        )

    def _ready_again(self) -> None:
        # Somebody may have gone back to the page while it was printing.
        if isValid(self):
            self.print_button.setEnabled(True)

    def _sent(self, printer: str) -> None:
        self._ready_again()
        self.desk.done(sentence("Sent to {printer}: {title}", printer=printer, title=self.title))
        if isValid(self):
            self.printed.emit()

    def _not_sent(self, refusal: Refused) -> None:
        self._ready_again()
        self._failed(refusal)

    def save(self) -> None:
        """The pages as a file."""
        self._write(N_("Paper as PDF"), self.file_name, "PDF (*.pdf)", self.paper)

    def export(self) -> None:
        """The same as a workbook, where there is one."""
        if self._workbook is not None:
            name = str(Path(self.file_name).with_suffix(".xlsx"))
            content = self._workbook(*self.panel.languages())
            self._write(N_("Paper as Excel"), name, "XLSX (*.xlsx)", content)

    def _write(self, what: str, name: str, kind: str, content: bytes) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.desk.say("Save {title}", title=self.title), offered(name), kind
        )
        if chosen:
            take_out(self.desk, what, 0, lambda: write_file(chosen, content))

    def keys(self) -> tuple[Key, ...]:
        """Heard in the place of the page's keys while the paper is shown."""
        excel = Key("Ctrl+E", N_("Save as Excel"), self.export, (MAY,))
        pdf = Key("Ctrl+S", N_("Save as PDF"), self.save, (MAY,))
        export, save = (excel,) if self._workbook else (), (pdf,) if self.file_name else ()
        return (
            Key("Ctrl+Enter", N_("Print"), self.print),
            Key("Ctrl+P", N_("Print"), self.print),
            *save,
            *export,
            Key("PgUp", N_("The page before")),
            Key("PgDn", N_("The next page")),
            Key("+", N_("Larger")),
            Key("-", N_("Smaller")),
        )
