"""A server prepared once for all tests of this folder, and the ways of a desk to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inventory.services.serving import Served, ServePlan, serve_setup
from inventory.storage import stretching
from inventory.storage.server_file import ServerPlace, open_connection
from inventory.storage.server_roles import Roles
from inventory.storage.server_settings import hba_lines
from tests.cable import Cable, cable
from tests.postgres import Postgres

DATABASE = "served"
LAN = "192.168.1.0/24"


@dataclass(frozen=True, slots=True)
class Server:
    """What serve-setup made, and what a desk named "counter" was given."""

    postgres: Postgres
    plan: ServePlan
    first: Served
    place: ServerPlace

    @property
    def local(self) -> str:
        """The desk's address through the socket, with its password and without encryption."""
        p = self.place
        return (f"postgresql+psycopg://{p.user}:{p.password}@/{p.database}"
                f"?host={self.postgres.folder}")  # fmt: skip

    def empty(self) -> None:
        """The database as it was prepared, for the next test."""
        self.postgres.forget(DATABASE, roles=False)
        serve_setup(self.plan)


@pytest.fixture(autouse=True, scope="session")
def cheap_keys() -> Iterator[None]:
    """Opening a slot of a key file costs next to nothing here."""
    with pytest.MonkeyPatch.context() as patch:
        least = stretching.Cost(8, 1, 1)
        patch.setattr(stretching, "FLOOR", least)
        patch.setattr(stretching, "calibrated", lambda: least)
        yield


@pytest.fixture(scope="session")
def server(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A prepared server whose doors are as serve-setup says."""
    folder = tmp_path_factory.mktemp("server")
    plan = ServePlan(
        postgres.administrator, ("localhost", "127.0.0.1"), LAN, folder, ("counter",), DATABASE
    )
    try:
        first = serve_setup(plan)
        (file,) = first.files
        place = open_connection(file.path, " ".join(file.words.words))
        with postgres.doors(*hba_lines(Roles(DATABASE), LAN)):
            yield Server(postgres, plan, first, place)
    finally:
        postgres.forget(DATABASE)


@pytest.fixture
def front(server: Server) -> Iterator[Cable]:
    """The server as it is seen from the network: encrypted, with the certificate made for it."""
    folder: Path = server.plan.folder
    with cable(
        server.postgres.socket, folder / "amana-server.crt", folder / "amana-server.key"
    ) as laid:
        yield laid
