"""What names another's record is answered as what names none, whichever way it comes in, and changes nothing."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.slack.blocks import modal_view
from handlers.messages import Form, Incoming, Received, Sender
from handlers.talks.audition_form import TITLE
from storage.database import Database, sqlite_url
from storage.tables import outbox
from tests.bot.sheets import ROOM, opens
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.casting import tell, when
from tests.copies import empty, rows_of
from tests.fakes.slack_payloads import action_of, in_view
from tests.fakes.slack_views import View
from tests.scripts import play
from tests.stage import Person as Player
from tests.stage import Phone, Stage
from tests.test_forged_taps import ALL_SHE_HAS, AS_INTRUDER, HER_WORDS, HUGE, NOBODYS, OF_RECORDS
from tests.two_chats import ask_in, on_slack

Rows = dict[str, list[dict[str, Any]]]
NORA = Sender("slack", "U0NORA", "U0NORA", "T0HOME")
INTRUDERS = {
    "another in her workspace": Sender("slack", "U0DANA", "U0DANA", "T0HOME"),
    "her id in another workspace": Sender("slack", "U0NORA", "U0NORA", "T0STUDIO"),
    "her id on telegram": Sender("telegram", "U0NORA", "U0NORA"),
    "a question open": Sender("slack", "U0SOL", "U0SOL", "T0HOME"),
}


@pytest.fixture(scope="module")
def full_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which Nora has all there is, and the intruders are known."""
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("forged") / "full.db"))
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    database = Database(sqlite_url(path))
    await empty(database)  # so that the ids of no two tables are alike
    stage = Stage(database)
    nora = Player(stage, NORA)
    await play(nora, ALL_SHE_HAS)
    await tell(nora, "callback", when=when("2026-11-21 11:00"))
    await ask_in(nora, on_slack(stage))
    for name, sender in INTRUDERS.items():
        stage.slack.chats.clear()
        script = "with a question open" if name == "a question open" else "with nothing open"
        await play(Player(stage, sender), AS_INTRUDER[script])
    await database.close()


@pytest.fixture
async def stage(full_file: Path, tmp_path: Path) -> AsyncIterator[SlackStage]:
    """In the end nothing of Nora's was changed, and nothing shown."""
    database = Database(sqlite_url(Path(shutil.copy(full_file, tmp_path / "full.db"))))
    async with slack_stage(database, now="2026-11-20 09:10", teams=["T0STUDIO"]) as stage:
        stage.bot.deliverer._wires["telegram"] = Phone()  # type: ignore[index]
        hers = await rows_of(database, NORA)
        yield stage
        assert await rows_of(database, NORA) == hers
        assert stage.nora.screen == []
        for person in stage.slack.world.people.values():
            assert not HER_WORDS.search(person.transcript + person.home)
    await database.close()


def client(stage: SlackStage, sender: Sender) -> Person:
    return stage.person(sender.user, "Dana Vale", team=stage.slack.team(sender.team))


async def newest(stage: SlackStage) -> dict[str, str]:
    """Of each table the newest record of hers."""
    rows = await rows_of(stage.bot.database, NORA)
    return {table: str(rows[table][-1]["id"]) for table in rows if rows[table] and "id" in rows[table][-1]}


async def press(stage: SlackStage, sender: Sender, presses: list[str]) -> list[str]:
    """All of them, one after the other; what was said to each."""
    if sender.platform == "slack":
        one = client(stage, sender)
        return await one.does([one.client.tap_data(data) for data in presses])
    shown = stage.bot.deliverer._wires["telegram"].chats.setdefault(sender.chat, [])  # type: ignore[attr-defined]
    before = len(shown)
    acts = [Received(sender, f"tap {before} {data}", Incoming("tap", stage.clock(), data)) for data in presses]
    await stage.bot.receive(acts)
    await stage.bot.settle()
    return [one.text for one in shown[before:]]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.chaos) if "question" in name else name for name in INTRUDERS]
)
async def test_every_button_there_is(stage: SlackStage, name: str) -> None:
    sender = INTRUDERS[name]
    ids = await newest(stage)
    missing = await press(stage, sender, [shape.format(id=NOBODYS) for shape in OF_RECORDS])
    forged = await press(stage, sender, [shape.format(id=ids[table]) for shape, table in OF_RECORDS.items()])
    assert len(missing) >= len(OF_RECORDS)
    assert forged == missing


async def test_impossible_ids(stage: SlackStage) -> None:
    sender = INTRUDERS["another in her workspace"]
    told = await press(
        stage, sender, [shape.format(id=id_) for shape, id_ in zip(OF_RECORDS, cycle(HUGE), strict=False)]
    )
    assert len(told) == len(OF_RECORDS)
    assert all(re.match(r"That one is (gone|closed)", words) for words in told)


async def test_buttons_of_the_home_page_and_lines_of_a_menu(stage: SlackStage) -> None:
    dana, ids = client(stage, INTRUDERS["another in her workspace"]), await newest(stage)
    await dana.does(dana.client.opens_home())
    assert dana.client.home_view
    button = {"type": "button", "text": {"type": "plain_text", "text": "Sent"}, "action_id": "0:0"}
    for data in (f"note:{ids['note']}:sent", f"note:{ids['note']}:show", f"audition:{ids['audition']}:open"):
        action = action_of({"block_id": "b0"}, button | {"value": data}, {})
        (told,) = await dana.does(
            dana.client._interact(in_view(dana.client, dana.client.home_view, actions=[action]), "")
        )
        assert told == "That one is gone."
    await dana.writes("/settings")
    chosen = {"selected_option": {"text": button["text"], "value": f"undo:{ids['change']}"}}
    action = action_of({"block_id": "b0"}, {"type": "static_select", "action_id": "pick"}, chosen)
    where = in_view(dana.client, dana.client.home_view, actions=[action])
    assert await dana.does(dana.client._interact(where, "")) == ["That one is gone."]


@pytest.mark.parametrize(
    ("name", "others"),
    [("another in her workspace", (NOBODYS, "-1", "", "abc", "9" * 300)), ("her id in another workspace", ())],
)
async def test_a_modal_that_says_it_is_hers(stage: SlackStage, name: str, others: tuple[str, ...]) -> None:
    dana, ids = client(stage, INTRUDERS[name]), await newest(stage)
    for talk in (ids["talk"], *others):
        await opens(dana)
        assert dana.client.modal
        dana.client.modal.view.wire["private_metadata"] = talk
        before = len(dana.client.screen)
        await dana.does(dana.client.fills("Project", "Brightside of mine"))
        await dana.does(dana.client.submits())
        assert dana.client.modal is None
        assert len(dana.client.screen) == before
        await opens(dana)
        dana.client.modal.view.wire["private_metadata"] = talk
        closed = dana.client.closes()
        assert closed
        assert await dana.does(closed) == []


async def test_a_person_of_hers_chosen_in_the_search(stage: SlackStage) -> None:
    dana = client(stage, INTRUDERS["another in her workspace"])
    rows = await rows_of(stage.bot.database, NORA)
    await opens(dana)
    await dana.does(dana.client.fills("Project", "Larkspur"))
    assert dana.client.modal
    field = dana.client.modal.field(ROOM)
    options = [{"text": {"type": "plain_text", "text": "x"}, "value": f"p{row['id']}"} for row in rows["person"]]
    assert len(options) >= 2
    field.view.found[field.key] = options
    await dana.does(dana.client._put(field, {"selected_options": options}))
    assert not any("Tess" in label for label in dana.client.modal.labels)
    await dana.does(dana.client.submits())
    assert "No names yet" in dana.last.text


@pytest.mark.parametrize(
    ("user", "team"),
    [("U0DANA", "T0HOME"), ("U0NORA", "T0STUDIO"), ("U0WHO", "T0HOME"), ("U0NORA", "T0NOWHERE")],
    ids=["another", "her id elsewhere", "a stranger", "her id where nobody installed it"],
)
async def test_a_search_finds_ones_own_people_only(stage: SlackStage, user: str, team: str) -> None:
    asks = stage.person(user, "Dana Vale", team=stage.slack.team(team)).client
    view = View(asks, modal_view(Form(1, TITLE, ())))
    for words in ("", "tess", "quillan", "p", "%", "_", "fen", "Jo"):
        payload = in_view(asks, view, "block_suggestion", action_id="field", block_id="people", value=words)
        delivery = await stage.slack.world.deliver("interactive", payload).acked()
        assert delivery.response
        offered = delivery.response[1]["options"]
        assert [option["value"] for option in offered] in ([], [f"n:{words}"])


async def test_a_reply_in_the_thread_of_her_card_is_just_words(stage: SlackStage) -> None:
    dana, rows = client(stage, INTRUDERS["another in her workspace"]), await rows_of(stage.bot.database, NORA)
    for _ in range(2):
        await dana.writes("hi")
    ours, hers = (shown.ts for shown in dana.screen[-2:])
    card = next(row for row in reversed(rows["outbox"]) if row["subject"].startswith("note:"))
    await goes_by(stage.bot.database, card["id"], f"{dana.client.dm.id}:{hers}")
    told = [await dana.writes("skip", thread=thread) for thread in (hers, ours)]
    assert told[0] == told[1] != []
    await goes_by(stage.bot.database, card["id"], card["platform_id"])


async def goes_by(database: Database, row: int, platform_id: str) -> None:
    """Let a message of ours be known to the platform by this id."""
    async with database.write() as tx:
        await tx.execute(update(outbox).where(outbox.c.id == row).values(platform_id=platform_id))
