"""What Slack does beside plain messages and taps: a useful word or a deliberate silence, and nothing typed is lost."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Table, select

from bot.assembly import Bot
from bot.slack.wire import Slack
from handlers.messages import Sender
from handlers.outside import Outside
from scheduler.housekeeping import tidy_up
from storage.database import Database
from storage.tables import note
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.copies import rows_of
from tests.fakes.slack_wire import Json
from tests.stage import LOS_ANGELES

FALLS, WHO = "Copper Falls, Nurse Ray, co-star", "Who was in the room?"


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[SlackStage]:
    """Nora, known by her profile."""
    async with slack_stage(database) as stage:
        await stage.nora.writes("hi")
        yield stage


async def values(stage: SlackStage, table: Table, column: str) -> list[object]:
    async with stage.bot.database.read() as tx:
        return [*(await tx.execute(select(table.c[column]).order_by(table.c.id))).scalars()]


async def logs(nora: Person) -> None:
    for words in (f"/audition {FALLS}", "Tess Quillan", "banjo lessons"):
        await nora.writes(words)
    await nora.taps("Save")


async def restarts(stage: SlackStage) -> None:
    """The process ends, and another begins."""
    await stage.stop()
    old = stage.wire
    stage.wire = Slack([stage.slack.home.bot_token], stage.slack.api_url, stage.slack.app_token, clock=stage.clock)
    outside = Outside(secrets.choice, stage.wire.teams, {old.platform: stage.wire.profile})
    stage.bot = Bot(stage.bot.database, {old.platform: stage.wire}, LOS_ANGELES, stage.clock, outside)
    await stage.bot.open()
    await stage.start()


# Who they are


ASKED = "How do you sign your notes?"
PROFILES = {
    ("", None): ASKED,
    ("Nora Castellane", "America/Los_Angeles"): "From your profile: Nora Castellane, Los Angeles time.",
    ("", "America/Los_Angeles"): "From your profile: Los Angeles time.",
    ("Nora Castellane", None): ASKED,
    ("Nora Castellane", "Mars/Olympus"): ASKED,
}


async def test_only_those_whose_profile_does_not_tell_are_asked(stage: SlackStage) -> None:
    for number, ((name, tz), told) in enumerate(PROFILES.items()):
        somebody = stage.person(f"U0NEW{number}", name, tz)
        (said,) = await somebody.writes("/start")
        assert told in said


async def test_the_chat_is_greeted_once_however_often_it_is_opened(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        for tab in ("messages", "messages", "home", "home", "messages"):
            await nora.does(nora.client.opens_home(tab))
        assert len(nora.screen) == 1
        assert "Log an audition" in nora.client.home


# Messages that were changed, taken away, or are no messages


async def test_an_answer_edited_after_it_was_used_changes_nothing_and_that_is_said_once(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes("audition")
    await nora.writes(FALLS)
    answer = [shown.ts for shown in nora.client.screen if shown.mine][-1]
    (told,) = await nora.does(nora.client.edits(answer, "Harbor Lights, Dana"))
    assert told.startswith("I go by what you wrote first")
    assert await nora.does(nora.client.edits(answer, "Night Ferry")) == []
    await nora.writes("Tess Quillan")
    await nora.writes("nothing")
    assert nora.last.text.startswith("Copper Falls")


async def test_one_edited_before_it_was_used_counts_as_it_was_written_first(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes("audition")
    said = nora.client.write(FALLS)
    answer = [shown.ts for shown in nora.client.screen if shown.mine][-1]
    (asked, told) = await nora.does(said, nora.client.edits(answer, "Copper Falls, Nurse Roy"))
    assert asked == WHO
    assert told.startswith("I go by what you wrote first")


async def test_an_edit_or_a_deletion_with_nothing_open_is_passed_over(stage: SlackStage) -> None:
    nora = stage.nora
    mine = next(shown.ts for shown in nora.client.screen if shown.mine)
    assert await nora.does(nora.client.edits(mine, "hello")) == []
    assert await nora.does(nora.client.deletes(mine)) == []


async def test_a_deleted_answer_stays_an_answer(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes("audition")
    await nora.writes(FALLS)
    assert await nora.does(nora.client.deletes([s.ts for s in nora.client.screen if s.mine][-1])) == []
    await nora.writes("Tess Quillan")
    await nora.writes("nothing")
    assert nora.last.text.startswith("Copper Falls")


SILENT: dict[str, Json] = {
    "another bot": {"subtype": "bot_message", "bot_id": "B0OTHER", "username": "deploys", "text": "Harbor Lights"},
    "a workflow": {"subtype": "bot_message", "bot_id": "B0FLOW", "workflow_id": "Wf1", "text": "How was your day?"},
    "a modern bot": {"bot_id": "B0OTHER", "user": "U0OTHERBOT", "text": "Harbor Lights"},
    "a huddle": {"subtype": "huddle_thread", "user": "U0NORA", "text": "A huddle happened", "room": {"id": "R1"}},
    "a reminder": {"subtype": "reminder_add", "user": "U0NORA", "text": "set up a reminder"},
    "a name": {"subtype": "channel_name", "user": "U0NORA", "text": "renamed", "name": "x", "old_name": "y"},
    "a pin": {"subtype": "pinned_item", "user": "U0NORA", "text": "pinned", "item_type": "C"},
    "an ekm notice": {"subtype": "ekm_access_denied", "user": "UREVOKEDU", "text": "Your admins have suspended"},
    "without a user": {"text": "who said this?"},
    "a reply told again": {"subtype": "message_replied", "message": {"user": "U0NORA", "text": "x"}},
    "a subtype to come": {"subtype": "hologram", "user": "U0NORA", "text": "beamed"},
}  # fmt: skip


async def test_what_is_no_message_of_hers_is_passed_over(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes("audition")
    before = nora.client.screen
    for what in SILENT.values():
        assert await nora.does(nora.client.dm.tell({"type": "message", "ts": stage.slack.world.ts(), **what})) == []
    mine = nora.client.dm.kept[[shown.ts for shown in before if shown.mine][-1]]
    unfurled = mine.wire | {"attachments": [{"title": "A page", "from_url": "https://example.com"}]}
    stamp = {"ts": stage.slack.world.ts(), "hidden": True}
    changed = {"type": "message", "subtype": "message_changed", "message": unfurled, "previous_message": mine.wire}
    assert await nora.does(nora.client.dm.tell(changed | stamp)) == []
    rename = {"type": "channel_rename", "channel": {"id": "C1", "name": "x", "created": 1}, "event_ts": stamp["ts"]}
    assert await nora.does(stage.slack.world.event(stage.slack.home, rename, "app_mention")) == []
    assert nora.client.screen == before


FILES = {
    "voice": ("audio_message.m4a", "audio/mp4", "type"), "a video clip": ("video_message.mp4", "video/mp4", "type"),
    "a canvas": ("Notes", "application/vnd.slack-docs", "isn't a kind I keep"),
    "a list": ("Roles", "application/vnd.slack-list", "isn't a kind I keep"),
}  # fmt: skip


async def test_what_cannot_be_read_gets_a_way_on_and_the_question_again(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes(f"/audition {FALLS}")
    for name, mimetype, word in FILES.values():
        told, asked = await nora.does(nora.client.sends_file(name, b"x", mimetype=mimetype))
        assert word in told
        assert asked == WHO
    asked, *_ = await nora.does(nora.client.sends_file("sides.pdf", b"%PDF-1.7", text="Tess Quillan"))
    assert asked == "Tess Quillan. What did you talk about?"


# Threads


async def test_a_question_answered_in_its_thread_goes_on_there(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes("audition")
    thread = nora.last.ts
    for words in (FALLS, "Tess Quillan", "banjo lessons", "save"):
        assert await nora.writes(words, thread=thread)
        assert nora.last.thread == thread
    assert "Saved." in nora.last.text
    await nora.writes("/followups")
    assert nora.last.thread == ""


async def test_a_reply_to_a_card_is_for_its_note(stage: SlackStage) -> None:
    nora = stage.nora
    await logs(nora)
    await stage.comes("2026-11-20 09:05")
    card = nora.last.ts
    await nora.writes("Hi Tess,\n\nThank you for today.\n\nNora", thread=card)
    assert nora.last.thread == card
    assert "Thank you for today." in nora.last.text
    await nora.writes("sent", thread=card)
    assert await values(stage, note, "state") == ["sent"]


async def test_a_command_typed_in_a_thread_counts_without_slack_s_help(stage: SlackStage) -> None:
    nora = stage.nora
    await logs(nora)
    thread = nora.screen[0].ts
    for words in ("/followups", "followups", "Followups"):
        (told,) = await nora.writes(words, thread=thread)
        assert "Tess Quillan" in told
        assert nora.last.thread == thread


async def test_a_command_without_its_slash_counts_in_the_direct_message(stage: SlackStage) -> None:
    for words in ("help", "settings", "undo", "followups", "auditions", "News"):
        assert len(await stage.nora.writes(words)) == 1
        assert "shall I log" not in stage.nora.last.text


async def test_a_thread_whose_first_message_is_gone_does_not_swallow_the_answer(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes("hello there")
    mine = [shown.ts for shown in nora.client.screen if shown.mine][-1]
    said = nora.client.write("followups", thread=mine)
    stage.may_refuse = True
    told = await nora.does(said, nora.client.deletes(mine))
    assert told != []


# Buttons


KEPT = ("audition", "note", "person", "remark", "project", "due")


async def test_old_buttons_after_a_restart_and_a_month_change_nothing(stage: SlackStage) -> None:
    nora, me = stage.nora, Sender("slack", "U0NORA", "U0NORA", "T0HOME")
    await logs(nora)
    await nora.writes("/audition Harbor Lights, Dana")
    await nora.writes("Marcus Thornbury")
    old = [(data, shown.ts) for shown in nora.screen for _, data in shown.buttons if data.startswith("t:")]
    await nora.writes("/cancel")
    await stage.comes("2026-11-20 09:05")
    cards = [(data, shown.ts) for shown in nora.screen for _, data in shown.buttons if data.startswith("note:")]
    await nora.taps("Skip")
    await restarts(stage)
    for days in (0, 30):
        stage.clock.now += timedelta(days=days)
        await stage.bot.settle()  # what a month brings by itself
        await tidy_up(stage.bot.database, stage.clock())
        before = await rows_of(stage.bot.database, me)
        for data, ts in [*old, *(card for card in cards if not card[0].endswith(("edit", "line")))]:
            seen = nora.client.screen
            await nora.does(nora.client.tap_data(data, ts))
            assert nora.client.screen != seen, data
        after = await rows_of(stage.bot.database, me)
        assert {table: after[table] for table in KEPT} == {table: before[table] for table in KEPT}
