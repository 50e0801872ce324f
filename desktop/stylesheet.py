"""One stylesheet, made from the theme's tokens; pages name a role and never a colour.

Labels: role = title, subtitle, heading, item, second, column, label, faint, tile, quantity;
tone = red, amber, green, violet, accent. Buttons: role = primary, finish, link, quiet;
compact = true. Frames: role = card, sunk, line, panel. A field with wrong = true has a red border.
"""

from __future__ import annotations

from desktop.theme import Theme, Tone

_TEXT = {
    "first": (30, 600, "ink"),
    "title": (24, 600, "ink"),
    "subtitle": (15, 400, "ink2"),
    "heading": (16, 600, "ink"),
    "item": (15, 600, "ink"),
    "strong": (15, 600, "ink"),
    "second": (13, 400, "ink2"),
    "column": (13, 500, "ink2"),
    "label": (13, 500, "ink2"),
    "faint": (13, 400, "ink3"),
    "tile": (34, 600, "ink"),
    "quantity": (20, 600, "ink"),
}


def stylesheet(theme: Theme) -> str:
    """The QSS of the whole program."""
    parts = (_ground, _text, _frames, _buttons, _fields, _tables, _bars, _shell, _small)
    return "\n".join(part(theme) for part in parts)


def _ground(t: Theme) -> str:
    return f"""
    QMainWindow, QDialog, QWidget#page, QWidget#room {{ background: {t.canvas}; }}
    QWidget {{ color: {t.ink}; }}
    QLabel {{ background: transparent; }}
    QToolTip {{
        background: {t.surface}; color: {t.ink}; border: 1px solid {t.edge};
        padding: {t.px(6)}px {t.px(8)}px; font-size: {t.px(13)}px;
    }}
    """


def _text(t: Theme) -> str:
    roles = "".join(
        f'QLabel[role="{role}"] {{ font-size: {t.px(size)}px; font-weight: {weight};'
        f" color: {getattr(t, color)}; }}\n"
        for role, (size, weight, color) in _TEXT.items()
    )
    tones = "".join(
        f'QLabel[tone="{name}"] {{ color: {tone.ink}; }}\n' for name, tone in _tones(t).items()
    )
    return roles + tones


def _tones(t: Theme) -> dict[str, Tone]:
    return {name: t.tone(name) for name in ("red", "amber", "green", "violet", "grey", "accent")}


def _frames(t: Theme) -> str:
    card, field = t.px(10), t.px(8)
    return f"""
    QFrame[role="card"], QFrame[role="panel"] {{
        background: {t.surface}; border: 1px solid {t.hairline}; border-radius: {card}px;
    }}
    QFrame[role="choice"] {{
        background: {t.surface}; border: 1px solid {t.hairline}; border-radius: {t.px(12)}px;
    }}
    QFrame[role="choice"][here="true"] {{
        background: {t.accent_soft}; border: 2px solid {t.accent};
    }}
    QLabel[role="choice_icon"] {{ background: {t.sunk}; border-radius: {card}px; }}
    QFrame[here="true"] QLabel[role="choice_icon"] {{ background: {t.surface}; }}
    QLabel[role="mark"] {{ background: {t.accent}; border-radius: {t.px(12)}px; }}
    QFrame[role="sunk"] {{ background: {t.sunk}; border: none; border-radius: {field}px; }}
    QFrame[role="notice"] {{ border: none; border-radius: 0; }}
    QFrame[role="notice"][tone="amber"] {{ background: {t.amber.soft}; }}
    QFrame[role="notice"][tone="red"] {{ background: {t.red.soft}; }}
    QFrame[role="notice"][tone="accent"] {{ background: {t.accent_soft}; }}
    QFrame[role="line"] {{ background: {t.hairline}; border: none; max-height: 1px;
                           min-height: 1px; }}
    QFrame[role="upright"] {{ background: {t.hairline}; border: none; max-width: 1px;
                              min-width: 1px; }}
    """


def _buttons(t: Theme) -> str:
    small = t.px(40) - 2
    return f"""
    QPushButton {{
        background: {t.surface}; color: {t.ink}; border: 1px solid {t.edge};
        border-radius: {t.px(8)}px; min-height: {t.px(44) - 2}px; padding: 0 {t.px(16)}px;
        font-size: {t.px(15)}px; font-weight: 600; icon-size: {t.px(20)}px;
    }}
    QPushButton:hover {{ background: {t.sunk}; }}
    QPushButton:pressed {{ background: {t.accent_soft}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 {t.px(16) - 1}px; }}
    QPushButton:disabled {{ color: {t.ink3}; border-color: {t.hairline}; }}
    QPushButton[compact="true"] {{ min-height: {small}px; }}
    QPushButton[compact="true"]:focus {{ min-height: {small - 2}px; }}
    QPushButton[role="primary"], QPushButton[role="finish"] {{
        background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent};
    }}
    QPushButton[role="finish"] {{ min-height: {t.px(52) - 2}px; font-size: {t.px(17)}px; }}
    QPushButton[role="primary"]:focus, QPushButton[role="finish"]:focus {{
        border: 2px solid {t.ink};
    }}
    QPushButton[role="primary"]:disabled, QPushButton[role="finish"]:disabled {{
        background: {t.sunk}; color: {t.ink3}; border-color: {t.hairline};
    }}
    QPushButton[role="link"] {{
        background: transparent; color: {t.accent}; border: 1px solid transparent;
        border-radius: {t.px(6)}px; min-height: {t.px(28)}px; padding: 0 {t.px(6)}px;
        font-size: {t.px(14)}px;
    }}
    QPushButton[role="link"]:hover {{ text-decoration: underline; }}
    QPushButton[role="link"]:focus {{ border: 2px solid {t.accent}; padding: 0 {t.px(6) - 1}px; }}
    QPushButton[role="quiet"] {{
        background: transparent; border: 1px solid transparent; color: {t.ink2};
        font-weight: 500;
    }}
    QPushButton[role="quiet"]:hover {{ background: {t.sunk}; }}
    QPushButton[role="quiet"]:checked {{ background: {t.accent_soft}; color: {t.ink};
                                         font-weight: 600; }}
    QPushButton[role="quiet"]:focus {{ border: 2px solid {t.accent}; }}
    """


def _fields(t: Theme) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {{
        background: {t.surface}; color: {t.ink}; border: 1px solid {t.edge};
        border-radius: {t.px(8)}px; padding: 0 {t.px(13)}px; font-size: {t.px(15)}px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent};
        placeholder-text-color: {t.ink3};
    }}
    QLineEdit, QComboBox, QSpinBox, QDateEdit {{ min-height: {t.px(40) - 2}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
        border: 2px solid {t.accent}; padding: 0 {t.px(13) - 1}px;
    }}
    QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ min-height: {t.px(40) - 4}px; }}
    QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {t.red.ink}; }}
    QLineEdit[changed="true"] {{ border: 2px solid {t.amber.ink}; }}
    QLineEdit[wrong="true"], QComboBox[wrong="true"], QLineEdit[changed="true"] {{
        padding: 0 {t.px(13) - 1}px; min-height: {t.px(40) - 4}px;
    }}
    QLineEdit:disabled, QComboBox:disabled {{ background: {t.sunk}; color: {t.ink3}; }}
    QLineEdit[bare="true"] {{ border: none; background: transparent; padding: 0; }}
    QComboBox::drop-down {{ border: none; width: {t.px(28)}px; }}
    QComboBox QAbstractItemView {{
        background: {t.surface}; border: 1px solid {t.edge}; outline: none;
        selection-background-color: {t.accent_soft}; selection-color: {t.ink};
    }}
    QCheckBox, QRadioButton {{ spacing: {t.px(8)}px; min-height: {t.px(28)}px; }}
    """


def _tables(t: Theme) -> str:
    return f"""
    QAbstractItemView {{
        background: {t.surface}; color: {t.ink}; border: none; outline: none;
        selection-background-color: {t.accent_soft}; selection-color: {t.ink};
        gridline-color: {t.hairline};
    }}
    QHeaderView {{ background: {t.surface}; border: none; }}
    QHeaderView::section {{
        background: {t.surface}; color: {t.ink2}; border: none;
        border-bottom: 1px solid {t.hairline}; padding: 0 {t.px(12)}px;
        font-size: {t.px(13)}px; font-weight: 500; min-height: {t.px(36)}px;
    }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget#inside {{ background: transparent; }}
    """


def _bars(t: Theme) -> str:
    wide, round_ = t.px(10), t.px(3)
    return f"""
    QScrollBar:vertical {{ background: transparent; width: {wide}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {wide}px; margin: 0; }}
    QScrollBar::handle {{ background: {t.edge}; border-radius: {round_}px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: {t.px(32)}px; }}
    QScrollBar::handle:horizontal {{ min-width: {t.px(32)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QProgressBar {{ background: {t.sunk}; border: none; border-radius: {round_}px;
                    max-height: {t.px(8)}px; min-height: {t.px(8)}px; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: {round_}px; }}
    """


def _shell(t: Theme) -> str:
    news = {"done": t.green, "look": t.amber, "refused": t.red}
    told = "".join(
        f'QFrame#message_bar[kind="{kind}"] {{ background: {tone.soft}; }}\n'
        f'QFrame#message_bar[kind="{kind}"] QLabel#words {{ color: {t.ink}; font-weight: 500; }}\n'
        for kind, tone in news.items()
    )
    return f"""
    QWidget#rail {{ background: {t.rail}; }}
    QLineEdit#field {{
        border-radius: {t.px(10)}px; min-height: {t.px(46) - 2}px; font-size: {t.px(17)}px;
    }}
    QLineEdit#field:focus {{ min-height: {t.px(46) - 4}px; }}
    QLabel#date {{ font-size: {t.px(14)}px; font-weight: 500; color: {t.ink2}; }}
    QFrame#message_bar {{ background: {t.surface}; border: none;
                          border-top: 1px solid {t.hairline}; }}
    QLabel#words, QLabel#battery {{ font-size: {t.px(14)}px; color: {t.ink2}; }}
    QFrame#results {{ background: {t.surface}; border: 1px solid {t.hairline};
                      border-radius: {t.px(10)}px; }}
    {told}
    """


def _small(t: Theme) -> str:
    return f"""
    QMenu {{ background: {t.surface}; border: 1px solid {t.edge}; padding: {t.px(6)}px; }}
    QMenu::item {{ padding: {t.px(8)}px {t.px(16)}px; border-radius: {t.px(6)}px;
                   font-size: {t.px(15)}px; }}
    QMenu::item:selected {{ background: {t.accent_soft}; }}
    QMenu::separator {{ height: 1px; background: {t.hairline}; margin: {t.px(6)}px; }}
    """
