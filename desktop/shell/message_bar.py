"""The bar at the bottom: the last thing done, or news in its colour, with one act and its key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.icons import pixmap
from desktop.news import Action, News, NewsKind
from desktop.power import Battery, read_battery
from desktop.widgets.buttons import Button, link_button
from desktop.widgets.elided import ElidedLabel

HIGH = 44
_CALM_AFTER_MS = 8000
_BATTERY_EVERY_MS = 30_000


@dataclass(frozen=True, slots=True)
class _Look:
    icon: str
    color: str
    timed: bool
    """Whether the time stands before it; a warning or a refusal is always about now."""
    calms: bool = False


_LOOKS = {
    NewsKind.CALM: _Look("history", "ink2", timed=True),
    NewsKind.DONE: _Look("check-circle", "green", timed=True, calms=True),
    NewsKind.LOOK: _Look("alert", "amber", timed=False),
    NewsKind.REFUSED: _Look("close-circle", "red", timed=False),
}


class MessageBar(QFrame):
    """Always there, so nothing jumps. News that asks for something stays until it is answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("message_bar")
        self.setFixedHeight(theme.current().px(HIGH))
        self.shown: News | None = None
        self._build()
        self._calm = QTimer(self, singleShot=True, interval=_CALM_AFTER_MS)
        self._calm.timeout.connect(self._calm_down)
        self._watch = QTimer(self, interval=_BATTERY_EVERY_MS)
        self._watch.timeout.connect(self._look_at_battery)
        self._watch.start()
        self._look_at_battery()
        desk.user_changed.connect(self._withdraw)
        self.show_news(desk.said[-1] if desk.said else None)
        if self.shown is not None:
            self._calm_down()

    def _build(self) -> None:
        px = theme.current().px
        self.icon, self.words = QLabel(), ElidedLabel()
        self.words.setObjectName("words")
        self.button_place = QHBoxLayout()
        self.button: Button | None = None
        self.battery_icon, self.battery = QLabel(), QLabel()
        self.battery.setObjectName("battery")
        self.trailing = QHBoxLayout()
        self.trailing.setSpacing(px(12))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(22), 0, px(22), 0)
        row.setSpacing(px(10))
        row.addWidget(self.icon)
        row.addWidget(self.words)
        row.addLayout(self.button_place)
        row.addStretch(1)
        row.addLayout(self.trailing)
        self.trailing.addWidget(self.battery_icon)
        self.trailing.addWidget(self.battery)

    @property
    def action(self) -> Action | None:
        """What the bar offers now."""
        return self.shown.action if self.shown is not None else None

    def show_news(self, news: News | None) -> None:
        """The newest wins."""
        self.shown = news
        self._paint_kind(news.kind if news is not None else NewsKind.CALM)
        action = self.action
        self.icon.setVisible(news is not None)
        self._offer(action)
        self.words.set_words("" if news is None else self._sentence(news))
        self._time_out(news)

    def _offer(self, action: Action | None) -> None:
        if self.button is not None:
            self.button.hide()
            self.button.deleteLater()
            self.button = None
        if action is not None:
            self.button = link_button(self.desk.tell(action.label), action.key, run=self.act)
            self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.button_place.addWidget(self.button)

    def _sentence(self, news: News) -> str:
        told = self.desk.tell(news.words)
        if not _LOOKS[news.kind].timed:
            return told
        clock = self.desk.language.time(int(news.at.timestamp() * 1000))
        return f"{clock}\u2002{told}"

    def _time_out(self, news: News | None) -> None:
        self._calm.stop()
        if news is not None and _LOOKS[news.kind].calms:
            self._calm.start()

    def _calm_down(self) -> None:
        """Done is green for a moment, then it is only the last thing done."""
        self._paint_kind(NewsKind.CALM)

    def _paint_kind(self, kind: NewsKind) -> None:
        look = _LOOKS[kind]
        self.icon.setPixmap(pixmap(look.icon, 16, look.color, self.devicePixelRatioF()))
        self.setProperty("kind", str(kind))
        for part in (self, self.words):
            part.style().unpolish(part)
            part.style().polish(part)

    def act(self) -> None:
        """Do what the bar offers; it is offered once."""
        action = self.action
        if action is None:
            return
        self._offer(None)
        if self.shown is not None:
            answered = News(NewsKind.CALM, self.shown.words, None, self.shown.at)
            self.shown = answered
            self._calm_down()
        action.run()

    def _withdraw(self) -> None:
        """Somebody else sits here: what the one before did or was refused is not theirs."""
        if self.shown is not None and self.shown.kind is NewsKind.REFUSED:
            self.show_news(None)
        elif self.shown is not None and self.action is not None:
            self._offer(None)
            self.shown = News(NewsKind.CALM, self.shown.words, None, self.shown.at)
            self._calm_down()

    def add_trailing(self, widget: QWidget) -> None:
        """Something that is always said here, such as the age of the last backup."""
        self.trailing.insertWidget(0, widget)

    def _look_at_battery(self) -> None:
        self.show_battery(read_battery())

    def show_battery(self, battery: Battery | None) -> None:
        """Only when the computer is not on mains."""
        told = battery is not None and not battery.on_mains
        self.battery.setVisible(told)
        self.battery_icon.setVisible(told)
        if battery is None or not told:
            return
        low = battery.percent <= 20
        icon = "battery-alert" if low else "battery-70"
        color = "red" if low else "ink2"
        self.battery_icon.setPixmap(pixmap(icon, 16, color, self.devicePixelRatioF()))
        share = self.desk.language.percent(battery.percent)
        self.battery.setText(self.desk.say("On battery, {percent}", percent=share))
