"""One item being written: kept while it is typed, saved with Ctrl+Enter, put aside with Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.keys import Key
from desktop.news import Action, NewsKind
from desktop.pages.items.face import Face
from desktop.pages.items.form_drafts import FormDrafts, KeptForm
from desktop.pages.items.form_reader import Unfinished, read_form
from desktop.pages.items.form_state import FormState, as_kept
from desktop.pages.items.form_view import FormView
from desktop.pages.items.retiring import retire
from desktop.rights import ReadOnly, allowed
from desktop.widgets.buttons import Button, finish_button
from desktop.widgets.labels import label
from inventory.domain.item_form import ItemForm
from inventory.domain.names import Names
from inventory.domain.roles import Permission
from inventory.domain.scan import Scan
from inventory.domain.sentence import N_, Refused, Sentence, counted, sentence
from inventory.queries.item_forms import item_form, was_counted
from inventory.queries.items import item_by_id, item_of_barcode
from inventory.queries.scanning import code_to_learn, item_of_scan
from inventory.services.item_forms import keep_item, take_off

_KEEP_AFTER_MS = 250


class Editor(Face):
    """A form over FormView; `left` follows saving, Esc, and taking the item off the list."""

    def __init__(
        self, desk: Desk, drafts: FormDrafts, clean: FormState, kept: KeptForm | None = None
    ) -> None:
        """`clean` is the item as it is on the list, or an empty form; `kept` what was written."""
        super().__init__(desk)
        self.drafts = drafts
        self.clean = clean
        self.state = copy_of(clean) if kept is None else kept.state
        item_id = clean.item_id
        self.may = desk.may(Permission.KEEP_ITEMS)
        self.draft = drafts.key(item_id) if kept is None else kept.key
        measured = item_id is not None and desk.ask(was_counted, item_id)
        self.view = FormView(desk, self.state, measured=measured)
        self.view.edited.connect(self._edited)
        self.view.barcode_left.connect(self.check_barcode)
        self._done = False
        self._soon = QTimer(self, singleShot=True, interval=_KEEP_AFTER_MS)
        self._soon.timeout.connect(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(12))
        whole.addWidget(ReadOnly(desk, Permission.KEEP_ITEMS))
        self.view.hold_still(not self.may)
        whole.addWidget(self.view, 1)
        whole.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(14))
        self.told = label("", "second")
        self.button = finish_button(self.desk.say("Save the item"), run=self.finish)
        if not self.may:
            self.button.hide()
        row.addWidget(self.told, 1)
        row.addWidget(self.button)
        self._show_told()
        return row

    @property
    def names(self) -> Names:
        """As they are written now."""
        keys = ("name_en", "name_ar", "name_ckb", "name_fr")
        return Names(*(self.state.word(key) for key in keys))

    @property
    def dirty(self) -> bool:
        """Whether something is written that is not saved."""
        return not self.state.same_as(self.clean)

    def begin(self) -> None:
        """The cursor goes to the first field that is wanting."""
        if not self.may:
            self.desk.back_to_field()
            return
        own = f"name_{self.desk.language.code}"
        self.view.focus_on(own if self.state.word("code") else "code")

    # Heading and keys

    def title(self) -> str:
        return self.desk.name(self.names) or self.desk.say("New item")

    def subtitle(self) -> str:
        if self.clean.item_id is None:
            return self.desk.say("New item") if str(self.names) else ""
        return self.desk.language.isolate(self.state.word("code"))

    def header(self) -> tuple[QWidget, ...]:
        say = self.desk.say
        back = Button(say("Back to the list"), "Esc", role="quiet", small=True, run=self.back)
        if self.clean.item_id is None or not self.may:
            return (back,)
        words, icon = say("Put back on the list"), "archive-arrow-up-outline"
        if self.desk.ask(item_by_id, self.clean.item_id).active:
            words, icon = say("Take off the list"), "archive-outline"
        return (back, Button(words, "Alt+R", icon=icon, small=True, run=self.retire))

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Ctrl+Enter", N_("Save the item"), needs=(Permission.KEEP_ITEMS,)),
            Key("Alt+R", N_("Take off the list, or put back"), self.retire,
                (Permission.KEEP_ITEMS,)),
            Key("Ctrl+Z", N_("Take back what was written"), needs=(Permission.KEEP_ITEMS,)),
        )

    # Keeping

    def _edited(self) -> None:
        self._soon.start()
        self._show_told()
        self.renamed.emit()

    def _show_told(self) -> None:
        kept = self.desk.say("Kept as you type. The list changes when you save.")
        self.told.setText(kept if self.dirty else "")

    def keep(self, *, is_open: bool = True) -> None:
        """Write the draft now; a form like the item leaves none behind."""
        self._soon.stop()
        if self._done:
            return
        if self.dirty:
            self.drafts.keep(self.draft, self.state, is_open=is_open)
        else:
            self.drafts.drop(self.draft)

    def back(self) -> bool:
        """Esc: the list of a box first, then the form is put aside and waits."""
        if not self.view.close_list():
            self.keep(is_open=False)
            if self.dirty:
                self.desk.news(NewsKind.CALM, sentence("The form is put aside as it is."))
            self._leave(self.clean.item_id)
        return True

    def _leave(self, item_id: int | None) -> None:
        self._soon.stop()
        self._done = True
        self.left.emit(item_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: the window is closed, or another page opened, before the last letters were kept."""
        super().hideEvent(event)
        if self._soon.isActive():
            self.keep()

    def undo(self) -> bool:
        """Letters first, then all that was written; False when there is nothing."""
        box = QApplication.focusWidget()
        if isinstance(box, QLineEdit) and self.isAncestorOf(box) and box.isUndoAvailable():
            box.undo()
            box.textEdited.emit(box.text())
            return True
        if not self.dirty:
            return False
        written = self.state
        self._show(copy_of(self.clean))
        self.desk.done(sentence("What was written is taken back."), lambda: self._show(written))
        return True

    def _show(self, state: FormState) -> None:
        self.state = state
        self.view.show_state(state)
        self.keep()
        self._edited()

    # Codes

    def scanned(self, scan: Scan) -> bool:
        """A code no item has comes into the form; of another item it is said whose it is."""
        if not self.may:
            return False
        code = code_to_learn(scan)
        found = self.desk.ask(item_of_scan, scan)
        if found is None:
            self.add_code(code)
            self.desk.news(NewsKind.DONE, sentence("The code {code} is in the form.", code=code))
        elif found.item.id != self.clean.item_id:
            if not self.dirty:
                return False
            item_id, names = found.item.id, found.item.names
            words = sentence("The code {code} already belongs to {item}.", code=code, item=names)
            see = Action(sentence("Open it"), "Alt+O", lambda: self._change_to(item_id))
            self.desk.news(NewsKind.REFUSED, words, see)
        return True

    def _change_to(self, item_id: int) -> None:
        if self.page is not None:
            self.page.item_chosen(item_id)

    def add_code(self, code: str) -> None:
        """A scanned code that no item has goes into the form."""
        row = self.state.add_barcode(code)
        self.view.rows["barcodes"].set_rows(self.state.barcodes)
        self._edited()
        self.keep()
        size = 1
        self.view.focus_on(f"barcodes.{row}.{size}")

    def check_barcode(self, row: int) -> None:
        """Say at once what is wrong with a code: its check digit, or whose it is."""
        rows = self.state.barcodes
        code = rows[row][0] if row < len(rows) else ""
        wrong = self._wrong_code(code) if code else None
        told = "" if wrong is None else self.desk.tell(wrong)
        self.view.rows["barcodes"].set_told(row, told)

    def _wrong_code(self, code: str) -> Sentence | None:
        try:
            kept = as_kept(code)
        except Refused as no:
            return no.sentence
        owner = self.desk.ask(item_of_barcode, kept)
        if owner is None or owner[0].id == self.clean.item_id:
            return None
        return sentence("It already belongs to {item}.", item=owner[0].names)

    # Saving

    def finish(self) -> None:
        """Ctrl+Enter: what is half chosen in a box counts as written."""
        if not allowed(self.desk, Permission.KEEP_ITEMS):
            return
        box = QApplication.focusWidget()
        if isinstance(box, QWidget) and self.isAncestorOf(box):
            box.clearFocus()
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.save()

    def save(self) -> None:
        """Keep the item. Raises Refused with everything still in the form."""
        try:
            form = read_form(self.state)
        except Unfinished as unfinished:
            self._say_wrong(unfinished.wrong)
            return
        item_id = self.clean.item_id
        before = None if item_id is None else self.desk.ask(item_form, item_id)
        kept = self.desk.do(keep_item, form, item_id, self.draft)
        self.desk.done(self._saved_words(form, item_id), lambda: self._undo(before, kept))
        self._leave(kept)

    def _saved_words(self, form: ItemForm, item_id: int | None) -> Sentence:
        if item_id is None:
            return sentence("{item} is on the list.", item=form.draft.names)
        return sentence("{item} is changed.", item=form.draft.names)

    def _undo(self, before: ItemForm | None, item_id: int) -> None:
        """Ctrl+Z after saving: as it was, or off the list again."""
        desk = self.desk
        if before is None:
            item = desk.do(take_off, item_id)
            desk.done(sentence("{item} is off the list.", item=item.names))
        else:
            desk.do(keep_item, before, item_id)
            desk.done(sentence("{item} is as it was before.", item=before.draft.names))

    def retire(self) -> None:
        """Off the list, or back on it. Refused while there is stock."""
        if self.clean.item_id is not None:
            retire(self.desk, self.clean.item_id)
            self.drafts.drop(self.draft)
            self._leave(None)

    def _say_wrong(self, wrong: dict[str, Sentence]) -> None:
        self.view.show_wrong(wrong)
        self.desk.refused(
            counted(
                "{n} field is not right yet. Nothing was lost.",
                "{n} fields are not right yet. Nothing was lost.",
                len(wrong),
            )
        )


def copy_of(state: FormState) -> FormState:
    """Another one that says the same."""
    rows = {key: [list(row) for row in getattr(state, key)]
            for key in ("packs", "barcodes", "codes", "substitutes")}  # fmt: skip
    return FormState(state.item_id, dict(state.words), **rows)
