"""Databases that are not opened; each says why, to be shown as it is."""

from __future__ import annotations

from pathlib import Path


class NewerSchema(Exception):
    """The database was written by a newer Buttonhook. Install that version or another --db."""

    def __str__(self) -> str:
        return str(self.__doc__)


class NotADatabase(Exception):
    """The file is there, and it is something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a database of Buttonhook's. Give another --db.")
