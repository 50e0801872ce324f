"""The window opens in four languages, mirrors, keeps the cursor in the field and hears its keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.news import Action, NewsKind
from desktop.widgets.key_cap import KeyCap
from inventory.domain.item import ItemDraft
from inventory.domain.names import Names
from inventory.domain.scan import Scan
from inventory.domain.sentence import Refused, sentence
from inventory.services.clinics import keep_paper_names
from inventory.services.items import save_item
from tests.desktop.conftest import MakeWindow, NotePage
from tests.keyboard import press, type_text

RTL = {"en": False, "fr": False, "ar": True, "ckb": True}


def page_of(window: MainWindow) -> NotePage:
    assert isinstance(window.page, NotePage)
    return window.page


def left_of(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, QPoint(0, 0)).x()


@pytest.mark.parametrize(("code", "rtl"), RTL.items())
def test_it_opens_and_mirrors(make_window: MakeWindow, code: str, rtl: bool) -> None:
    window = make_window(code)
    rail = left_of(window.rail, window)
    assert rail == (window.width() - window.rail.width() if rtl else 0)
    assert (left_of(window.top_bar.date, window) < left_of(window.field, window)) is rtl
    assert window.here == "today"
    assert window.rail.rows["today"].isChecked()


@pytest.mark.parametrize("code", RTL)
def test_no_rail_word_is_cut(make_window: MakeWindow, code: str) -> None:
    window = make_window(code)
    for row in window.rail.rows.values():
        assert row.word_fits(), row.words


def test_the_heights_are_the_design_s(make_window: MakeWindow) -> None:
    window = make_window()
    assert window.stripe.height() == 4
    assert window.rail.width() == 184
    assert window.top_bar.height() == 66
    assert window.field.height() == 46
    assert window.message_bar.height() == 44


def test_the_practice_clinic_cannot_be_mistaken(make_window: MakeWindow) -> None:
    window = make_window(practice=True)
    assert window.stripe.height() == 34
    assert "PRACTICE" in window.stripe.words
    assert window.message_bar.action is not None
    with QtBotSignal(window) as left:
        press(window, "Ctrl+Q")
    assert left == [True]


class QtBotSignal(list[bool]):
    """Counts how often the window asked to be left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window

    def __enter__(self) -> QtBotSignal:
        self._window.left.connect(lambda: self.append(True))
        return self

    def __exit__(self, *_: object) -> None:
        self._window.left.disconnect()


@pytest.mark.parametrize("layout", ["us", "ara", "ckb"])
def test_pages_are_opened_by_their_keys(make_window: MakeWindow, layout: str) -> None:
    window = make_window()
    for chord, key in (("Ctrl+3", "receive"), ("Ctrl+6", "items"), ("Ctrl+0", "settings"),
                       ("Ctrl+1", "today")):  # fmt: skip
        press(window, chord, layout)
        assert window.here == key
        assert window.field.hasFocus()


@pytest.mark.parametrize("layout", ["us", "ara", "ckb"])
def test_a_page_s_own_keys_are_heard_under_any_layout(make_window: MakeWindow, layout: str) -> None:
    window = make_window()
    for chord in ("Alt+B", "Alt+1"):
        press(window, chord, layout)
    assert page_of(window).told[-2:] == ["Alt+B", "Alt+1"]
    assert window.field.text() == ""


def test_the_key_that_only_lets_go_is_heard(make_window: MakeWindow) -> None:
    """Lam-alef: an input method swallows the press, the release carries the place."""
    window = make_window()
    release = QKeyEvent(
        QEvent.Type.KeyRelease, 0x0644, Qt.KeyboardModifier.AltModifier, 56, 0, 0, ""
    )
    QApplication.sendEvent(window.windowHandle(), release)
    assert page_of(window).told[-1] == "Alt+B"


def test_general_keys_reach_the_page(make_window: MakeWindow) -> None:
    window = make_window()
    for chord in ("Ctrl+Enter", "Ctrl+P", "Down", "Enter", "Esc", "Ctrl+Z"):
        press(window.field, chord)
    expected = ["finish", "print", ("step", 1), "enter", "back", "undo"]
    assert page_of(window).told[-6:] == expected


def test_a_bare_key_belongs_to_the_words_being_written(make_window: MakeWindow) -> None:
    window = make_window()
    press(window.field, "Del")
    assert page_of(window).told[-1] == "Del"
    type_text(window.field, "am")
    press(window.field, "Home")
    press(window.field, "Del")
    assert page_of(window).told.count("Del") == 1
    assert window.field.text() == "m"


def test_a_held_chord_acts_once(make_window: MakeWindow) -> None:
    window = make_window()
    for again in (False, True, True):
        held = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier,
            36, 0, 0, "", again,
        )  # fmt: skip
        QApplication.sendEvent(window.windowHandle(), held)
    assert page_of(window).told.count("finish") == 1


def test_single_digits_are_typed_and_never_shortcuts(make_window: MakeWindow) -> None:
    window = make_window()
    press(window.field, "2")
    assert window.here == "today"
    assert window.field.text() == "2"


def test_f1_brings_the_cursor_back(make_window: MakeWindow) -> None:
    window = make_window()
    other = QPushButton("other")
    page_of(window).body.addWidget(other)
    other.show()
    other.setFocus()
    assert not window.field.hasFocus()
    press(window, "F1")
    assert window.field.hasFocus()


def test_a_finished_act_gives_the_cursor_back(make_window: MakeWindow) -> None:
    window = make_window()
    other = QPushButton("other")
    page_of(window).body.addWidget(other)
    other.show()
    other.setFocus()
    window.desk.back_to_field()
    assert window.field.hasFocus()


def test_tab_never_lands_on_the_rail(make_window: MakeWindow) -> None:
    window = make_window()
    for _ in range(4):
        page_of(window).body.addWidget(QPushButton("button"))
    for _ in range(12):
        window.focusNextChild()
        focused = window.focusWidget()
        assert focused is None or not window.rail.isAncestorOf(focused)


def test_holding_ctrl_shows_the_keys(make_window: MakeWindow) -> None:
    window = make_window()
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier, 37, 0, 0
    )
    let_go = QKeyEvent(
        QEvent.Type.KeyRelease, Qt.Key.Key_Control, Qt.KeyboardModifier.NoModifier, 37, 0, 0
    )
    QApplication.sendEvent(window.windowHandle(), held)
    assert all(row.key_shown for row in window.rail.rows.values())
    QApplication.sendEvent(window.windowHandle(), let_go)
    assert not any(row.key_shown for row in window.rail.rows.values())


def test_what_waits_is_counted_and_survives_a_rebuild(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.waiting("receive", 3)
    window.desk.speak("ar")
    QApplication.processEvents()
    assert window.rail.rows["receive"].waiting == 3
    assert left_of(window.rail, window) > 0
    assert window.here == "today"
    assert left_of(window.rail, window) > 0
    assert window.field.hasFocus()


def test_hidden_pages_go_stale_and_visible_ones_ask_again(make_window: MakeWindow) -> None:
    window = make_window()
    today = page_of(window)
    press(window, "Ctrl+2")
    dispense = page_of(window)
    asked = len(dispense.told), len(today.told)
    window.desk.committed.emit()
    assert (len(dispense.told), len(today.told)) == (asked[0] + 1, asked[1])
    press(window, "Ctrl+1")
    assert today.told[-1] == "refresh"
    assert len(today.told) == asked[1] + 1


def test_f12_lists_the_keys_and_esc_closes(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    press(window, "F12")
    assert window.sheet is not None
    words = [label.text() for label in window.sheet.findChildren(QLabel)]
    assert "Another batch" in words
    assert "Ctrl+Enter" in [cap.chord for cap in window.sheet.findChildren(KeyCap)]
    press(window, "Esc")
    assert window.sheet is None


def test_f8_lists_the_messages_of_the_day(make_window: MakeWindow) -> None:
    window = make_window()
    window.desk.refused(sentence("The printer did not answer."))
    press(window, "F8")
    assert window.sheet is not None
    words = [label.text() for label in window.sheet.findChildren(QLabel)]
    assert "The printer did not answer." in words


def test_the_news_key_is_heard_before_the_page(make_window: MakeWindow) -> None:
    window = make_window()
    kept: list[str] = []
    act = Action(sentence("Keep mine"), "Alt+B", lambda: kept.append("mine"))
    window.desk.news(NewsKind.LOOK, "AM1203 expires earlier.", act)
    press(window, "Alt+B", "ara")
    press(window, "Alt+B", "ara")
    assert kept == ["mine"]
    assert page_of(window).told[-1] == "Alt+B"


def test_ctrl_z_reverses_the_last_act_when_the_page_has_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    reversed_: list[bool] = []
    window.desk.posted(sentence("Dispensed."), lambda: reversed_.append(True))
    page_of(window).takes = False
    press(window, "Ctrl+Z")
    assert reversed_ == [True]


def test_a_refusal_is_said_in_red(make_window: MakeWindow) -> None:
    window = make_window()

    def refuse() -> None:
        raise Refused("Only {n} here.", n=12)

    window.guarded(refuse)
    assert window.message_bar.words.words == "Only 12 here."
    assert window.message_bar.property("kind") == "refused"


def test_a_refusal_that_leaves_a_button_is_said_too(make_window: MakeWindow) -> None:
    window = make_window()
    button = QPushButton("dispense")

    def refuse() -> None:
        raise Refused("Only {n} here.", n=7)

    button.clicked.connect(refuse)
    page_of(window).body.addWidget(button)
    button.click()
    assert window.message_bar.words.words == "Only 7 here."


def test_a_locked_desk_hears_nothing(make_window: MakeWindow) -> None:
    window = make_window()
    press(window, "Ctrl+Alt+L")
    assert window.cover is not None
    cover = window.cover
    window.scanned("0101")
    assert ("scan", "0101") not in page_of(window).told
    press(window, "Ctrl+2")
    assert window.here == "today"
    cover.name.setText("Haval")
    press(cover.name, "Enter")
    assert window.desk.user == "Haval"
    assert window.cover is None
    press(window, "Ctrl+2")
    assert window.here == "dispense"


def test_a_scan_goes_to_the_page_that_is_open(make_window: MakeWindow) -> None:
    window = make_window()
    window.field.setText("half typed")
    window.scanned("06291100081233")
    assert page_of(window).told[-1] == ("scan", "06291100081233")
    assert window.field.text() == ""


def test_an_unknown_scan_no_page_wants_is_said_and_offers_items(make_window: MakeWindow) -> None:
    window = make_window()
    page_of(window).takes = False
    window.scanned("06291100081233")
    assert window.message_bar.action is not None
    press(window, "Ctrl+6")
    assert window.here == "items"


@pytest.mark.parametrize(
    ("number", "page"), [("DSP-2026-00001", "dispense"), ("GRN-2026-00001", "receive"),
                         ("ORD-2026-00001", "order"), ("ADJ-2026-00001", "stock")]
)  # fmt: skip
def test_our_own_paper_opens_where_it_belongs(
    make_window: MakeWindow, number: str, page: str
) -> None:
    window = make_window()
    page_of(window).takes = False
    window.scanned(number)
    assert window.here == page


def test_another_clinic_changes_the_colour(make_window: MakeWindow) -> None:
    from desktop import theme
    from inventory.services.clinics import NewClinic, add_clinic
    from tests.desktop.conftest import TODAY

    window = make_window()
    desk = window.desk
    desk.keep(add_clinic, NewClinic("Al-Noor", colour="plum"), TODAY, 0)
    desk.move_to(desk.clinics()[1])
    assert theme.current().clinic == theme.CLINIC_COLOURS["plum"].light
    assert window.rail.mark.several
    assert "Al-Noor" in window.windowTitle()


def test_the_rail_calls_the_clinic_as_its_language_does(make_window: MakeWindow) -> None:
    window = make_window("ar")
    desk = window.desk
    assert window.rail.mark.name == desk.clinic.name
    desk.do(keep_paper_names, {"ar": "مركز الزهور"}, {})
    window.rebuild()
    assert window.rail.mark.name == window.rail.mark.accessibleName() == "مركز الزهور"


def test_a_bare_item_code_is_scanned_as_our_own_label(make_window: MakeWindow) -> None:
    window = make_window()
    item = ItemDraft("IBUP400T", Names(en="Ibuprofen"), "medicine", "tablet", pack_size=10)
    window.desk.do(lambda connection, stamp: save_item(connection, item, 0))
    told: list[Scan] = []
    page_of(window).scanned = lambda scan: told.append(scan) or True  # type: ignore[method-assign, func-returns-value]
    window.scans.arrived("IBUP400T")
    window.scans.arrived("IBUP400X")
    assert [(s.kind.value, s.item_code) for s in told] == [("own", "IBUP400T"), ("unknown", None)]
