"""A network cable to the test server: it can be pulled out, or swallow what is sent.

With a certificate it is the encrypted front of a server, since the test server has none of its own:
it answers the request for encryption, speaks TLS with the desk and passes on what is inside.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

_ASKS_FOR_TLS = bytes.fromhex("0000000804d2162f")
_ASKS_FOR_GSS = bytes.fromhex("0000000804d21630")
_AT_ONCE = 65536

State = Literal["whole", "cut", "swallowing"]


class Cable:
    """From 127.0.0.1:`port` to the socket of the server. `state` is how it is now."""

    def __init__(self, socket: Path, certificate: Path | None = None, key: Path | None = None):
        self.socket = socket
        self.state: State = "whole"
        self.deaf = False
        """What the server says does not arrive any more, and the connection breaks."""
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate, key)
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="cable")
        self._thread.start()
        self._ready.wait()

    def cut(self) -> None:
        """Every connection breaks, new ones are refused."""
        self.state = "cut"
        self._do(self._close_all())

    def swallow(self) -> None:
        """Nothing breaks, and nothing arrives any more: a dead cable as the desk sees it."""
        self.state = "swallowing"

    def mend(self) -> None:
        """New connections work. Those that were open while it swallowed are broken."""
        self._do(self._close_all())
        self.state = "whole"

    def pull_down(self) -> None:
        """The end."""
        self._do(self._close_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _do(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()  # type: ignore[arg-type]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._answer, "127.0.0.1", 0))
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _close_all(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()
        self._open.clear()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        if self.state == "cut":
            writer.transport.abort()
            return
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
            if self._context is not None and not await self._encrypt(reader, writer):
                writer.transport.abort()
                return
            far_reader, far_writer = await asyncio.open_unix_connection(self.socket)
            self._open.add(far_writer)
            await asyncio.gather(
                self._pump(reader, far_writer), self._pump(far_reader, writer, answers=True)
            )

    async def _encrypt(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        asked = await reader.readexactly(8)
        if asked == _ASKS_FOR_GSS:
            writer.write(b"N")
            asked = await reader.readexactly(8)
        if asked != _ASKS_FOR_TLS or self._context is None:
            return False
        writer.write(b"S")
        await writer.start_tls(self._context)
        return True

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False
    ) -> None:
        try:
            while block := await reader.read(_AT_ONCE):
                if self.deaf and answers:
                    await self._close_all()
                    return
                while self.state == "swallowing":
                    await asyncio.sleep(0.01)
                writer.write(block)
                await writer.drain()
        finally:
            writer.transport.abort()
            self._open.discard(writer)


@contextmanager
def cable(
    socket: Path, certificate: Path | None = None, key: Path | None = None
) -> Iterator[Cable]:
    """A whole cable, pulled down at the end."""
    laid = Cable(socket, certificate, key)
    try:
        yield laid
    finally:
        laid.pull_down()
