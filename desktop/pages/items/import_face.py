"""A file on its way into the list: choose, columns, check, import. Nothing changes before that."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.desk import Desk, new_request
from desktop.keys import Key
from desktop.news import Action, NewsKind
from desktop.pages.items.face import Face
from desktop.pages.items.files import file_to_write
from desktop.pages.items.import_check import CheckView
from desktop.pages.items.import_choose import ChooseFile
from desktop.pages.items.import_columns import ColumnsView
from desktop.pages.items.import_kinds import IMPORTS, ImportKind, imports_for
from desktop.pages.items.import_parts import Steps
from desktop.pages.items.import_work import Asked, Checked, asked_of_body, check, read
from desktop.tasks import LongWork
from inventory.domain.roles import Permission
from inventory.domain.scan import Scan
from inventory.domain.sentence import N_, Refused, Sentence, counted, sentence
from inventory.exchange.columns import ColumnMapping
from inventory.exchange.progress import Cancelled, Progress
from inventory.exchange.refused_rows import write_refused_rows
from inventory.exchange.table_file import TableFile
from inventory.services.importing import Imported, remember_mapping
from inventory.services.setting_up import STARTER, catalogue_path

T = TypeVar("T")
V = TypeVar("V")

DRAFT = "import"
_STEPS = (N_("File"), N_("Columns"), N_("Check"), N_("Import"))
_FILE, _COLUMNS, _CHECK, _IMPORT = range(4)


class ImportFace(Face):
    """Begins with the file it is given, else asks for one. `left` when somebody goes back."""

    def __init__(self, desk: Desk, asked: Asked | None = None) -> None:
        super().__init__(desk)
        self.asked = asked or Asked(next(iter(imports_for(desk))), "")
        self.checked: Checked | None = None
        self._work: LongWork[Any] | None = None
        self._turn = 0
        self.step_at = _FILE
        self.choose = ChooseFile(desk, self.asked.kind, self.asked.path)
        self.choose.chosen.connect(self._chosen)
        self.choose.kind_changed.connect(self._kind_chosen)
        self.choose.starter_wanted.connect(self.take_starter)
        self.view = CheckView(desk)
        self.view.columns_wanted.connect(self.show_columns)
        self.view.refused_wanted.connect(self.save_refused)
        self.view.go.connect(self.finish)
        self.columns: ColumnsView | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.choose)
        self.stack.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    @property
    def kind(self) -> ImportKind:
        """What the file holds."""
        return IMPORTS[self.asked.kind]

    @property
    def busy(self) -> bool:
        """Whether it reads, compares or imports now."""
        return self._work is not None

    # Heading and keys

    def title(self) -> str:
        return self.desk.say(self.kind.title)

    def subtitle(self) -> str:
        if self.step_at > _IMPORT:
            return self.desk.say("Nothing is left to do.")
        return self.desk.say("Nothing is changed until you press Import.")

    def header(self) -> tuple[QWidget, ...]:
        return (Steps([self.desk.say(words) for words in _STEPS], self.step_at),)

    def keys(self) -> tuple[Key, ...]:
        if self.step_at == _FILE:
            return (
                Key("Alt+F", N_("Choose a file"), self.choose.browse),
                Key("Alt+U", N_("The usual list of a health centre"), self.take_starter,
                    (Permission.KEEP_ITEMS,)),
                Key("Ctrl+Enter", N_("Check the file")),
            )
        return (
            Key("Alt+C", N_("Change columns"), self.show_columns),
            Key("Alt+S", N_("Save the refused rows"), self.save_refused),
            Key("Ctrl+Enter", N_("Import")),
        )

    def begin(self) -> None:
        if self.asked.path:
            self._read(self.asked)
        else:
            self.choose.path.line.setFocus()

    def _go(self, step: int, view: QWidget) -> None:
        self.step_at = step
        self.stack.setCurrentWidget(view)
        self.headed.emit()

    def scanned(self, scan: Scan) -> bool:
        """Scans are ignored while a file is on its way in, and that is said."""
        self.desk.news(NewsKind.LOOK, sentence("Scans are not taken during an import."))
        return True

    # The file

    def _kind_chosen(self, kind: str) -> None:
        self.asked = Asked(kind, self.asked.path)
        self.headed.emit()

    def _chosen(self, path: str) -> None:
        self._read(Asked(self.asked.kind, path))

    def take(self, path: Path) -> None:
        """A file was dropped."""
        self._go(_FILE, self.choose)
        self.choose.take(path)

    def take_starter(self) -> None:
        """The list of items that comes with the program."""
        self.choose.kinds.choose("items")
        self.take(catalogue_path(STARTER))

    def _read(self, asked: Asked) -> None:
        self.asked = asked
        self.choose.path.set_wrong("")
        self.desk.draft(DRAFT, platform.node()).save(asked.body())
        self._run(lambda progress: read(asked, progress), lambda table: self._check(table, None))

    def _check(self, table: TableFile, mapping: ColumnMapping | None, quiet: bool = False) -> None:
        desk, kind, asked = self.desk, self.kind, self.asked
        clinic_id, today = desk.clinic.id, desk.today

        def work(progress: Progress) -> Checked:
            return desk.ask(check, clinic_id, today, kind, asked, table, mapping, progress)

        self._run(work, lambda checked: self._show(checked, quiet))

    def _run(self, work: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        """Long work of which only the newest counts; a refusal is said and leaves things be."""
        self._stop()
        turn = self._turn

        def ended(act: Callable[[V], object], value: V) -> None:
            if isValid(self) and turn == self._turn:
                self._set_work(None)
                act(value)

        self._set_work(
            self.desk.run_long(
                work, lambda result: ended(done, result), lambda error: ended(self._failed, error)
            )
        )

    def _set_work(self, work: LongWork[Any] | None) -> None:
        self._work = work
        self.view.set_busy(work is not None)

    def _stop(self) -> None:
        """What runs now does not count any more."""
        self._turn += 1
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.desk.news(NewsKind.LOOK, error.sentence)
        elif isinstance(error, Refused):
            self.desk.refused(error)
            if self.step_at == _FILE:
                self.choose.path.set_wrong(self.desk.tell(error.sentence))
        else:
            raise error
        if self.step_at >= _IMPORT:
            self._go(_CHECK, self.view)

    def _show(self, checked: Checked, quiet: bool = False) -> None:
        self.checked = checked
        if checked.plan is None:
            if checked.why_not is not None:
                self.desk.refused(checked.why_not)
            self.show_columns()
            return
        self.view.show_checked(self.kind, checked)
        finished = quiet and not checked.plan.planned
        self._go(_IMPORT + 1 if finished else _CHECK, self.view)
        self.desk.back_to_field()
        if not (quiet or checked.remembered):
            self.desk.news(
                NewsKind.CALM,
                sentence("Columns found by their headings."),
                Action(sentence("Check them"), "Alt+C", self.show_columns),
            )

    # Columns

    def show_columns(self) -> None:
        """Alt+C: which column holds what."""
        if self.checked is None or self.busy:
            return
        if self.columns is not None:
            self.stack.removeWidget(self.columns)
            self.columns.deleteLater()
        self.columns = ColumnsView(self.desk, self.kind, self.checked)
        self.columns.asked_again.connect(self._read)
        self.columns.mapped.connect(self._mapped)
        self.stack.addWidget(self.columns)
        self._go(_COLUMNS, self.columns)
        self.columns.begin()

    def _mapped(self, mapping: ColumnMapping) -> None:
        if self.checked is None:
            return
        table = self.checked.table
        if mapping != self.checked.mapping:
            self.desk.keep(
                remember_mapping, self.desk.stamp(new_request()), self.kind.key, table, mapping
            )
        self._check(table, mapping)

    # Acts

    def save_refused(self) -> None:
        """Alt+S: the rows that were left out, to mend and import again."""
        checked = self.checked
        if checked is None or checked.plan is None or not checked.plan.refused:
            return
        stem = Path(checked.table.name).stem
        name = self.desk.say("{file}, refused rows", file=stem)
        suffix = "csv" if checked.table.kind == "csv" else "xlsx"
        path = file_to_write(self, self.desk, f"{name}.{suffix}")
        if path is not None:
            write_refused_rows(path, checked.table, checked.plan, self.desk.language)
            rows = len(checked.plan.refused_rows)
            self.desk.done(counted("{n} row written to {file}.", "{n} rows written to {file}.",
                                   rows, file=path.name))  # fmt: skip

    def finish(self) -> None:
        """Ctrl+Enter of the step that is open."""
        if self.busy:
            return
        if self.step_at == _FILE:
            self.choose.finish()
        elif self.step_at == _COLUMNS and self.columns is not None:
            self.columns.setFocus()
            self.columns.finish()
        elif self.checked is not None and self.checked.plan is not None:
            if self.checked.plan.planned:
                self._import(self.checked)
            else:
                self._leave()

    def _import(self, checked: Checked) -> None:
        desk, kind = self.desk, self.kind
        self._stop()
        self._go(_IMPORT, self.view)

        def done(result: Imported) -> None:
            desk.done(_told(kind, checked, result))
            if isValid(self):
                self._imported(checked)

        def failed(error: Exception) -> None:
            if isValid(self):
                self._set_work(None)
                self._failed(error)
            elif isinstance(error, Refused):
                desk.refused(error)

        self._set_work(desk.do_long(kind.act, checked.plan, done=done, failed=failed))

    def _imported(self, checked: Checked) -> None:
        """Compare again, so that everybody sees that nothing is left to do."""
        self._set_work(None)
        self.desk.draft(DRAFT, platform.node()).drop()
        self._check(checked.table, checked.mapping, quiet=True)

    def back(self) -> bool:
        """Esc: the list of a box, the columns, the dry run, the file, then the list of items."""
        if self.columns is not None and self.columns.close_list():
            return True
        ready = self.checked is not None and self.checked.plan is not None
        if self.step_at == _COLUMNS and ready:
            self._go(_CHECK, self.view)
        elif self.step_at != _FILE:
            self._go(_FILE, self.choose)
            self.choose.path.line.setFocus()
        else:
            self._leave()
        return True

    def step(self, rows: int) -> None:
        self.view.grid.step(rows)

    def _leave(self) -> None:
        self.left.emit(None)

    def closed(self) -> None:
        self._stop()
        self.desk.draft(DRAFT, platform.node()).drop()


def asked_before(desk: Desk) -> Asked | None:
    """The file that was on its way in when the program ended."""
    body = desk.draft(DRAFT, platform.node()).load()
    return None if body is None else asked_of_body(body)


def _told(kind: ImportKind, checked: Checked, result: Imported) -> Sentence:
    one, many = kind.told
    n = result.added + result.updated
    return Sentence(one, {"file": checked.table.name}, many, n)
