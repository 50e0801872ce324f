"""Settings: sections on the leading side, one of them open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.keys import Key
from desktop.page import Page
from desktop.pages.settings.backup import BackupSection
from desktop.pages.settings.clinic import ClinicSection
from desktop.pages.settings.languages import LanguagesSection
from desktop.pages.settings.look import LookSection
from desktop.pages.settings.orders import OrdersSection
from desktop.pages.settings.papers import PapersSection
from desktop.pages.settings.people import PeopleSection
from desktop.pages.settings.places import PlacesSection
from desktop.pages.settings.printers import PrintersSection
from desktop.pages.settings.protection import ProtectionSection
from desktop.pages.settings.scanner import ScannerSection
from desktop.pages.settings.section import Section
from desktop.pages.settings.section_row import SectionRow
from desktop.pages.settings.security_log import TITLE, SecuritySection
from desktop.rights import allowed, may_any
from desktop.widgets.buttons import Button
from inventory.domain.roles import Permission
from inventory.domain.scan import Scan
from inventory.domain.sentence import N_

WIDE = 168


@dataclass(frozen=True, slots=True)
class Entry:
    """A section: its word, its icon, what builds it when it is first opened, and who sees it."""

    key: str
    words: str
    icon: str
    build: Callable[[Desk], Section]
    needs: tuple[Permission, ...] = ()


SECTIONS = (
    Entry("clinic", N_("Clinic"), "hospital-building", ClinicSection),
    Entry("papers", N_("Papers"), "file-document-outline", PapersSection),
    Entry("places", N_("Places"), "map-marker-outline", PlacesSection),
    Entry("languages", N_("Languages"), "translate", LanguagesSection),
    Entry("look", N_("Look and size"), "theme-light-dark", LookSection),
    Entry("printers", N_("Printers"), "printer-outline", PrintersSection),
    Entry("scanner", N_("Scanner"), "barcode-scan", ScannerSection),
    Entry("orders", N_("Orders"), "clipboard-list-outline", OrdersSection),
    Entry("people", N_("People"), "account-group-outline", PeopleSection),
    Entry("backup", N_("Backup"), "usb-flash-drive-outline", BackupSection),
    Entry("protection", N_("Protection"), "shield-lock-outline", ProtectionSection),
    Entry("security", TITLE, "shield-search", SecuritySection, (Permission.SEE_SECURITY,)),
)


class SettingsPage(Page):
    key = "settings"
    placeholder = N_("Scan a pack, or type a name or code")
    opened = "clinic"
    """The section that was open last; a page is built anew when the language changes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        px = theme.current().px
        self.print_button = Button(desk.say("Print these symbols"), "Ctrl+P",
                                   icon="printer-outline", small=True,
                                   run=self.print_page)  # fmt: skip
        self.header.addWidget(self.print_button)
        row = QHBoxLayout()
        row.setSpacing(px(18))
        row.addLayout(self._section_list())
        self.stack = QStackedWidget()
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)
        self.sections: dict[str, Section] = {}
        self.over: QWidget | None = None
        desk.user_changed.connect(self._show_rights)
        self._show_rights()

    def _section_list(self) -> QVBoxLayout:
        px = theme.current().px
        column = QVBoxLayout()
        column.setSpacing(px(2))
        self.buttons: dict[str, SectionRow] = {}
        for entry in SECTIONS:
            button = SectionRow(self.desk.say(entry.words), entry.icon, px(WIDE))
            button.clicked.connect(lambda _=False, key=entry.key: self.show_section(key))
            self.buttons[entry.key] = button
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _seen(self) -> list[str]:
        """The sections that who sits here may see."""
        return [entry.key for entry in SECTIONS if may_any(self.desk, *entry.needs)]

    def _show_rights(self) -> None:
        """Somebody sat down: their sections, and another one when this is not among them."""
        seen = self._seen()
        for key, button in self.buttons.items():
            button.setVisible(key in seen)
        self.show_section(SettingsPage.opened if SettingsPage.opened in seen else seen[0])

    @property
    def section(self) -> Section:
        """The open one."""
        return self.sections[SettingsPage.opened]

    def show_section(self, key: str) -> None:
        """Open a section by its key."""
        self.close_paper()
        if SettingsPage.opened in self.sections and SettingsPage.opened != key:
            self.section.leave()
        SettingsPage.opened = key
        entry = next(entry for entry in SECTIONS if entry.key == key)
        if key not in self.sections:
            self.sections[key] = entry.build(self.desk)
            self.sections[key].cover = self.cover
            self.stack.addWidget(self.sections[key])
        self.stack.setCurrentWidget(self.section)
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        self.print_button.setVisible(key == "scanner")
        self.set_subtitle(self.desk.say(self.section.hint))
        self._hold_out_field()
        self.section.begin()

    def _hold_out_field(self) -> None:
        """The field says what a scan does while this section is open."""
        self.placeholder = self.section.placeholder  # type: ignore[misc]
        field = self.window().findChild(QLineEdit, "field") if self.isVisible() else None
        if field is not None:
            field.setPlaceholderText(self.desk.say(self.section.placeholder))

    def step(self, rows: int) -> None:
        keys = self._seen()
        at = keys.index(SettingsPage.opened) + rows
        self.show_section(keys[max(0, min(at, len(keys) - 1))])

    def open(self, what: object) -> None:
        if isinstance(what, str) and what in self._seen():
            self.show_section(what)

    def leaving(self) -> None:
        self.section.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the section goes on where it was left."""
        super().showEvent(event)
        self._hold_out_field()
        self.section.begin()

    def scanned(self, scan: Scan) -> bool:
        return SettingsPage.opened == "scanner"

    def finish(self) -> None:
        if allowed(self.desk, *self.section.needs):
            self.section.finish()

    def export(self) -> None:
        if isinstance(self.section, SecuritySection):
            self.section.export()

    def print_page(self) -> None:
        section = self.section
        if isinstance(section, ScannerSection):
            self.over = section.print_symbols()
            self.stack.addWidget(self.over)
            self.stack.setCurrentWidget(self.over)

    def close_paper(self) -> bool:
        """Close the preview; False when there was none."""
        if self.over is None:
            return False
        self.stack.removeWidget(self.over)
        self.over.deleteLater()
        self.over = None
        self.stack.setCurrentWidget(self.section)
        return True

    def back(self) -> bool:
        return self.close_paper()

    def keys(self) -> tuple[Key, ...]:
        keep = Key("Ctrl+Enter", N_("Keep what was written"), needs=self.section.needs)
        return (Key("Up", N_("Sections")), keep, *self.section.keys())
