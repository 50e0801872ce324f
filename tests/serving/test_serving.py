"""serve-setup: what it makes, that it can be run again, and who is let in."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config

from inventory.domain.sentence import Refused
from inventory.services.serving import (
    ServePlan,
    administrator,
    checked_lan,
    owner_address,
    serve_setup,
    shut_out,
)
from inventory.storage import server_roles, tables
from inventory.storage.database import connect
from inventory.storage.opening import KNOWN, open_database
from inventory.storage.server_file import ServerPlace, open_connection
from inventory.storage.server_roles import WRITES, Roles
from inventory.storage.server_settings import hba_lines
from inventory.storage.upgrading import SCRIPTS
from tests.cable import Cable
from tests.postgres import Postgres
from tests.serving.conftest import DATABASE, LAN, Server


def _plain(address: str) -> str:
    return address.replace("+psycopg", "")


def test_every_table_has_its_rights_written_down() -> None:
    assert set(WRITES) == {*tables.metadata.tables, "alembic_version"}
    for fact in tables.FACTS:
        assert WRITES[fact] == ("INSERT",)
    for table, writes in WRITES.items():
        known = {"alembic_version"} if table == "alembic_version" else set()
        if not known:
            columns = {column.name for column in tables.metadata.tables[table].columns}
            assert {write.partition(" ")[2] for write in writes} <= columns | {""}


def test_the_program_can_do_nothing_that_is_not_written_down(server: Server) -> None:
    """Every verb on every table and column, as PostgreSQL itself sees it."""
    with psycopg.connect(_plain(server.local)) as desk:
        for table, writes in WRITES.items():
            for verb in ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"):
                asked = "SELECT has_table_privilege(%s, %s)"
                assert desk.execute(asked, [table, verb]).fetchone() == (verb in writes,), table
        columns = desk.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
        ).fetchall()
        assert len(columns) > 100
        for table, column in columns:
            allowed = "UPDATE" in WRITES[table] or f"UPDATE {column}" in WRITES[table]
            asked = "SELECT has_column_privilege(%s, %s, 'UPDATE')"
            assert desk.execute(asked, [table, column]).fetchone() == (allowed,), (table, column)


FORBIDDEN = (
    *(verb.format(table) for table in tables.FACTS for verb in (
        "UPDATE {0} SET clinic_id = 1" if "clinic_id" in tables.metadata.tables[table].columns
        else "UPDATE {0} SET document_id = 1",
        "DELETE FROM {0}", "TRUNCATE {0}", "ALTER TABLE {0} DISABLE TRIGGER ALL", "DROP TABLE {0}",
        "CREATE TRIGGER t BEFORE INSERT ON {0} EXECUTE FUNCTION amana_fact()")),
    "TRUNCATE stock", "DELETE FROM stream", "DELETE FROM person", "UPDATE stream SET uid = 'x'",
    "UPDATE person SET uid = 'x'", "UPDATE clinic SET uid = 'x'", "DELETE FROM alembic_version",
    "UPDATE alembic_version SET version_num = '9'", "CREATE TABLE mine (a int)",
    "CREATE TEMPORARY TABLE mine (a int)", "CREATE SCHEMA mine", "CREATE ROLE mine",
    "CREATE DATABASE mine", "SELECT setval('document_id_seq', 1)",
    "SET session_replication_role = replica", f"SET ROLE {DATABASE}_owner",
    "CREATE FUNCTION amana_fact() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE OR REPLACE FUNCTION amana_fact() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'", "COPY stock TO PROGRAM 'cat'",
    "SELECT pg_read_file('PG_VERSION')",
    "ALTER SYSTEM SET ssl = off", "SELECT rolpassword FROM pg_authid",
)  # fmt: skip


def test_what_is_forbidden_is_refused_by_the_server(server: Server) -> None:
    with psycopg.connect(_plain(server.local), autocommit=True) as desk:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                desk.execute(statement.encode())


def test_a_second_run_changes_nothing(server: Server) -> None:
    kept = {path: path.read_bytes() for path in server.plan.folder.iterdir()}
    again = serve_setup(server.plan)
    assert [str(change) for change in again.changed] == []
    assert again.files == ()
    assert {path: path.read_bytes() for path in server.plan.folder.iterdir()} == kept
    # The doors are open now as they should be, so only the firewall is left, and the encryption
    # that this server was built without.
    assert [str(left.words) for left in again.to_do if "lines at the top" in str(left.words)] == []
    assert any("firewall" in str(left.words) for left in again.to_do)


def test_rights_that_somebody_gave_are_taken_again(server: Server) -> None:
    with psycopg.connect(server.postgres.administrator.replace("+psycopg", "").replace(
            "/postgres?", f"/{DATABASE}?"), autocommit=True) as admin:  # fmt: skip
        admin.execute(f"GRANT DELETE ON movement TO {DATABASE}_program".encode())
        admin.execute(b"GRANT UPDATE (quantity) ON movement TO PUBLIC")
        again = serve_setup(server.plan)
        assert [str(change) for change in again.changed] == ["The rights of the program were set."]
        assert server_roles.rights(admin, Roles(DATABASE))[1] == set()


def test_tables_that_somebody_took_are_given_back(server: Server) -> None:
    admin = server.postgres.administrator.replace("/postgres?", f"/{DATABASE}?")
    with psycopg.connect(_plain(admin), autocommit=True) as raw:
        raw.execute(b"ALTER TABLE item OWNER TO postgres")
        assert server_roles.grant(raw, Roles(DATABASE))
        owner = "SELECT tableowner FROM pg_tables WHERE tablename = 'item'"
        assert raw.execute(owner.encode()).fetchone() == (f"{DATABASE}_owner",)
        assert not server_roles.grant(raw, Roles(DATABASE))


def test_the_first_run_says_what_is_left_to_do(server: Server) -> None:
    said = {str(left.words): left.lines for left in server.first.to_do}
    (doors,) = [lines for words, lines in said.items() if "lines at the top" in words]
    assert doors[0] == f"hostssl {DATABASE} +{DATABASE}_program {LAN} scram-sha-256"
    assert ("ufw allow proto tcp from 192.168.1.0/24 to any port 5432",) in said.values()
    assert not any(server.place.password in line for lines in said.values() for line in lines)


def test_the_server_reads_the_lines_as_they_are_meant(server: Server) -> None:
    with psycopg.connect(_plain(server.postgres.administrator)) as admin:
        rules = admin.execute(
            "SELECT type, user_name, auth_method FROM pg_hba_file_rules"
            " WHERE auth_method IS NOT NULL ORDER BY line_number LIMIT 5"
        ).fetchall()
    group = [f"+{DATABASE}_program"]
    assert rules == [("hostssl", group, "scram-sha-256"), ("local", group, "scram-sha-256"),
                     ("host", group, "reject"), ("host", group, "reject"),
                     ("local", group, "reject")]  # fmt: skip


def _refused(server: Server, **other: object) -> str:
    asked = {"user": server.place.user, "password": server.place.password, "dbname": DATABASE,
             "host": str(server.postgres.folder), **other}  # fmt: skip
    with pytest.raises(psycopg.OperationalError) as refusal:
        psycopg.connect(**asked)  # type: ignore[arg-type]
    return str(refusal.value)


def test_only_the_right_password_opens_only_this_database(server: Server) -> None:
    assert "password authentication failed" in _refused(server, password="another")
    assert "no password" in _refused(server, password="")
    assert "rejects connection" in _refused(server, dbname="postgres")
    assert "not permitted to log in" in _refused(server, user=f"{DATABASE}_owner")
    assert "authentication failed" in _refused(server, user=f"{DATABASE}_program")


def test_a_desk_works_through_the_network_and_trusts_only_this_server(
    server: Server, front: Cable, tmp_path: Path
) -> None:
    trusted = tmp_path / "authority.pem"
    trusted.write_text(server.place.authority)
    database = open_database(replace(server.place, port=front.port).address(trusted))
    with database.read() as connection:
        seen = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    database.close()
    assert seen == KNOWN[-1]
    other = serve_setup_folder(server, tmp_path / "other")
    trusted.write_bytes((other / "amana-authority.crt").read_bytes())
    with pytest.raises(Refused):
        open_database(replace(server.place, port=front.port).address(trusted))
    trusted.write_text(server.place.authority)
    elsewhere = replace(server.place, port=front.port, host="127.0.0.2")
    with pytest.raises(Refused):
        open_database(elsewhere.address(trusted))


def serve_setup_folder(server: Server, folder: Path) -> Path:
    """Somebody else's authority and certificate."""
    folder.mkdir()
    serve_setup(replace(server.plan, folder=folder, desks=()))
    return folder


def test_without_encryption_nobody_listens(server: Server, front: Cable) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(_plain(server.local), host="localhost", port=front.port, sslmode="disable")


def test_secrets_lie_only_where_they_must(server: Server) -> None:
    folder = server.plan.folder
    for path in folder.iterdir():
        assert server.place.password.encode() not in path.read_bytes(), path
    for key in folder.glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    said = repr(server.first) + repr(server.place) + repr(server.plan)
    words = server.first.files[0].words.words
    assert server.place.password not in said
    assert not any(f"'{word}'" in said for word in words)


def test_a_desk_is_shut_out_without_touching_the_others(server: Server) -> None:
    more = serve_setup(replace(server.plan, desks=("counter", "store")))
    (file,) = more.files
    store: ServerPlace = open_connection(file.path, " ".join(file.words.words))
    way = {"user": store.user, "password": store.password}
    with psycopg.connect(host=str(server.postgres.folder), dbname=DATABASE, **way):
        pass
    assert shut_out(server.plan, "store")
    assert not shut_out(server.plan, "store")
    assert "failed" in _refused(server, **way)
    psycopg.connect(_plain(server.local)).close()


def test_an_older_database_is_brought_up_to_date_by_serve_setup_only(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = server.postgres.administrator.replace("+psycopg", "").replace(
        "/postgres?", f"/{DATABASE}?"
    )
    with psycopg.connect(admin, autocommit=True) as raw:
        raw.execute(b"UPDATE alembic_version SET version_num = '0001'")
        try:
            with pytest.raises(Refused, match="run serve-setup again"):
                open_database(server.local)
        finally:
            raw.execute(b"UPDATE alembic_version SET version_num = '" + KNOWN[-1].encode() + b"'")


def test_a_newer_amana_brings_an_older_database_up_to_date_with_its_rights(
    postgres: Postgres, tmp_path: Path
) -> None:
    plan = ServePlan(postgres.administrator, ("localhost",), LAN, tmp_path, database="older")
    roles = Roles("older")
    try:
        with administrator(plan) as admin:
            server_roles.make_roles(admin, roles)
            server_roles.make_database(admin, roles)
        owner = connect(owner_address(plan.server, "older", None))
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS))
        with owner.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
        owner.close()
        said = [str(change) for change in serve_setup(plan).changed]
        assert "The tables were made or brought up to date." in said
        assert "The rights of the program were set." in said
        assert serve_setup(plan).changed == ()
        with administrator(plan, "older") as admin:
            assert admin.execute("SELECT version_num FROM alembic_version").fetchone() == (
                KNOWN[-1],
            )
    finally:
        postgres.forget("older")


@pytest.mark.parametrize("spoiled", ["amana-server.key", "amana-server.crt", "amana-authority.key"])
def test_keys_and_certificates_that_do_not_belong_together_are_made_anew(
    server: Server, tmp_path: Path, spoiled: str
) -> None:
    """As a run that was interrupted leaves them."""
    other = tmp_path / "other"
    for folder in (tmp_path, other):
        folder.mkdir(exist_ok=True)
        serve_setup(replace(server.plan, folder=folder, desks=()))
    (tmp_path / spoiled).write_bytes((other / spoiled).read_bytes())
    mended = serve_setup(replace(server.plan, folder=tmp_path, desks=()))
    assert mended.changed != ()
    told = any("--new-files" in str(left.words) for left in mended.to_do)
    assert told == spoiled.startswith("amana-authority")
    assert serve_setup(replace(server.plan, folder=tmp_path, desks=())).changed == ()


def test_who_is_no_administrator_is_told_so(server: Server) -> None:
    with pytest.raises(Refused, match="administrator of PostgreSQL"):
        serve_setup(
            replace(
                server.plan,
                server=server.local.replace(f":{server.place.password}@", "@"),
                password=server.place.password,
            )
        )


@pytest.mark.parametrize("lan", ["8.8.8.0/24", "0.0.0.0/0", "10.0.0.0/4", "network", ""])
def test_only_a_network_inside_a_building_is_let_in(lan: str) -> None:
    with pytest.raises(Refused):
        checked_lan(lan)


def test_a_network_is_written_one_way() -> None:
    assert checked_lan(" 192.168.7.20/24 ") == "192.168.7.0/24"
    assert hba_lines(Roles("a"), "fd00::/8")[0].startswith("hostssl a +a_program fd00::/8")


@pytest.mark.parametrize("name", ["", "Amana", "a b", "a;drop", "ä", "a" * 32, "1a", "a'b"])
def test_names_need_no_quoting(server: Server, name: str) -> None:
    with pytest.raises(Refused):
        serve_setup(replace(server.plan, database=name))


def test_a_database_of_somebody_else_is_left_alone(postgres: Postgres, tmp_path: Path) -> None:
    with postgres.database() as address:
        name = address.partition("/amana_")[2].partition("?")[0]
        plan = ServePlan(postgres.administrator, ("localhost",), LAN, tmp_path,
                         database=f"amana_{name}")  # fmt: skip
        try:
            with pytest.raises(Refused, match="already"):
                serve_setup(plan)
        finally:
            with psycopg.connect(_plain(postgres.administrator), autocommit=True) as admin:
                for role in ("owner", "program"):
                    admin.execute(f"DROP ROLE amana_{name}_{role}".encode())
