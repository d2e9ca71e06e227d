"""People who talk at once, under one name and the same numbers, never see each other's words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.tables import address, project, remark
from tests.many import Talker, lines, own_words_in, p95, talk_at_once


async def assert_nothing_is_mixed_up(database: Database, talkers: list[Talker], auditions: int) -> None:
    for talker in talkers:
        own = {talker.word.casefold()}
        foreign = [s.text for s in talker.phone.chats[talker.user] if not own_words_in(s.text) <= own]
        assert not foreign, talker
        assert len(talker.waited) == len(lines(talker.word, auditions))
    async with database.read() as tx:
        whose = {row.actor_id: (row.platform, row.user) for row in await tx.execute(select(address))}
        titles = [(row.actor_id, row.title) for row in await tx.execute(select(project).order_by(project.c.id))]
        remarks = [(row.actor_id, row.words) for row in await tx.execute(select(remark).order_by(remark.c.id))]
    for talker in talkers:
        me, said = (talker.platform, talker.user), [words for words, _ in lines(talker.word, auditions)]
        assert [title for id_, title in titles if whose[id_] == me] == [
            words.split(",")[0] for words in said if ", Nurse" in words
        ]
        assert [words for id_, words in remarks if whose[id_] == me] == [
            words for words in said if words.startswith(("the banjo", "turkey trot"))
        ]


async def test_twelve_people_at_once(database: Database) -> None:
    talkers = await talk_at_once(database, people=12, auditions=1)
    await assert_nothing_is_mixed_up(database, talkers, auditions=1)


def test_a_foreign_word_would_be_seen() -> None:
    assert own_words_in("Tess Zubakex, casting; ZUMORUX Falls") == {"zubakex", "zumorux"}


@pytest.mark.chaos
async def test_fifty_people_with_many_answers(database: Database) -> None:
    talkers = await talk_at_once(database, people=50, auditions=5)
    await assert_nothing_is_mixed_up(database, talkers, auditions=5)
    waited = [seconds for talker in talkers for seconds in talker.waited]
    print(f"{len(waited)} answers of 50 people, p95 {p95(waited):.0f} ms")
