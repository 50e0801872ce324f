"""What people do with the packs of a delivery: scan, count, learn, date, sort out.

Acts raise Refused with nothing lost; every act is kept before it is said.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.desk import new_request
from desktop.news import Action, NewsKind
from desktop.pages.receive import saying
from desktop.pages.receive.against import expect_symbol
from desktop.pages.receive.amounts import Amount, parse_amount, usual_pack
from desktop.pages.receive.arriving import arrive, doubts, is_code, pack_of
from desktop.pages.receive.parts import Line
from desktop.pages.receive.standing import Fit, Standing, missing
from inventory.domain.expiry import Expiry
from inventory.domain.item_kinds import Need
from inventory.domain.scan import Scan, ScanKind
from inventory.domain.sentence import Refused, Sentence, sentence
from inventory.queries.items import ItemRow
from inventory.queries.received import known_expiry
from inventory.queries.scanning import item_of_scan
from inventory.services.items import teach_barcode
from inventory.services.lots import checked_number

if TYPE_CHECKING:
    from desktop.pages.receive.bay import Bay


@dataclass(frozen=True, slots=True)
class AcceptLine:
    """What the page is opened for from the message bar: a short-dated line, by its key."""

    key: int


class PackActs:
    """The acts on packs in one bay."""

    def __init__(self, bay: Bay) -> None:
        self.bay = bay
        self.desk = bay.desk

    def scan(self, scan: Scan) -> bool:
        """A pack or an order's symbol. False when it is neither."""
        bay = self.bay
        if scan.symbol is not None:
            bay.load(expect_symbol(self.desk, bay.delivery, scan.symbol))
            return True
        if scan.kind is ScanKind.ORDER and scan.warnings:
            raise Refused(scan.warnings[0])
        if scan.document is not None or not is_code(scan):
            return False
        found = self.desk.ask(item_of_scan, scan)
        pack = pack_of(scan, found, usual_pack(found.item) if found is not None else 1)
        said = (*scan.warnings, *doubts(bay.delivery, pack))
        bay.put(arrive(bay.delivery, pack, _now()))
        self._tell_arrival(said)
        return True

    def by_name(self, item_id: int) -> None:
        """An item without a code to scan: a line of one pack, to be counted and dated."""
        bay = self.bay
        item = bay.know(item_id)
        assert item is not None
        one = usual_pack(item)
        awaited = bay.delivery.awaited(item_id)
        size = awaited.size if awaited is not None else one
        bay.put(bay.delivery.add(Line(0, item_id, came=size, size=size, at=_now())))
        bay.did(sentence("{item}: how many came?", item=item.names))

    def _tell_arrival(self, said: tuple[Sentence, ...]) -> None:
        """The newest wins in the bar: what is gravest is said last."""
        bay = self.bay
        line = bay.delivery.line
        assert line is not None
        item = bay.know(line.item_id)
        if item is None:
            bay.did(saying.unknown(line.code))
        else:
            bay.did(saying.came(item, line))
        for words in said:
            self.desk.news(NewsKind.LOOK, words)
        if item is not None:
            self._tell_shelf_life(item, line)

    def _tell_shelf_life(self, item: ItemRow, line: Line) -> None:
        fit, words = saying.shelf_life(item, line, self.desk.today)
        if words is None or fit is Fit.ACCEPTED:
            return
        if fit is Fit.EXPIRED:
            self.desk.refused(words)
            return
        accept = Action(
            sentence("Accept with a reason"), "Alt+A",
            lambda: self.desk.open_page("receive", AcceptLine(line.key)),
        )  # fmt: skip
        self.desk.news(NewsKind.LOOK, words, accept)

    def count(self, text: str) -> None:
        """How many came of the row people are on, as typed. On a row that is waited for it
        begins a line."""
        bay = self.bay
        row = bay.here()
        if row.line is None:
            assert row.item is not None
            amount = parse_amount(text, row.size, row.item.traits.decimals)
            line = Line(0, row.item.id, came=amount.came, size=amount.size, at=_now())
            settled = not missing(line, row.item.traits)
            bay.put(bay.delivery.add(replace(line, settled=settled)))
        else:
            decimals = row.item.traits.decimals if row.item is not None else 0
            amount = parse_amount(text, row.line.size, decimals)
            bay.put(bay.delivery.count(row.line.key, amount))
        self._tell_count()

    def _tell_count(self) -> None:
        bay = self.bay
        line = bay.delivery.line
        item = bay.know(line.item_id) if line is not None else None
        if line is not None and item is not None:
            bay.did(saying.came(item, line))
            self._tell_shelf_life(item, line)

    def note_lot(self, lot: str) -> None:
        """The batch, while the expiry is being written."""
        bay = self.bay
        line = bay.delivery.line
        if line is not None and line.lot != lot:
            bay.put(bay.delivery.write_lot(line.key, lot))

    def expiry_of(self, lot: str) -> Expiry | None:
        """The expiry this batch came with before, in this delivery or an earlier one."""
        bay = self.bay
        row = bay.here()
        if row.item is None or row.line is None or not lot:
            return None
        for line in bay.delivery.of(row.item.id):
            if line.lot.casefold() == lot.casefold() and line.expiry is not None:
                return line.expiry
        return self.desk.ask(known_expiry, self.desk.clinic.id, row.item.id, lot)

    def settle(
        self,
        lot: str,
        expiry: Expiry | None,
        place_id: int | None = None,
        amount: Amount | None = None,
    ) -> None:
        """Batch and expiry of the line people are on, read from the pack; how many, if written.

        Raises Refused, naming the item, while something it must have is missing.
        """
        bay = self.bay
        row = bay.here()
        line, item = row.line, row.item
        assert line is not None
        assert item is not None
        number = checked_number(lot)
        if item.traits.batch is Need.MUST and not number:
            raise Refused("{item} needs its batch number. Read it from the pack.", item=item.names)
        if item.traits.expiry is Need.MUST and expiry is None:
            raise Refused("{item} needs its expiry date. Read it from the pack.", item=item.names)
        if expiry is not None and line.made_on is not None and expiry.last_day <= line.made_on:
            raise Refused("{day} is the day it was made. Type the expiry from the pack.",
                          day=line.made_on)  # fmt: skip
        before = self.expiry_of(number)
        bay.put(bay.delivery.settle(line.key, number, expiry, place_id, amount))
        now = bay.delivery.line
        assert now is not None
        bay.did(saying.came(item, now))
        if before is not None and expiry is not None and before != expiry:
            self.desk.news(
                NewsKind.LOOK,
                sentence(
                    "Batch {lot} came with the expiry {expiry} before. Compare the packs.",
                    lot=number, expiry=before,
                ),
            )  # fmt: skip
        self._tell_shelf_life(item, now)

    def learn(self, item_id: int, text: str) -> None:
        """The code of the line people are on is that item, a pack of so many; 0 keys next time."""
        bay = self.bay
        line = bay.delivery.line
        item = bay.know(item_id)
        assert line is not None
        assert item is not None
        decimals = item.traits.decimals
        size = parse_amount(text, 10**decimals, decimals).came
        self.desk.keep(
            teach_barcode, self.desk.stamp(new_request()), line.code, item_id, size
        )
        free = not missing(Line(item_id=item_id), item.traits)
        bay.put(bay.delivery.learn(line.code, item_id, size, free))
        bay.did(saying.learned(item, line.code, size))
        now = bay.delivery.line
        if now is not None and now.settled:
            self._tell_shelf_life(item, now)

    def take_out(self) -> None:
        """The line people are on goes."""
        bay = self.bay
        line = bay.delivery.line
        if line is None:
            return
        item = bay.know(line.item_id)
        bay.put(bay.delivery.take_out(line.key))
        if item is None:
            bay.did(sentence("The code {code} was taken out.", code=line.code))
        else:
            bay.did(sentence("{item} was taken out.", item=item.names))

    def another_batch(self) -> None:
        """The last pack of the line people are on is of another batch."""
        bay = self.bay
        row = bay.here()
        if row.line is None or row.item is None:
            raise Refused("Scan a pack of it first.")
        bay.put(bay.delivery.split(row.line.key, row.line.size))
        bay.did(sentence("{item}: another batch.", item=row.item.names))

    # What is said about them

    def damage(self, text: str) -> None:
        """How many of the line people are on came broken."""
        bay = self.bay
        row = bay.here()
        if row.line is None or row.item is None:
            raise Refused("Scan a pack of it first.")
        broken = parse_amount(text, row.line.size, row.item.traits.decimals, zero=True)
        bay.put(bay.delivery.damage(row.line.key, broken.came))
        much = saying.packs_sentence(row.item, broken.came, row.line.size)
        bay.did(sentence("{item}: {amount} damaged.", item=row.item.names, amount=much))

    def check_acceptable(self) -> Standing:
        """The short-dated row people are on. Raises Refused when there is nothing to accept."""
        bay = self.bay
        row = bay.here()
        if row.fit is Fit.EXPIRED:
            raise Refused("It has expired: no reason makes it fit for use.")
        if row.fit is not Fit.SHORT_DATED:
            raise Refused("There is nothing to accept: this line is not short-dated.")
        return row

    def accept(self, reason: str) -> None:
        """The short-dated line people are on may be used all the same."""
        bay = self.bay
        row = self.check_acceptable()
        assert row.line is not None
        assert row.item is not None
        bay.put(bay.delivery.accept(row.line.key, reason))
        bay.did(sentence("{item} is accepted. It goes to the shelf.", item=row.item.names))

    def end(self) -> None:
        """No more is coming of the item people are on; again takes it back."""
        bay = self.bay
        row = bay.here()
        item = row.item
        awaited = bay.delivery.awaited(item.id) if item is not None else None
        if item is None or awaited is None:
            raise Refused("Nothing was expected of this line, so nothing can be short.")
        short = awaited.quantity - sum(line.came for line in bay.delivery.of(item.id))
        again = item.id in bay.delivery.ended
        bay.put(bay.delivery.end(item.id))
        if again:
            bay.did(sentence("More of {item} may come.", item=item.names))
        else:
            bay.did(saying.ended(item, short, awaited.size))


def _now() -> int:
    return time.time_ns() // 1_000_000
