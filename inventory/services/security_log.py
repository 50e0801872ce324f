"""The security log: events that take a number and a link in the same chain as movements."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection
from uuid6 import uuid7

from inventory.domain.security import SecurityEvent
from inventory.domain.stamp import Stamp
from inventory.services import chain, ledger
from inventory.storage.statement import Statement

Says = Mapping[str, str | int]

_EVENT = Statement("""
INSERT INTO security_event (clinic_id, stream_id, seq, uid, kind, "user", second, says,
  recorded_at, clock_back, previous_hash, hash)
VALUES (:clinic, :stream, :seq, :uid, :kind, :user, :second, :says, :now, :back, :previous, :hash)
""")


def record(
    connection: Connection,
    stamp: Stamp,
    event: SecurityEvent,
    says: Says | None = None,
    *,
    second: str = "",
) -> None:
    """Write one event in the open transaction; it locks the clinic's stream like any act.

    `says` never holds a password, a key, or anything about a patient.
    """
    stream = ledger.begin(connection, stamp.clinic_id)
    seq, uid = stream.last_seq + 1, uuid7().hex
    words = json.dumps(says or {}, ensure_ascii=False, sort_keys=True)
    back = int(stream.clock_back(stamp))
    link = chain.link_event(
        stream.head,
        (stream.clinic_uid, stream.uid, seq, uid, event.value, stamp.user, second, words,
         stamp.now, back),
    )  # fmt: skip
    _EVENT.run(
        connection,
        {"clinic": stamp.clinic_id, "stream": stream.id, "seq": seq, "uid": uid,
         "kind": event.value, "user": stamp.user, "second": second, "says": words,
         "now": stamp.now, "back": back, "previous": stream.head, "hash": link},
    )  # fmt: skip
    ledger.advance(connection, stream, stamp, seq, link)
