"""Let an office open this file too: the key the office gave out, or none."""

from __future__ import annotations

from desktop.protection.sheet import SafetySheet, column
from desktop.safety import Safety
from desktop.widgets.field import TextField
from desktop.widgets.labels import label
from inventory.domain.sentence import Refused, sentence

LONGEST = 200


class OfficeKey(SafetySheet):
    """The office keeps its secret half; what is typed here opens nothing."""

    def __init__(self, safety: Safety) -> None:
        super().__init__(safety)
        say, keys = self.desk.say, safety.entered.keys()
        there = "" if keys.office is None else keys.office.recipient
        self.recipient = TextField(say("Key of the office, it begins with age1"), there,
                                   longest=LONGEST)  # fmt: skip
        self.recipient.entered.connect(self.finish)
        hint = label(say("Leave it empty when no office should be able to open this file."),
                     "second", wrap=True)  # fmt: skip
        self.show_step(
            say("Key of the office"),
            say("An office that gave you its key can open this file and its backups when every "
                "password and the paper key are lost. Somebody else must confirm this."),
            column(self.recipient, hint), say("Keep"),
        )  # fmt: skip
        self.focus(self.recipient.line)

    def finish(self) -> None:
        from inventory.services.keeping_keys import set_office_key

        wanted = self.recipient.text or None
        try:
            self.safety.act(set_office_key, wanted, done=lambda _: self._kept(wanted is not None))
        except Refused as refusal:
            self.recipient.set_wrong(self.desk.tell(refusal.sentence))

    def _kept(self, given: bool) -> None:
        self.closed.emit()
        self.desk.done(sentence("The office can open this file from now on.") if given else
                       sentence("No office can open this file."))  # fmt: skip
