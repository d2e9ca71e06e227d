"""A tap that names another's record is answered as one that names none, and changes nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from handlers import any_time, notes, taps
from handlers.casting import answers, booked, nudged
from handlers.expenses import fixing
from handlers.messages import Incoming, Received
from storage.database import Database
from tests.casting import tell, when
from tests.copies import Original, empty
from tests.scripts import COPPER_FALLS, NEXT_MORNING, SETTLED, Script, Tap, play
from tests.stage import Person, Stage
from tests.two_chats import ask_in, join, on_slack

NOBODYS = "999999999"
HUGE = ("0", "-1", "9" * 10, "9" * 20)
# Every button that names a record, its id left open; each with the table of the record.
OF_RECORDS: dict[str, str] = {
    **{f"t:{{id}}:{step}:{number}": "talk" for step in (1, 2, 3, 7) for number in (0, 1, 4)},
    **{f"note:{{id}}:{verb}": "note" for verb in notes.VERBS},
    **{
        f"audition:{{id}}:{verb}": "audition"
        for verb in ("open", "fix", "draft", "names", "skip", "tonight", "tomorrow", "monday")
    },
    **{f"person:{{id}}:{verb}": "person" for verb in any_time.VERBS},
    **{f"expense:{{id}}:{verb}": "expense" for verb in fixing.VERBS},
    "expenses:all:p{id}:0": "project",
    **{f"stage:{{id}}:{verb}": "stage" for verb in answers.VERBS},
    **{f"appointment:{{id}}:{verb}": "appointment" for verb in nudged.VERBS},
    **{f"quiet:{{id}}:{verb}": "project" for verb in ("park", "on")},
    **{f"booking:{{id}}:{verb}": "project" for verb in booked.VERBS},
    "project:{id}:open": "project",
    "undo:{id}": "change",
    "redo:{id}": "change",
    **{f"talk:{{id}}:{verb}": "talk" for verb in ("reopen", "drop", "go", "save")},
    **{f"link:{{id}}:{verb}": "link_request" for verb in ("yes", "no")},
    **{f"chat:{{id}}:{verb}": "address" for verb in ("home", "unlink", "leave", "stay")},
}
# Those that name none: the page of one's own list, and one's own settings.
OF_NO_RECORD = (
    "do:audition",
    "do:news",
    "do:auditions",
    "do:expense",
    "do:settings",
    "auditions:0",
    "auditions:8",
    "set:sign",
    "set:place",
    "set:morning",
    "set:country",
    "set:currency",
    "expenses:all:-:0",
    "expenses:2026-11:-:0",
    "expenses:2026:parking_tolls:6",
    "expenses:export:2026",
    "expenses:export:0000",
    "expenses:chart:2026",
    "expenses:chart:2026-11",
    "expenses:chart:2026-00",
    "set:home",
    "set:playful",
)

ALL_SHE_HAS: Script = (
    *SETTLED,
    "/news",
    "wrapped a guest star on Harbor Lights",
    *COPPER_FALLS,
    *("/audition", "Night Ferry, Wife", Tap("No idea"), "they loved the hat", Tap("Save")),
    *("/audition", "Salt Year, Lena", "/cancel"),
    *("12 parking copper falls", "38 headshots", "/expenses"),
    NEXT_MORNING,
    Tap("Tonight"),
    *("/callback", "Salt Year"),
    "/settings",
    "/auditions",
    *("/audition", "Brightside, Mo"),
)
HER_WORDS = re.compile(
    r"Copper|Nurse Ray|Quillan|Fenwick|banjo|turkey|Night Ferry|Salt Year|Harbor|Brightside|\$[0-9]", re.IGNORECASE
)
AS_INTRUDER: dict[str, Script] = {
    "with nothing open": ("/start", "Dana Vale", "la", "9"),
    "with a question open": ("/start", "Dana Vale", "la", "9", "/audition"),
}


def shape_of(pattern: re.Pattern[str], data: str) -> bool:
    return pattern.fullmatch(data.format(id="1")) is not None


def test_every_button_there_is_gets_forged() -> None:
    every = [*OF_RECORDS, *OF_NO_RECORD]
    for pattern, _ in taps.TAPS:
        covered = [data for data in every if shape_of(pattern, data)]
        assert covered, pattern.pattern
        verbs = {verb for words in re.findall(r"\(([a-z|]{4,})\)", pattern.pattern) for verb in words.split("|")}
        assert verbs <= set(re.findall("[a-z]+", " ".join(covered))), pattern.pattern
    assert all(any(shape_of(pattern, data) for pattern, _ in taps.TAPS) for data in every)


async def test_every_button_she_is_shown_is_one_of_them(stage: Stage) -> None:
    await play(stage.nora, ALL_SHE_HAS)
    await join(stage.nora, on_slack(stage))
    for act in ("/settings", "/unlink"):
        await stage.nora.says(act)
    shown = {c.data for s in stage.nora.screen for row in s.message.choices for c in row}
    shapes = {re.sub("[0-9]+", "{id}", data) for data in shown}
    known = {re.sub("[0-9]+|{id}", "{id}", data) for data in (*OF_RECORDS, *OF_NO_RECORD)}
    assert len(shapes) >= 8
    assert shapes <= known


async def intrude(database: Database, script: Script, near: int) -> None:
    """Let an intruder press everything with her ids and those up to `near` beside them."""
    await empty(database)
    stage = Stage(database)
    await play(stage.nora, ALL_SHE_HAS)
    await tell(stage.nora, "callback", when=when("2026-11-21 11:00"))
    await ask_in(stage.nora, on_slack(stage))
    hers = Original(stage.nora)
    await hers.read()
    intruder = stage.person("2", "Dana Vale")
    await play(intruder, script)
    original = Original(intruder)
    await original.read()

    presses = [shape.format(id=id_) for shape in OF_RECORDS for id_ in ids_of(hers, OF_RECORDS[shape], near)]
    others = await original.copy(len(presses) + len(OF_RECORDS))
    missing = await press(stage, others[len(presses) :], [shape.format(id=NOBODYS) for shape in OF_RECORDS])
    expected = dict(zip(OF_RECORDS, missing, strict=True))
    assert all(expected.values())
    for data, told in zip(presses, await press(stage, others[: len(presses)], presses), strict=True):
        shape = next(shape for shape in OF_RECORDS if re.fullmatch(shape.format(id="-?[0-9]+"), data))
        assert told == expected[shape] or (told[:1] == [taps.GONE] and told[1:] == expected[shape][1:]), data

    assert await rows_of(stage.nora) == hers.rows


def ids_of(hers: Original, table: str, near: int) -> list[str]:
    """Her ids in this table with those beside them, and impossible ones."""
    own = [int(row["id"]) for row in hers.rows[table]]
    assert own
    beside = range(min(own) - near, max(own) + near + 1)
    return [*map(str, beside), *HUGE]


async def rows_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    original = Original(person)
    await original.read()
    return original.rows


async def press(stage: Stage, people: list[Person], presses: list[str]) -> list[list[str]]:
    """Each presses one; what each is told."""
    acts = [
        Received(p.sender, f"tap-{p.sender.user}", Incoming("tap", stage.clock(), text=data))
        for p, data in zip(people, presses, strict=True)
    ]
    await stage.bot.receive(acts)
    await stage.bot.settle()
    return [p.news() for p in people]


@pytest.mark.parametrize("script", AS_INTRUDER.values(), ids=AS_INTRUDER)
async def test_forged_taps(database: Database, script: Script) -> None:
    await intrude(database, script, near=1)


@pytest.mark.chaos
@pytest.mark.parametrize("script", AS_INTRUDER.values(), ids=AS_INTRUDER)
async def test_forged_taps_with_fifty_ids_around_hers(database: Database, script: Script) -> None:
    await intrude(database, script, near=50)


async def test_taps_that_name_no_record_show_only_ones_own(stage: Stage) -> None:
    await play(stage.nora, ALL_SHE_HAS)
    intruder = stage.person("2", "Dana Vale")
    await play(intruder, AS_INTRUDER["with nothing open"])
    for data in OF_NO_RECORD:
        before = intruder.reads()
        told = await intruder.taps_data(data)
        assert told or intruder.reads() != before, data
        assert not HER_WORDS.search(intruder.reads()), data


async def test_a_reply_to_her_card_is_just_words(stage: Stage) -> None:
    await play(stage.nora, ALL_SHE_HAS)
    hers = await rows_of(stage.nora)
    intruder = stage.person("2", "Dana Vale")
    await play(intruder, AS_INTRUDER["with nothing open"])
    cards = [shown.id for shown in stage.nora.screen if "Skip" in shown.labels]
    told = [
        await intruder.act(Incoming("text", stage.clock(), text="skip", reply_to=card)) for card in (*cards, "123456")
    ]
    assert len(told) > 1
    assert told[-1]
    assert told == [told[-1]] * len(told)
    assert await rows_of(stage.nora) == hers
