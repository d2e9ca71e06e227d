"""The schema's history; `upgrade` brings a database up to its last page."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.refusals import NewerSchema

LOCK = 0x627574746F6E  # "button": of several processes one migrates, the others wait and find it done


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection) -> None:
    """Run what is missing in one transaction; raises `NewerSchema` on a revision we do not know."""
    settings = config(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if set(MigrationContext.configure(connection).get_current_heads()) - known:
        raise NewerSchema
    command.upgrade(settings, "head")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("the upgrade broke a reference; the database is as it was before")
    connection.commit()
