"""The counter: one basket, the desk it stands on, and what people do with it. No widgets.

Every act changes the basket, keeps it as a draft and tells `changed`; acts raise Refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.desk import Desk
from desktop.news import Action, NewsKind
from desktop.pages.dispense.basket import TAKEN_BACK, Basket
from desktop.pages.dispense.keeping import CLOSED, Keeping, Left
from desktop.pages.dispense.line_view import LineView, line_view
from desktop.pages.dispense.order import order_of
from desktop.pages.dispense.register import course_days
from desktop.pages.dispense.scan_advice import Advice, advise
from inventory.domain.fefo import Shelf
from inventory.domain.roles import Permission
from inventory.domain.scan import Scan
from inventory.domain.sentence import Sentence, counted, sentence
from inventory.queries.counter import CounterLine, Wanted, counter_lines, issuable
from inventory.queries.items import ItemRow, item_by_id
from inventory.queries.scanning import item_of_scan
from inventory.queries.shelves import shelves


@dataclass(frozen=True, slots=True)
class Seen:
    """The basket as the shelf answers it now."""

    lines: tuple[CounterLine, ...] = ()
    views: tuple[LineView, ...] = ()

    @property
    def short(self) -> int:
        """How many lines cannot be given whole."""
        return sum(view.is_short for view in self.views)


@dataclass(frozen=True, slots=True)
class KeepMine:
    """What the page is opened for: the scanned batch of an item shall go first."""

    item_id: int


@dataclass(frozen=True, slots=True)
class TakeUp:
    """What the page is opened for: the parked basket."""


class Counter:
    """`changed` is called after every act, `posted` with the number once it is dispensed."""

    def __init__(self, desk: Desk, changed: Callable[[], object]) -> None:
        self.desk = desk
        self.keeping = Keeping(desk)
        self.changed = changed
        self.basket, self.left = self.keeping.load()
        self.seen = Seen()

    def look(self) -> Seen:
        """Ask the shelf again."""
        desk, lines = self.desk, self.basket.lines
        course = course_days(self.basket.visit)
        wanted = [Wanted(line.item_id, line.quantity, line.lot_id) for line in lines]
        found = desk.ask(counter_lines, desk.clinic.id, desk.today, wanted, course)
        views = (
            line_view(one, line, desk.today, course, desk.language)
            for one, line in zip(found, lines, strict=True)
        )
        self.seen = Seen(tuple(found), tuple(views))
        return self.seen

    def tell_left(self) -> None:
        """Say once that the basket of an earlier running is here again."""
        left, self.left = self.left, None
        if left is not None:
            cut = NewsKind.LOOK if left.cut else NewsKind.CALM
            self.desk.news(cut, self._restored(left))

    def _restored(self, left: Left) -> Sentence:
        time = self.desk.language.time(left.since)
        size = len(self.basket.lines)
        if left.cut:
            return counted(
                "Restored after the power cut: basket of {n} item, {time}.",
                "Restored after the power cut: basket of {n} items, {time}.",
                size, time=time,
            )  # fmt: skip
        return counted(
            "The basket of {n} item from {time} is here again.",
            "The basket of {n} items from {time} is here again.",
            size, time=time,
        )  # fmt: skip

    # Acts

    @property
    def is_open(self) -> bool:
        """Whether who sits here may work on this basket: an emergency is open to everybody."""
        return bool(self.basket.emergency) or self.desk.may(Permission.DISPENSE)

    def call_emergency(self, reason: str) -> None:
        """From now on it is taken out in an emergency; with an empty reason no longer."""
        self.put(self.basket.in_emergency(reason))
        self._did(sentence("This is an emergency now: it is written down and looked at later.")
                  if reason else sentence("This is no emergency any more."))  # fmt: skip

    def put(self, basket: Basket) -> None:
        """This is the basket now."""
        if basket is self.basket:
            return
        kept = basket.begun or basket.steps or self.basket.begun or self.basket.steps
        moved = (basket.lines, basket.visit, basket.steps, basket.emergency) == (
            self.basket.lines, self.basket.visit, self.basket.steps, self.basket.emergency
        )  # fmt: skip
        self.basket = basket
        if kept and not moved:
            self.keeping.save(basket)
        self.changed()

    def add(self, item_id: int) -> None:
        """An item found by name: a line of one, or the line it has already."""
        item = self._item(item_id)
        known = self.basket.find(item_id) is not None
        self.put(self.basket.add(item_id, _one(item)))
        if not known:
            self._did(sentence("{item} is in the basket.", item=item.names))

    def scan(self, scan: Scan) -> bool:
        """A pack: its line, or one more. False when this is not a pack known here."""
        if scan.document is not None or scan.symbol is not None:
            return False
        found = self.desk.ask(item_of_scan, scan)
        if found is None:
            return False
        item = found.item
        standing = self.desk.ask(shelves, self.desk.clinic.id, item.id)
        fit = issuable(standing, self.desk.today)
        places = item.traits.decimals
        advice = advise(scan, standing, fit, self.desk.today, item.unit, places)
        basket = self.basket.add(item.id, _one(item), more=True)
        self.put(basket.scanned(basket.at, advice.lot_id))
        if advice.words is not None:
            self.desk.news(NewsKind.LOOK, advice.words, self._keep(item.id, advice))
        elif scan.warnings:
            self.desk.news(NewsKind.LOOK, scan.warnings[0])
        else:
            self._did(sentence("{item} is in the basket.", item=item.names))
        return True

    def _keep(self, item_id: int, advice: Advice) -> Action | None:
        """The batch in somebody's hand may go first; the page asks why."""
        if not advice.keep:
            return None
        desk, mine = self.desk, KeepMine(item_id)
        return Action(sentence("Keep mine"), "Alt+B", lambda: desk.open_page("dispense", mine))

    def take_out(self) -> None:
        """The line people are on goes."""
        line = self.basket.line
        if line is not None:
            names = self._item(line.item_id).names
            self.put(self.basket.take_out(self.basket.at))
            self._did(sentence("{item} was taken out.", item=names))

    def take_instead(self, where: int, item_id: int) -> None:
        """A substitute for a short line, as many as are missing; the prescriber decides."""
        short = self.seen.lines[where]
        item = self._item(item_id)
        missing = max(short.pick.short // 10**short.item.traits.decimals, 1)
        self.put(self.basket.take_instead(where, item_id, missing * _one(item)))
        self._did(
            sentence("{item} instead of {other}.", item=item.names, other=short.item.names)
        )

    def choose_batch(self, lot_id: int | None, reason: str) -> None:
        """Another batch for the line people are on."""
        line = self.basket.line
        if line is None:
            return
        names = self._item(line.item_id).names
        self.put(self.basket.choose_batch(self.basket.at, lot_id, reason))
        if lot_id is None:
            self._did(sentence("{item}: the earliest batch first again.", item=names))
        else:
            self._did(sentence("{item}: the batch you chose goes first.", item=names))

    def choosable(self) -> list[Shelf]:
        """The batches somebody may take first on the line, other than the one that is first."""
        at = self.basket.at
        found = self.seen.lines[at]
        standing = self.desk.ask(shelves, self.desk.clinic.id, found.item.id)
        fit = issuable(standing, self.desk.today)
        first = self.basket.lines[at].lot_id or (fit[0].lot_id if fit else 0)
        return _heaps([shelf for shelf in fit if shelf.lot_id != first])

    def take_back(self) -> bool:
        """One step of unposted work. False when there is none, or it is somebody else's."""
        if not self.is_open:
            return False
        found = self.basket.take_back()
        if found is None:
            return False
        basket, step = found
        self.put(basket)
        names = self._item(step.item_id).names if step.item_id else ""
        self._did(sentence(TAKEN_BACK[step.act], item=names))
        return True

    def _did(self, words: Sentence) -> None:
        """Say it calmly; while there are steps, Ctrl+Z takes them back and the bar says so."""
        undo = Action(sentence("Undo"), "Ctrl+Z", self.take_back) if self.basket.steps else None
        self.desk.news(NewsKind.CALM, words, undo)

    # Posting and parking

    def dispense(self) -> str:
        """Post the basket; returns the number. Raises Refused with nothing lost."""
        basket = self.basket
        names = {one.item.id: one.item.names for one in self.seen.lines}
        order = order_of(basket, names, self.desk.today)
        self.basket = self.keeping.fresh()
        try:
            done = self.keeping.post(basket, order)
        except BaseException:
            self.basket = basket
            raise
        self.changed()
        self.desk.posted(_posted(done.number, len(order.lines), len(done.unmet)),
                         _reverse(self.desk, done.number))  # fmt: skip
        return done.number

    def park(self) -> None:
        """Put the basket aside for somebody who comes back."""
        size = len(self.basket.lines)
        self.keeping.park(self.basket)
        self.basket = self.keeping.fresh()
        self.changed()
        desk, up = self.desk, TakeUp()
        again = Action(sentence("Take it up"), "Alt+H", lambda: desk.open_page("dispense", up))
        words = counted("Parked: basket of {n} item.", "Parked: basket of {n} items.", size)
        self.desk.news(NewsKind.CALM, words, again)

    def take_up(self, key: str) -> None:
        """A parked basket is here again."""
        self.basket = self.keeping.take_up(key)
        self.changed()
        size = len(self.basket.lines)
        words = counted("Taken up: basket of {n} item.", "Taken up: basket of {n} items.", size)
        self._did(words)

    def close(self) -> None:
        """The window closes in order: nobody has to be told of a power cut."""
        if self.basket.lines:
            self.keeping.save(self.basket, run=CLOSED)

    def _item(self, item_id: int) -> ItemRow:
        return self.desk.ask(item_by_id, item_id)




def _one(item: ItemRow) -> int:
    """One of what the line counts, in smallest units."""
    return int(10**item.traits.decimals)


def _heaps(fit: list[Shelf]) -> list[Shelf]:
    """One row a batch, whatever places it stands in."""
    found: dict[int, Shelf] = {}
    for s in fit:
        first = found.get(s.lot_id)
        there = s.quantity + (first.quantity if first is not None else 0)
        found[s.lot_id] = Shelf(s.lot_id, s.place_id, s.lot, s.expiry, s.status, there, s.order)
    return list(found.values())


def _posted(number: str, lines: int, short: int) -> Sentence:
    if short:
        return counted(
            "Dispensed {number}, {n} item, {short} short",
            "Dispensed {number}, {n} items, {short} short",
            lines, number=number, short=short,
        )  # fmt: skip
    return counted("Dispensed {number}, {n} item", "Dispensed {number}, {n} items", lines,
                   number=number)  # fmt: skip


def _reverse(desk: Desk, number: str) -> Callable[[], object]:
    return lambda: desk.open_page("dispense", number)

