"""Modals that come too late, twice, or after their talk; long and odd texts both ways; a workspace that leaves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Table, select

from storage.database import Database
from storage.tables import audition, project, remark
from tests.bot.sheets import ROOM, chooses, opens, talk_labels
from tests.bot.slack_stage import Person, SlackStage, slack_stage

FALLS, TALKED = "Copper Falls, Nurse Ray, co-star", "What did you and Tess talk about?"


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[SlackStage]:
    """Nora, known by her profile."""
    async with slack_stage(database) as stage:
        await stage.nora.writes("hi")
        yield stage


async def kept(stage: SlackStage, table: Table, column: str) -> list[str]:
    async with stage.bot.database.read() as tx:
        return [*(await tx.execute(select(table.c[column]).order_by(table.c.id))).scalars()]


async def half_filled(nora: Person) -> None:
    """A modal with a project, a person and what was talked about."""
    await opens(nora)
    await nora.does(nora.client.fills("Project", "Night Ferry"))
    await nora.does(await chooses(nora, "Tess Quillan", "Tess Quillan"))
    await nora.does(nora.client.fills(TALKED, "banjo lessons"))


# Modals


async def test_where_the_modal_cannot_open_the_talk_asks_in_the_chat(stage: SlackStage) -> None:
    stage.may_refuse = True
    for error in ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"):
        stage.slack.fail_next("views.open", 1, f"error:{error}")
        told = await stage.nora.does(stage.nora.client.slash("/audition"))
        assert told == ["What was it? Project, role."]
        await stage.nora.writes(FALLS)
        assert stage.nora.last.text == "Who was in the room?"
        await stage.nora.writes("/cancel")


async def test_a_command_that_was_worked_too_late_for_a_modal_asks_in_the_chat(stage: SlackStage) -> None:
    asked = stage.nora.client.slash("/audition")
    await asked.acked()
    await stage.passes(3)
    assert stage.nora.client.modal is None
    assert stage.nora.last.text.startswith("What was it?")
    assert not stage.slack.called("views.open")


async def test_what_was_typed_into_a_modal_survives_the_end_of_its_talk(stage: SlackStage) -> None:
    nora = stage.nora
    await half_filled(nora)
    await nora.writes("/cancel")
    await nora.does(nora.client.fills("Project", "Salt Year"))
    await nora.does(nora.client.submits())
    assert nora.client.modal is None
    assert await kept(stage, project, "title") == []
    assert "That one is closed." in nora.last.text
    assert "Salt Year" in nora.last.text
    await nora.taps("Save")
    assert await kept(stage, project, "title") == ["Salt Year"]
    assert "banjo lessons" in await kept(stage, remark, "words")


async def test_what_was_saved_in_the_chat_is_not_saved_again_on_the_modal(stage: SlackStage) -> None:
    nora = stage.nora
    await half_filled(nora)
    await nora.writes("save")
    assert await kept(stage, project, "title") == ["Night Ferry"]
    assert await nora.does(nora.client.submits()) == ["Already saved. Nothing changed."]
    assert len(await kept(stage, audition, "id")) == 1


async def test_undo_after_cancel_brings_back_what_was_typed_into_the_modal(stage: SlackStage) -> None:
    nora = stage.nora
    await half_filled(nora)
    await nora.writes("/cancel")
    closed = nora.client.closes()
    assert closed
    assert await nora.does(closed) == []
    await nora.taps("Undo")
    assert "Night Ferry" in nora.last.text


async def test_one_modal_on_two_devices_closed_here_and_sent_there(stage: SlackStage) -> None:
    nora = stage.nora
    await half_filled(nora)
    there = nora.client.stack[-1]
    closed = nora.client.closes()
    assert closed
    await nora.does(closed)
    assert "Night Ferry" in nora.last.text
    nora.client.stack.append(there)
    await nora.does(nora.client.submits())
    assert "Saved." in nora.last.text
    assert await kept(stage, project, "title") == ["Night Ferry"]
    assert await kept(stage, remark, "words") == ["banjo lessons"]


async def test_a_modal_closed_with_nothing_typed_leaves_nothing_behind(stage: SlackStage) -> None:
    nora = stage.nora
    await opens(nora)
    closed = nora.client.closes()
    assert closed
    assert await nora.does(closed) == []
    assert await nora.writes("/back") == ["No question is open."]
    await opens(nora)
    assert nora.client.modal


async def test_asking_for_the_modal_again_brings_what_was_typed(stage: SlackStage) -> None:
    nora = stage.nora
    await half_filled(nora)
    await opens(nora)
    assert nora.client.modal
    shown = {label: nora.client.modal.value(label) for label in ("Project", ROOM, TALKED)}
    assert shown == {"Project": "Night Ferry", ROOM: ["Tess Quillan"], TALKED: "banjo lessons"}
    await nora.does(nora.client.submits())
    assert len(await kept(stage, audition, "id")) == 1


async def test_a_modal_over_an_open_question_keeps_both(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes(f"/audition {FALLS}")
    await nora.does(nora.client.shortcut("log_audition"))
    assert nora.client.modal
    await nora.does(nora.client.fills("Project", "Night Ferry"))
    await nora.does(nora.client.submits())
    await nora.writes("/cancel")
    assert "Night Ferry" in await kept(stage, project, "title")


# Texts


TYPED = (
    "a < b & c > d, &lt; and &amp; as typed",
    "sides: https://sides.example/get?a=1&b=2#x.",
    "mail tess@quillan.example about it",
    "the site is copper.com, see quillan.com/tess?x=1&y=2",
    "*bold* _slanted_ ~struck~ `code` > quote",
    "3 * 4 :tada: and :not_an_emoji: at 4:10:30",
    "<!channel> <@U0SOL> <#C0X|x> <https://a.example|b>",
    "\N{PARTY POPPER}\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5} שלום",
)


async def test_what_is_typed_comes_out_as_typed(stage: SlackStage) -> None:
    nora, words = stage.nora, " / ".join(TYPED)
    await nora.writes(f"/audition {FALLS}")
    await nora.writes("nobody")
    await nora.writes(words)
    assert words in nora.last.text
    await nora.writes("save")
    assert await kept(stage, remark, "words") == [words]
    await nora.does(nora.client.slash("/buttonhook", words))
    assert TYPED[0] in nora.last.text
    await opens(nora)
    (about,) = talk_labels(nora)
    await nora.does(nora.client.fills("Project", "Falls"), nora.client.fills(about, words))
    await nora.does(nora.client.submits())
    assert words in nora.last.text
    assert not any(shown.fired for shown in nora.screen)


async def test_emoji_are_named_by_slack_and_kept_as_the_signs_they_are(stage: SlackStage) -> None:
    nora = stage.nora
    section = {"type": "rich_text_section", "elements": [
        {"type": "text", "text": "wrapped "},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fe", "skin_tone": 5},
        {"type": "emoji", "name": "shipit"},
        {"type": "text", "text": " on ice"},
    ]}  # fmt: skip
    said = {"type": "message", "user": "U0NORA", "team": "T0HOME", "ts": stage.slack.world.ts()}
    words = "wrapped :tada::wave::skin-tone-5::shipit: on ice"
    await nora.writes("/news")
    await nora.does(
        nora.client.dm.tell(said | {"text": words, "blocks": [{"type": "rich_text", "elements": [section]}]})
    )
    assert (
        "wrapped \N{PARTY POPPER}\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}:shipit: on ice"
        in nora.last.text
    )


MARKS = {
    "<https://x.example/a?b=1&amp;c=2|the sides>": "the sides https://x.example/a?b=1&c=2",
    "<http://copper.com|copper.com>": "copper.com",
    "<mailto:tess@quillan.example|tess@quillan.example>": "tess@quillan.example",
    "<mailto:tess@quillan.example|Tess>": "Tess tess@quillan.example",
    "<!subteam^S1|@crew> <!here> <#C0X|casting> &lt;3": "@crew @here @casting <3",
    "<@U0SOL|sol>": "@sol",
}


async def test_what_slack_makes_of_words_is_made_words_again(stage: SlackStage) -> None:
    nora = stage.nora
    said = {"type": "message", "user": "U0NORA", "ts": stage.slack.world.ts(), "text": " / ".join(MARKS)}
    await nora.writes(f"/audition {FALLS}")
    await nora.writes("nobody")
    (told,) = await nora.does(nora.client.dm.tell(said))
    assert " / ".join(MARKS.values()) in told


async def test_long_texts_go_both_ways(stage: SlackStage) -> None:
    nora = stage.nora
    for length in (3001, 4000):
        words = ("banjo & lessons < " * length)[: length - 1] + "."
        await nora.writes(f"/audition {FALLS}")
        await nora.writes("nobody")
        before = len(nora.screen)
        await nora.writes(words)
        card = "".join("".join(shown.text.split()) for shown in nora.screen[before:])
        assert "".join(words.split()) in card
        assert [label for label, _ in nora.last.buttons]
        await nora.writes("save")
        assert (await kept(stage, remark, "words"))[-1] == words


async def test_a_text_as_long_as_slack_takes_is_kept_whole_or_its_cut_is_told(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.writes(f"/audition {FALLS}")
    await nora.writes("nobody")
    words = "banjo " * 1990 + "and the last word."
    told = await nora.writes(words)
    await nora.writes("save")
    assert await kept(stage, remark, "words") == [words] or "4,000" in "".join(told)


# A workspace that leaves


async def test_a_workspace_that_takes_the_app_out_does_not_disturb_another(database: Database) -> None:
    async with slack_stage(database, teams=["T0STUDIO"]) as stage:
        stage.may_refuse = True
        studio = stage.slack.team("T0STUDIO")
        ida = stage.person("U0IDA", "Ida Fenn", team=studio)
        for person in (stage.nora, ida):
            for words in (f"/audition {FALLS}", "Tess Quillan", "banjo lessons", "save"):
                await person.writes(words)
        stage.slack.subscriptions.update({"app_uninstalled", "tokens_revoked"})
        await ida.does(stage.slack.uninstalls(studio))
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [studio.bot_user]}, "event_ts": "1.0"}
        await ida.does(stage.slack.world.event(studio, revoked, "tokens_revoked"))
        await ida.does(ida.client.write("one last word"))
        await stage.comes("2026-11-20 09:05")
        assert "Hi Tess" in stage.nora.last.text
        before = len(ida.screen)
        studio.trouble = ""  # installed again, with the same token
        await stage.passes(61)
        await stage.passes(timedelta(minutes=10).total_seconds())
        assert any("Hi Tess" in shown.text for shown in ida.screen[before:])
