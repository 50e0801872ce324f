"""The engines of SQLAlchemy behind an address."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from inventory.domain.sentence import Refused
from inventory.storage.sqlite_file import connect_to, prepare
from inventory.storage.statement import Statement

# A desk that fell asleep with the stream locked gives it back; the others do not wait forever.
_SERVER_PATIENCE = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"

# What is sent into a dead cable is given up before people take the window for frozen. Many desks
# share the server, so each keeps few connections.
_LINE = {"options": _SERVER_PATIENCE, "connect_timeout": 4, "tcp_user_timeout": 8000,
         "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}  # fmt: skip
_KEPT, _MORE = 2, 4

_BEGIN, _BEGIN_TO_WRITE = Statement("BEGIN"), Statement("BEGIN IMMEDIATE")


def file_engine(path: Path, key: bytes | bytearray | None) -> Engine:
    """For a file of SQLite, through sqlcipher3."""
    engine = create_engine(
        f"sqlite:///{path}", module=sqlcipher3, creator=lambda: connect_to(path),
        pool_size=4, max_overflow=4, hide_parameters=True,
    )  # fmt: skip
    event.listen(engine, "connect", lambda raw, _record: prepare(raw, key))
    event.listen(engine, "begin", _on_begin)
    return engine


def server_engine(address: str) -> Engine:
    """Raises Refused when the address is none, or not one of PostgreSQL."""
    try:
        url = make_url(address)
    except ArgumentError:
        url = None
    if url is None or url.drivername != "postgresql+psycopg":
        raise Refused(
            "A database is a file, or an address like postgresql+psycopg://server/database."
        )
    given = {key: value for key, value in _LINE.items() if key not in url.query}
    return create_engine(
        url, pool_pre_ping=True, pool_size=_KEPT, max_overflow=_MORE, connect_args=given,
        hide_parameters=True,
    )  # fmt: skip


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("amana_write", False)
    (_BEGIN_TO_WRITE if writes else _BEGIN).run(connection, {})
