"""Whatever is typed, wherever the talk stands: a reply, no failure, a way out, and what is kept is what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Table, select

from handlers.conversation import Question
from handlers.worker import LONGEST_NAME
from storage.database import Database
from storage.tables import actor, address, inbox, note, remark
from storage.text import clean
from tests.copies import empty
from tests.corpus import CORPUS
from tests.crowd import Case, Crowd, Line, assert_all_is_well, meet, received
from tests.stage import at
from tests.states import STATES

# Given from the start, or told in passing.
NEVER_ASKED = {"Record", "WhichNote", "WhichAudition", "TheWords", "NewZone", "WhichField", "WhatItCost",
               "TheLine"}  # fmt: skip


@pytest.fixture
async def crowd(database: Database) -> Crowd:
    return Crowd(database)


every_line = pytest.mark.parametrize(
    "corpus",
    [pytest.param(CORPUS[::8], id="every eighth line"), pytest.param(CORPUS, id="every line", marks=pytest.mark.chaos)],
)


def test_every_question_there_is_has_a_state() -> None:
    asked = {question for _, question in STATES.values() if question}
    assert asked == {kind.__name__ for kind in all_kinds(Question)} - NEVER_ASKED


def all_kinds(kind: type[Any]) -> list[type[Any]]:
    children: list[type[Any]] = kind.__subclasses__()
    return [one for child in children for one in (child, *all_kinds(child))]


async def test_a_sample_of_any_text_in_every_state(crowd: Crowd, caplog: pytest.LogCaptureFixture) -> None:
    await meet(crowd, STATES, 3)
    assert_all_is_well(crowd, caplog)


async def test_any_text_in_the_busiest_states(crowd: Crowd, caplog: pytest.LogCaptureFixture) -> None:
    await meet(crowd, ("nothing open", "audition, talk", "audition, card"), 25)
    assert_all_is_well(crowd, caplog)


async def test_it_is_kept_as_it_was_typed(crowd: Crowd) -> None:
    cases = await crowd.cases("nothing open", [("text", line) for line in CORPUS])
    await crowd.stage.bot.receive([received(case, crowd.stage.clock.now) for case in cases])
    kept = await column(crowd.database, inbox.c.incoming, inbox.c.user, inbox.c.state == "waiting")
    assert [kept[case.person.sender.user].get("text", "") for case in cases] == [clean(case.text) for case in cases]


@every_line
async def test_any_profile_name(crowd: Crowd, caplog: pytest.LogCaptureFixture, corpus: Sequence[Line]) -> None:
    await empty(crowd.database)
    cases = [
        Case(crowd.stage.person(str(number), text), "text", name, "/start", "a profile name")
        for number, (name, text) in enumerate(corpus, 1)
    ]
    await crowd.act(cases)
    names = await of_actors(crowd.database, actor.c.profile_name, actor)
    assert {case.person.sender.user: on_one_line(clean(case.person.name, LONGEST_NAME)) for case in cases} == names
    offered = [case for case in cases if len(case.person.last.labels) == 2]
    await crowd.act([_tap(case, case.person.last.message.choices[0][0].data) for case in offered])
    for _ in ("place", "morning"):
        await crowd.act([_words(case, "skip") for case in offered])
    signs = await of_actors(crowd.database, actor.c.sign, actor)
    assert [signs[case.person.sender.user] for case in offered] == [names[case.person.sender.user] for case in offered]
    assert_all_is_well(crowd, caplog)


@every_line
async def test_any_remark_comes_back_in_the_morning(
    crowd: Crowd, caplog: pytest.LogCaptureFixture, corpus: Sequence[Line]
) -> None:
    cases = await crowd.cases("audition, talk", [("text", line) for line in corpus])
    await crowd.act(cases)
    saving = [case for case in cases if any("Save" in shown.labels for shown in case.person.screen[-1:])]
    assert len(saving) > len(corpus) * 0.8
    await crowd.act([_words(case, "save") for case in saving])
    undated = (remark.c.first.is_(None), remark.c.words.is_not(None))
    kept = await of_actors(crowd.database, remark.c.words, remark, *undated)
    said = {case.person.sender.user: _without_private(clean(case.text)) for case in cases}
    assert len(kept) > len(corpus) * 0.6
    assert kept == {user: said[user] for user in kept}
    for case in saving:
        case.person.news()
    crowd.stage.clock.now = at("2026-11-20 09:00")
    await crowd.stage.bot.settle()
    assert [case.name for case in saving if not any("Hi Marcus," in text for text in case.person.news())] == []
    assert_all_is_well(crowd, caplog)


@every_line
async def test_any_words_for_a_note(crowd: Crowd, caplog: pytest.LogCaptureFixture, corpus: Sequence[Line]) -> None:
    cases = await crowd.cases("follow-up, words", [("text", line) for line in corpus])
    await crowd.act(cases)
    asked = [case for case in cases if "All of it" in case.person.last.labels]
    assert len(asked) > len(corpus) * 0.7
    await crowd.act([_words(case, "all of it") for case in asked])
    bodies = await of_actors(crowd.database, note.c.body, note)
    assert [bodies[case.person.sender.user] for case in asked] == [clean(case.text) for case in asked]
    assert_all_is_well(crowd, caplog)


def on_one_line(name: str) -> str:
    return " ".join(name.split())


def _words(case: Case, text: str) -> Case:
    return replace(case, kind="text", text=text, name=f"{text!r} after {case.name}")


def _tap(case: Case, data: str) -> Case:
    return replace(case, kind="tap", text=data, name=f"a tap after {case.name}")


def _without_private(text: str) -> str:
    return text.replace("/private", " ").strip() or text


async def of_actors(
    database: Database, what: ColumnElement[Any], table: Table, *where: ColumnElement[bool]
) -> dict[str, Any]:
    owner = table.c.id if table is actor else table.c.actor_id
    return await column(database, what, address.c.user, address.c.actor_id == owner, *where)


async def column(
    database: Database, what: ColumnElement[Any], by: ColumnElement[str], *where: ColumnElement[bool]
) -> dict[str, Any]:
    async with database.read() as tx:
        return {row[0]: row[1] for row in await tx.execute(select(by, what).where(*where))}
