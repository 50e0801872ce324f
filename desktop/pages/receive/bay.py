"""The receiving bay: one delivery, the desk it is scanned at, and what people do with it.

No widgets. Every act changes the delivery, keeps it as a draft and tells `changed`; acts raise
Refused with nothing lost.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.desk import Desk, new_request
from desktop.news import Action, NewsKind
from desktop.pages.receive import saying
from desktop.pages.receive.against import Loaded, expect_order, without_order
from desktop.pages.receive.delivery import Delivery
from desktop.pages.receive.keeping import CLOSED, Keeping, Left
from desktop.pages.receive.pack_acts import PackActs
from desktop.pages.receive.parts import Paper
from desktop.pages.receive.receipt import receipt_of
from desktop.pages.receive.standing import Standing, standings
from desktop.pages.receive.steps import TAKEN_BACK, Act
from inventory.domain.roles import Permission
from inventory.domain.sentence import Refused, Sentence, counted, sentence
from inventory.queries.items import ItemRow, item_by_id
from inventory.services.items import unteach_barcode
from inventory.services.receiving import Received

UP = "take up"
"""What the page is opened for from the message bar."""


class Bay:
    """`changed` is called after every act."""

    def __init__(self, desk: Desk, changed: Callable[[], object]) -> None:
        self.desk = desk
        self.changed = changed
        self.keeping = Keeping(desk)
        self.items: dict[int, ItemRow] = {}
        self.delivery, self.left = self.keeping.load()
        self.rows: tuple[Standing, ...] = ()
        self.packs = PackActs(self)

    def look(self, *, again: bool = False) -> tuple[Standing, ...]:
        """Every row as it stands; `again` asks for the items anew."""
        if again:
            self.items.clear()
        for line in self.delivery.lines:
            self.know(line.item_id)
        for one in self.delivery.expected:
            self.know(one.item_id)
        self.rows = standings(self.delivery, self.items, self.desk.today)
        return self.rows

    @property
    def row(self) -> Standing | None:
        """The row people are on."""
        return next((row for row in self.rows if row.at == self.delivery.at), None)

    def tell_left(self) -> None:
        """Say once that the delivery of an earlier running is here again."""
        left, self.left = self.left, None
        if left is not None:
            kind = NewsKind.LOOK if left.cut else NewsKind.CALM
            self.desk.news(kind, self._restored(left))

    def _restored(self, left: Left) -> Sentence:
        clock = self.desk.language.time(left.since)
        return saying.restored(len(self.delivery.lines), clock, cut=left.cut)

    # Acts

    def put(self, delivery: Delivery) -> None:
        """This is the delivery now. Raises Refused when another desk has it."""
        moved = (delivery.lines, delivery.rest, delivery.steps) == (
            self.delivery.lines, self.delivery.rest, self.delivery.steps
        )  # fmt: skip
        if not moved:
            self.keeping.save(delivery)
        self.delivery = delivery
        self.changed()

    # The papers

    def receive_against(self, number: str) -> None:
        """An order says what should come; "" receives freely."""
        if not number:
            self.put(without_order(self.delivery))
        elif number != self.delivery.paper.order or not self.delivery.expected:
            self.load(expect_order(self.desk, self.delivery, number))

    def load(self, loaded: Loaded) -> None:
        self.put(loaded.delivery)
        if loaded.whole:
            self.did(loaded.words)
        else:
            self.desk.news(NewsKind.LOOK, loaded.words)

    def write(self, paper: Paper, name: str) -> None:
        """One field of the papers, as typed."""
        self.put(self.delivery.write(paper, name))

    def take_back(self) -> bool:
        """One step of unposted work. False when there is none, or it is somebody else's."""
        if not self.desk.may(Permission.RECEIVE):
            return False
        found = self.delivery.take_back()
        if found is None:
            return False
        delivery, step = found
        if step.act is Act.LEARN:
            self.desk.keep(unteach_barcode, self.desk.stamp(new_request()), step.code)
        self.put(delivery)
        item = self.know(step.item_id)
        named = item.names if item is not None else step.code
        self.did(sentence(TAKEN_BACK[step.act], item=named))
        return True

    def did(self, words: Sentence) -> None:
        """Say it calmly; while there are steps, Ctrl+Z takes them back and the bar says so."""
        undo = Action(sentence("Undo"), "Ctrl+Z", self.take_back) if self.delivery.steps else None
        self.desk.news(NewsKind.CALM, words, undo)

    # Posting and putting aside

    def post(self) -> Received:
        """Put the delivery on the shelf. Raises Refused with nothing lost."""
        delivery = self.delivery
        receipt = receipt_of(delivery, self.items, self.desk.today)
        key = self.keeping.key
        # The desk tells everybody before this returns: by then a new delivery stands here.
        self.delivery = Delivery(delivery.request)
        try:
            done = self.keeping.post(delivery, receipt)
        except BaseException:
            self.delivery, self.keeping.key = delivery, key
            raise
        self.delivery = self.keeping.fresh()
        self.changed()
        lines = len(delivery.lines)
        self.desk.posted(saying.posted(done, lines), _opens(self.desk, done.number))
        return done

    def put_aside(self) -> None:
        """The delivery waits; another can be begun."""
        size = len(self.delivery.lines)
        self.keeping.save(self.delivery, is_open=False)
        self.delivery = self.keeping.fresh()
        self.changed()
        again = Action(sentence("Go on with it"), "Alt+H", lambda: self.desk.open_page(
            "receive", UP))  # fmt: skip
        words = counted("Put aside: delivery of {n} line.", "Put aside: delivery of {n} lines.",
                        size)  # fmt: skip
        self.desk.news(NewsKind.CALM, words, again)

    def take_up(self, key: str) -> None:
        """A delivery that waits is open here again; the one that is open waits."""
        if self.delivery.begun:
            self.keeping.save(self.delivery, is_open=False)
        self.delivery = self.keeping.take_up(key)
        self.changed()
        self.did(counted("Going on: delivery of {n} line.", "Going on: delivery of {n} lines.",
                          len(self.delivery.lines)))  # fmt: skip

    def close(self) -> None:
        """The window closes in order: nobody has to be told of a power cut."""
        if self.delivery.begun:
            self.keeping.save(self.delivery, run=CLOSED)

    # Looking up

    def here(self) -> Standing:
        row = self.row
        if row is None:
            raise Refused("Nothing has been received yet. Scan the first pack.")
        return row

    def know(self, item_id: int) -> ItemRow | None:
        """The item, remembered while the delivery is open; None for a code nobody knows."""
        if item_id and item_id not in self.items:
            self.items[item_id] = self.desk.ask(item_by_id, item_id)
        return self.items.get(item_id)


def _opens(desk: Desk, number: str) -> Callable[[], object]:
    return lambda: desk.open_page("receive", number)
