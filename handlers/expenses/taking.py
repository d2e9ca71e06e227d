"""What becomes of a line about money: kept at once, asked about, or refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.conversation import given
from handlers.desk import Desk
from handlers.expenses import categories
from handlers.expenses.expense import Line, Refused, Told
from handlers.expenses.keep import FOR_TAX, WHERE, change_words, keep, together, warnings_of
from handlers.expenses.rows import of_project, told_of, values_of
from handlers.messages import Choice, Message, words
from handlers.reading.spelling import clipped, fold, has_letter
from handlers.scripts import Begin
from handlers.stage import STAGE
from handlers.talks.tell_expense import COST, LIKE, HowMuch, Spending, Spent, WhatItWas, first_sentence, read, spent
from storage import expenses, outbox
from storage.database import Record

AGAIN_WITHIN, ANSWERED_WITHIN = timedelta(minutes=1), timedelta(minutes=10)
LONGEST_WORDS, MOST_WORDS = 200, 14
_NO_ANSWER = re.compile(
    r"\b(?:auditioned|(?:just|i) read|read for|just out of|back from)\b|\n\s*\S|\?\s*$", re.IGNORECASE
)
"""Words that tell of an audition, or ask something, whatever was asked a moment ago."""
ANSWERED = ("expense:", "file:")
"""The messages to which words may be a reply: what an expense lacks, what a receipt cost."""
NEEDS = ("people", "projects", "purse")
WHAT_COST = f"{COST} {LIKE}"


async def command(desk: Desk, rest: str) -> None:
    """`/expense 12 parking`; alone it asks."""
    line = read(rest, await desk.view(NEEDS), explicit=True) if rest else None
    if line is None or not await take(desk, line, rest):
        await STAGE.begin(desk, Begin("expense"))


async def take(desk: Desk, line: Line, text: str, files: Sequence[int] = ()) -> bool:
    """Keep what a line tells, or ask for what it lacks; the files go with it."""
    await give_way(desk)
    files = (*files, *desk.came)
    told = spent(line, text, await desk.view(("purse",)), tuple(files))
    if told is None:
        desk.say(line.reason if isinstance(line, Refused) else WHAT_COST)
    elif not isinstance(line, Told) or told.rate_of or any(not e.category for e in told.expenses):
        lead = first_sentence(line.reason) if isinstance(line, Refused) else ""
        await STAGE.begin(desk, Begin("expense", given({"spent": (Spent, told)}), lead))
    elif same := await _same(desk, line):
        await expenses.attach(desk.tx, desk.actor.id, same[0], files)
        _ask_again(desk, same)
    else:
        await keep(desk, Spending(told.expenses, files=told.files))
    return True


async def give_way(desk: Desk) -> None:
    """Drop an open question that holds nothing yet: what words are, or what something cost."""
    if is_idle(desk):
        await STAGE.give_way(desk)


def is_idle(desk: Desk) -> bool:
    """Whether the open question, if any, may go without a word."""
    talk = desk.top
    if talk is None or talk.flow == "sense":
        return True
    question = STAGE.scene(talk).question if talk.flow == "expense" else None
    return isinstance(question, WhatItWas) or (isinstance(question, HowMuch) and not question.before.files)


async def _same(desk: Desk, line: Told) -> list[int]:
    """What the very same line told within the last minute; empty where anything in it is new."""
    since = desk.at - AGAIN_WITHIN
    found = [await expenses.same(desk.tx, desk.actor.id, await values_of(desk, told), since) for told in line.expenses]
    return [id_ for id_ in found if id_ is not None] if all(found) else []


def _ask_again(desk: Desk, ids: Sequence[int]) -> None:
    which = {1: "It", 2: "Both"}.get(len(ids), "All of it")
    verbs = (("Add again", "again"), ("Skip", "leave"))
    row = tuple(Choice(label, f"expense:{ids[0]}:{verb}") for label, verb in verbs)
    desk.say(Message((f"Again? {which} went in a moment ago.",), choices=(row,)), f"again:{ids[0]}")


async def on_sight(desk: Desk, text: str) -> bool:
    """Words that no question wanted: what was asked for beside the talk, or a line of what was spent."""
    return await _belongs(desk, await _asked(desk), text)


async def reply(desk: Desk, about: str, text: str) -> bool:
    """Words in reply to the message about an expense or a receipt; False where they are none."""
    if text.startswith("/"):
        return False
    if await _belongs(desk, about, text):
        return True
    kind, _, id_ = about.partition(":")
    rows = await expenses.among(desk.tx, desk.actor.id, await together(desk, int(id_))) if kind == "expense" else ()
    if rows and has_letter(text) and len(text) <= LONGEST_WORDS:
        await change_words(desk, rows[0], note=clipped(text, LONGEST_WORDS))
        return True
    return False


async def _belongs(desk: Desk, about: str, text: str) -> bool:
    """Take words as a line of their own, or as what the message with this subject asks for."""
    kind, _, id_ = about.partition(":")
    is_cost = kind == "file" and any(char.isdecimal() for char in text)
    line = read(text, await desk.view(NEEDS), explicit=is_cost or categories.is_known(text[:LONGEST_WORDS]))
    is_new = isinstance(line, Told) and all(e.category for e in line.expenses)
    if kind == "expense" and not is_new and await _fill(desk, await together(desk, int(id_)), text):
        return True
    files = (int(id_),) if kind == "file" else ()
    return line is not None and await take(desk, line, text, files)


async def _asked(desk: Desk) -> str:
    """The subject of the last message, where that asks for a word more and is not ten minutes old."""
    if desk.asks:
        return desk.asks
    last = await outbox.last_said(desk.tx, desk.address_id)
    if last is None or not is_fresh(desk, last.created_at):
        return ""
    body = "".join(map(words, Message.from_json(last.message).body))
    return str(last.subject) if any(asked in body for asked in (FOR_TAX, WHERE, WHAT_COST)) else ""


def is_fresh(desk: Desk, moment: datetime) -> bool:
    """Whether something was said so lately that what comes now may belong to it."""
    return desk.at - moment <= ANSWERED_WITHIN


async def _fill(desk: Desk, ids: Sequence[int], text: str) -> bool:
    """Take words as what an expense lacks; False where it lacks nothing, or they are too many to be that."""
    said = clipped(text, LONGEST_WORDS)
    if len(text.split()) > MOST_WORDS or len(text) > LONGEST_WORDS or not has_letter(said) or _NO_ANSWER.search(text):
        return False
    for row in await expenses.among(desk.tx, desk.actor.id, ids):
        told = told_of(row)
        lacks = next((line for line in await warnings_of(desk, [told]) if line.startswith(FOR_TAX)), "")
        if lacks or told.is_bare:
            values = await (_led_to(desk, row, said) if told.is_bare else _for_tax(desk, lacks, said))
            await change_words(desk, row, **values)
            return True
    return False


async def _for_tax(desk: Desk, lacks: str, said: str) -> dict[str, Any]:
    """Who a meal was with and what it was for, as far as it was asked and told."""
    if not lacks.startswith(f"{FOR_TAX} who") and not lacks.startswith(f"{FOR_TAX} a who"):
        return {"purpose": said}
    line = read(f"1 lunch with {said}", await desk.view(NEEDS), explicit=True)
    told = line.expenses[0] if isinstance(line, Told) and len(line.expenses) == 1 else None
    if told is None or not told.payee:
        return {"payee" if " a who" in lacks else "purpose": said}
    why = ", ".join(x for x in (told.purpose, told.note) if x)
    return {"payee": told.payee, "person_id": told.person_id} | ({"purpose": why} if why else {})


async def _led_to(desk: Desk, row: Record, said: str) -> dict[str, Any]:
    """Where a drive led: to a project of the actor's, or to a place."""
    known = (await desk.view({"projects"})).projects
    project = next((p for p in known if fold(p.title) == fold(said)), None)
    if project is None:
        return {"destination": said}
    return await of_project(desk, row, project.id)
