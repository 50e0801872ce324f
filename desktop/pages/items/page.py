"""Items: the list, the form of one item, and files that change the list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.desk import Desk
from desktop.keys import Key
from desktop.news import Action, NewsKind
from desktop.page import Page
from desktop.pages.items.editor import Editor
from desktop.pages.items.face import Face
from desktop.pages.items.form_drafts import FormDrafts, KeptForm
from desktop.pages.items.form_state import FIRST_KIND, FormState, blank, of_form
from desktop.pages.items.import_face import ImportFace, asked_before
from desktop.pages.items.import_kinds import MAY_IMPORT, imports_for
from desktop.pages.items.list_face import ListFace
from desktop.rights import allowed
from desktop.widgets.card import clear
from inventory.domain.roles import Permission
from inventory.domain.scan import Scan
from inventory.domain.sentence import N_, sentence
from inventory.queries.item_forms import item_form
from inventory.queries.scanning import Found, code_to_learn, item_of_scan


class ItemsPage(Page):
    """Shows one face at a time and hands it what the window tells."""

    key = "items"
    placeholder = N_("Scan a pack or type to find an item")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.drafts = FormDrafts(desk)
        self.list = ListFace(desk, self.drafts)
        self.face: Face = self.list
        self.list.opened.connect(self.edit)
        self.list.new_wanted.connect(lambda: self.new())
        self.list.import_wanted.connect(lambda: self.begin_import())
        self.list.starter_wanted.connect(self.take_starter)
        self.list.headed.connect(self._list_headed)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.body.addWidget(self.stack, 1)
        self.setAcceptDrops(True)
        self._head()
        self._take_up()

    # Faces

    def show_face(self, face: Face) -> None:
        """Another face in place of the one that is open; what it holds is kept."""
        before = self.face
        if before is not self.list:
            before.closed()
            self.stack.removeWidget(before)
            before.deleteLater()
        self.face = face
        if face is not self.list:
            self.stack.addWidget(face)
            face.left.connect(self._left)
            face.renamed.connect(self._name)
            face.headed.connect(self._head)
        self.stack.setCurrentWidget(face)
        self._head()
        face.begin()

    def _head(self) -> None:
        clear(self.header)
        for button in self.face.header():
            self.header.addWidget(button)
        self._name()

    def _list_headed(self) -> None:
        if self.face is self.list:
            self._head()

    def _name(self) -> None:
        self.set_title(self.face.title())
        self.set_subtitle(self.face.subtitle())

    def _left(self, item_id: int | None) -> None:
        self.show_face(self.list)
        self.list.refresh()
        if item_id is not None:
            self.list.choose(item_id)

    # Acts

    def edit(self, item_id: int) -> None:
        """Open an item's form, as it was left when it was begun before."""
        self.face.keep()
        kept = self.drafts.find(item_id) if self.desk.may(Permission.KEEP_ITEMS) else None
        self._open_form(of_form(self.desk.ask(item_form, item_id), item_id), kept)
        if kept is not None:
            self.desk.news(
                NewsKind.LOOK,
                sentence(
                    "Not saved yet: written at {time}.", time=self.desk.language.time(kept.at)
                ),
                Action(sentence("Take back"), "Ctrl+Z", self.undo),
            )

    def new(self, barcode: str = "") -> None:
        """A new item, or the one that was begun before; with the code that was scanned."""
        if not allowed(self.desk, Permission.KEEP_ITEMS):
            return
        self.face.keep()
        kept = None if barcode else self.drafts.waiting()
        self._open_form(blank(self.list.kind or FIRST_KIND), kept)
        if barcode and isinstance(self.face, Editor):
            self.face.add_code(barcode)
            self.face.begin()

    def _open_form(self, clean: FormState, kept: KeptForm | None) -> None:
        self.show_face(Editor(self.desk, self.drafts, clean, kept))

    def _take_up(self) -> None:
        """A form that was open when the program ended is open again."""
        asked = asked_before(self.desk)
        if asked is not None and asked.kind not in imports_for(self.desk):
            asked = None
        may = self.desk.may(Permission.KEEP_ITEMS)
        kept = self.drafts.left_open() if may else None
        if kept is None:
            if asked is not None:
                self.show_face(ImportFace(self.desk, asked))
            return
        item_id = kept.state.item_id
        clean = blank(kept.state.traits.code)
        if item_id is not None:
            clean = of_form(self.desk.ask(item_form, item_id), item_id)
        self._open_form(clean, kept)
        if not kept.ours:
            time = self.desk.language.time(kept.at)
            self.desk.news(NewsKind.LOOK, sentence("The form is as it was at {time}.", time=time))

    def begin_import(self) -> ImportFace | None:
        """Open the import; None when there is nothing that who sits here can import."""
        face = self.face
        if not allowed(self.desk, *MAY_IMPORT):
            return None
        if not isinstance(face, ImportFace):
            face = ImportFace(self.desk)
            self.show_face(face)
        return face

    def take_starter(self) -> None:
        """The list of items that comes with the program."""
        face = self.begin_import() if allowed(self.desk, Permission.KEEP_ITEMS) else None
        if face is not None:
            face.take_starter()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped anywhere on the page is imported."""
        event.acceptProposedAction()
        face = self.begin_import()
        if face is not None:
            face.take(Path(event.mimeData().urls()[0].toLocalFile()))

    # What the window tells

    def refresh(self) -> None:
        # The list asks again when it is shown; 50,000 rows are not read behind another face.
        self.face.refresh()

    def scanned(self, scan: Scan) -> bool:
        if scan.document is not None or scan.symbol is not None:
            return False
        found = self.desk.ask(item_of_scan, scan)
        if scan.gtin is None and scan.warnings:
            self.desk.refused(scan.warnings[0])
        elif found is None and scan.item_code is not None:
            words = sentence("There is no item with the code {code}.", code=scan.item_code)
            self.desk.refused(words)
        elif not self.face.scanned(scan):
            self._open_scanned(found, code_to_learn(scan))
        return True

    def _open_scanned(self, found: Found | None, code: str) -> None:
        if found is not None:
            self.edit(found.item.id)
        elif not self.desk.may(Permission.KEEP_ITEMS):
            self.desk.news(NewsKind.LOOK, sentence("The code {code} is not known here.", code=code))
        else:
            self.new(code)
            words = sentence("The code {code} is new. Write which item it is.", code=code)
            self.desk.news(NewsKind.LOOK, words)

    def item_chosen(self, item_id: int) -> bool:
        self.edit(item_id)
        return True

    def open(self, what: object) -> None:
        if isinstance(what, Scan):
            self.scanned(what)
        elif what == "import":
            self.begin_import()
        else:
            super().open(what)

    def finish(self) -> None:
        self.face.finish()

    def undo(self) -> bool:
        return self.face.undo()

    def back(self) -> bool:
        return self.face.back()

    def enter(self) -> None:
        self.face.enter()

    def step(self, rows: int) -> None:
        self.face.step(rows)

    def export(self) -> None:
        self.face.export()

    def rights_changed(self) -> None:
        """A form or an import goes on when its person sits here again."""
        if self.face is not self.list:
            self.show_face(self.list)
        else:
            self._head()

    def leaving(self) -> None:
        self.face.keep()

    def keys(self) -> tuple[Key, ...]:
        return self.face.keys()
