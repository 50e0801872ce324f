"""The scanner test: symbols to scan from the screen or paper, what arrived, and one verdict."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.settings.arrived import Piece, Pieces, pieces_of
from desktop.pages.settings.section import Section
from desktop.pages.settings.symbol_card import SymbolCard
from desktop.pages.settings.verdict import Finding, findings_of, is_ready
from desktop.scan_burst import GS, Burst, ScannerSettings
from desktop.units import quantity_words
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, clear
from desktop.widgets.labels import icon_label, label, line
from inventory.domain.scan import Scan, read_scan
from inventory.domain.sentence import N_, sentence
from inventory.queries.scanning import as_known_here, item_of_scan

if TYPE_CHECKING:
    from inventory.documents.calibration import CalibrationSymbol

SIGNS = ("~", "|", "^")
"""What some scanners are set to send in place of the separator."""
PATIENCE_MS = 90
"""Slower than any scanner that types, quicker than most people."""
ROOM = 570
"""Under this height the symbols are smaller, so that the verdict is seen."""
SHOWN = (2, 0, 4)
"""The three symbols on the screen, of those on the printed sheet."""


class ScannerSection(Section):
    hint = N_("Nothing you scan here touches stock")
    placeholder = N_("Scan goes to the test while this page is open")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "")
        from inventory.documents.calibration import CALIBRATION_SYMBOLS

        self.card.hide()
        self.settings: ScannerSettings | None = None
        self.symbols: tuple[CalibrationSymbol, ...] = CALIBRATION_SYMBOLS
        self.cards = [SymbolCard(desk, n + 1, self.symbols[at]) for n, at in enumerate(SHOWN)]
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        for card, share in zip(self.cards, (4, 7, 4), strict=True):
            row.addWidget(card, share)
        self.arrived = Card(desk.say("What arrived"), " ")
        self.verdict = Card()
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.current().px(12))
        inside.addLayout(row)
        inside.addWidget(self.arrived)
        inside.addWidget(self.verdict)
        self.stack.insertWidget(0, whole)
        self._wait()
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: bar.setValue(most))
        desk.burst_heard.connect(self.heard)

    def _wait(self) -> None:
        say = self.desk.say
        self.arrived.body.addWidget(
            label(say("Scan a symbol above, or one of the printed ones."), "second", wrap=True)
        )
        self.verdict.body.addWidget(
            label(say("The verdict stands here after the first scan."), "second", wrap=True)
        )

    # A scan

    def heard(self, burst: Burst) -> None:
        """Show a scan key by key, what it means, and whether this scanner can be trusted."""
        if not self.isVisible():
            return
        burst = self._with_sign(burst)
        read = read_scan(burst.text, self.desk.today)
        for card in self.cards:
            card.heard(burst.text)
        self._show_arrived(burst, read)
        self._show_verdict(burst)

    def _with_sign(self, burst: Burst) -> Burst:
        """The scan of one of our symbols, in which another sign stands for the separator."""
        for sign in SIGNS:
            meant = burst.text.replace(sign, GS)
            if sign in burst.text and any(_says(meant, one.expected) for one in self.symbols):
                return replace(burst, text=meant, separator=sign)
        return burst

    def _show_arrived(self, burst: Burst, read: Scan) -> None:
        clear(self.arrived.body)
        lasted = self.desk.language.number(burst.milliseconds)
        clock = self.desk.language.time(time.time_ns() // 1_000_000)
        self.arrived.set_quiet(
            self.desk.count("{n} key in {time} ms, {clock}", "{n} keys in {time} ms, {clock}",
                            len(burst.strokes), time=lasted, clock=clock)
        )  # fmt: skip
        pieces: tuple[Piece, ...] = pieces_of(burst, read)
        self.arrived.body.addWidget(Pieces(self.desk.language, pieces))
        self.arrived.body.addWidget(line())
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(18))
        grid.setVerticalSpacing(theme.current().px(6))
        for at, (name, value) in enumerate(self._facts(read)):
            grid.addWidget(label(self.desk.say(name), "second"), at // 2, at % 2 * 2)
            grid.addWidget(label(value, "item"), at // 2, at % 2 * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.arrived.body.addLayout(grid)
        for warning in read.warnings:
            told = label(self.desk.tell(warning), "second", tone="amber", wrap=True)
            self.arrived.body.addWidget(told)

    def _facts(self, read: Scan) -> list[tuple[str, str]]:
        language = self.desk.language
        read = self.desk.ask(as_known_here, read)
        facts = [
            (N_("Product"), self._product(read)),
            (N_("Item"), self._item(read)),
            (N_("Batch"), language.isolate(read.lot or "")),
            (N_("Expires"), language.expiry(read.expiry) if read.expiry else ""),
        ]
        return [(name, value) for name, value in facts if value]

    def _product(self, read: Scan) -> str:
        if read.gtin:
            return self.desk.say("{code}, check digit right", code=read.gtin)
        return self.desk.language.isolate(read.item_code or read.document or "")

    def _item(self, read: Scan) -> str:
        found = self.desk.ask(item_of_scan, read)
        if found is None:
            return self.desk.say("Not known here yet") if read.gtin else ""
        item = found.item
        pack = quantity_words(self.desk.language, item.unit, found.pack_size, item.traits.decimals)
        return self.desk.say("{item}, {quantity}", item=item.names, quantity=pack)

    def _show_verdict(self, burst: Burst) -> None:
        clear(self.verdict.body)
        findings = findings_of(burst, self.desk.scanner)
        ready = is_ready(findings)
        self.settings = self._learned(burst) if ready else None
        head = QHBoxLayout()
        icon, tone = ("check-decagram-outline", "green") if ready else ("alert-outline", "amber")
        head.addWidget(icon_label(icon, 24, tone))
        words = N_("This scanner is ready") if ready else N_("This scanner needs a setting")
        head.addWidget(label(self.desk.say(words), "heading"))
        head.addStretch(1)
        save = Button(self.desk.say("Save for this desk"), "Ctrl+Enter", icon="check",
                      role="primary", run=self.finish)  # fmt: skip
        save.setEnabled(ready)
        head.addWidget(save)
        self.verdict.body.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(18))
        grid.setVerticalSpacing(theme.current().px(6))
        for at, finding in enumerate(findings):
            grid.addWidget(self._finding(finding), at // 2, at % 2)
        self.verdict.body.addLayout(grid)

    def _finding(self, finding: Finding) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        icon, tone = ("check-circle-outline", "green") if finding.good else ("alert-circle-outline",
                                                                            "amber")  # fmt: skip
        row.addWidget(icon_label(icon, 18, tone))
        stack = QVBoxLayout()
        stack.setSpacing(1)
        stack.addWidget(label(self.desk.tell(finding.title), "item"))
        stack.addWidget(label(self.desk.tell(finding.told), "second", wrap=True))
        row.addLayout(stack, 1)
        return made

    def _learned(self, burst: Burst) -> ScannerSettings:
        """What the scan taught: a separator sent as another sign is remembered."""
        known = replace(self.desk.scanner, suffix="none" if burst.ending == "none" else "enter")
        if burst.separator in SIGNS:
            return replace(known, substitute=burst.separator)
        return known

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < theme.current().px(ROOM)
        for card in self.cards:
            card.set_low(low)

    def begin(self) -> None:
        """Slow scanners, and those that do not end with Enter, are heard here as well."""
        patient = replace(self.desk.scanner, longest_gap_ms=PATIENCE_MS, suffix="none")
        self.desk.try_scanner(patient)

    def leave(self) -> None:
        self.desk.try_scanner(None)

    def finish(self) -> None:
        if self.settings is None:
            self.desk.refused(sentence("Scan a symbol first; then the settings can be kept."))
            return
        self.desk.change_scanner(self.settings)
        self.begin()
        self.desk.done(sentence("This scanner is kept for this desk."))

    def print_symbols(self) -> QWidget:
        """The printed sheet of symbols, as a preview."""
        from desktop.preview import Preview
        from inventory.documents.calibration import calibration_pdf

        return Preview(self.desk, self.desk.say("Scanner symbols"), calibration_pdf,
                       "scanner-symbols.pdf")  # fmt: skip


def _says(text: str, expected: str) -> bool:
    """Whether that is what a symbol says, with or without its AIM prefix."""
    return expected in (text, text[3:])
