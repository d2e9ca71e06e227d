"""The documents tell the truth: what is made from the code is as the code makes it."""

from __future__ import annotations

import asyncio
import re
import tomllib

import pytest

from handlers.commands import COMMANDS, help_text
from tests.readme import ROOT, filled
from tests.transcripts import FILE, make


async def in_thread(text: str) -> str:
    return await asyncio.to_thread(filled, text)


async def test_the_readme_is_as_the_code_makes_it() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert await in_thread(text) == text, "python -m tests.readme writes it anew"


def test_help_names_every_listed_command() -> None:
    for command in COMMANDS:
        assert (f"/{command.word}  {command.description}" in help_text()) == command.listed


def test_no_command_has_two_meanings() -> None:
    words = [word for command in COMMANDS for word in (command.word, *command.also)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.word)
def test_a_command_fits_telegrams_menu(command: object) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command.word)  # type: ignore[attr-defined]
    assert 1 <= len(command.description) <= 256  # type: ignore[attr-defined]


def test_the_changelog_knows_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


async def test_the_transcript_is_what_an_actor_reads() -> None:
    assert await make() == FILE.read_text(encoding="utf-8"), "python -m tests.transcripts writes it anew"
