"""Whole stories of an actor, from submission to booking: every message as it comes, kept as text to be read."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.story import FOLDER, played

STORIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}


@pytest.mark.parametrize("text", STORIES.values(), ids=STORIES)
async def test_the_story_goes_as_it_is_written(text: str, database: Database) -> None:
    assert await played(text, database) == text
