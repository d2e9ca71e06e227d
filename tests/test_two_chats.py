"""One actor in two chats: what is told in either counts, and follow-ups come where they were asked to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.messages import Incoming, Received
from handlers.taps import GONE
from scheduler.wire import Blocked, Parcel
from storage.tables import actor, address, audition, due, outbox, talk
from tests.once import once
from tests.snippets import cards, log, rows
from tests.stage import Person, Phone, Stage
from tests.two_chats import join, logged, logged_and_joined, on_slack

MORNING = "2026-11-20 09:00"


@pytest.fixture
async def slack(stage: Stage) -> Person:
    """Nora's other chat, joined; on Telegram she has logged an audition."""
    slack = on_slack(stage)
    await once(logged_and_joined, stage, slack)
    return slack


async def at_once(stage: Stage, *acts: tuple[Person, Incoming]) -> None:
    """All of this is found in one look into the inbox."""
    await stage.bot.receive([Received(p.sender, f"at-once-{n}", act) for n, (p, act) in enumerate(acts)])
    await stage.bot.settle()


def words(stage: Stage, text: str) -> Incoming:
    return Incoming("text", stage.clock(), text=text)


def is_in(stage: Stage, latitude: float, longitude: float) -> Incoming:
    """A shared location: it moves the zone in one act."""
    return Incoming("place", stage.clock(), latitude=latitude, longitude=longitude)


# Two chats at once


async def test_what_is_set_in_one_chat_holds_for_the_next_word_in_the_other(stage: Stage, slack: Person) -> None:
    new_york, los_angeles = is_in(stage, 40.71, -74.0), is_in(stage, 34.05, -118.24)
    settings = words(stage, "/settings")
    acts = ((stage.nora, new_york), (slack, settings), (slack, los_angeles), (stage.nora, settings))
    await at_once(stage, *acts, (slack, new_york), (stage.nora, settings))
    assert ["Zone: New York" in text for text in slack.news() if "Zone:" in text] == [True]
    zones = [text.split("Zone: ")[1].split(",")[0] for text in stage.nora.news() if "Zone:" in text]
    assert zones == ["Los Angeles", "New York"]


async def test_two_talks_told_at_once_are_both_saved_in_full(stage: Stage, slack: Person) -> None:
    here = ("/audition", "Night Ferry, Captain", "Ada Vance", "the ferry was late", "save")
    there = ("/audition", "Harbor Lights, Dana", "Marcus Thornbury", "his kid", "save")
    both = [
        (p, words(stage, text))
        for pair in zip(here, there, strict=True)
        for p, text in zip((stage.nora, slack), pair, strict=True)
    ]
    await at_once(stage, *both)
    told = [row.role for row in await rows(stage, audition)]
    assert told == ["Nurse Ray", "Captain", "Dana"]
    for person, title in ((stage.nora, "Night Ferry"), (slack, "Harbor Lights")):
        await person.says("/auditions")
        assert {"Today: Night Ferry · Captain", "Today: Harbor Lights · Dana"} <= set(person.last.labels), title


async def test_what_is_undone_at_once_in_both_is_two_steps(stage: Stage, slack: Person) -> None:
    for person, text in ((stage.nora, "/news back on the climbing wall"), (slack, "/news wrapped Harbor Lights")):
        await person.says(text)
    stage.nora.news(), slack.news()
    await at_once(stage, (stage.nora, words(stage, "/undo")), (slack, words(stage, "/undo")))
    assert "wrapped Harbor Lights" in stage.nora.news()[0]
    assert "back on the climbing wall" in slack.news()[0]


async def test_each_chat_answers_its_own_question(stage: Stage, slack: Person) -> None:
    await stage.nora.says("/audition")
    await slack.says("/news")
    assert await stage.nora.says("Night Ferry, Captain") == ["Who was in the room?"]
    assert "climbing wall" in " ".join(await slack.says("back on the climbing wall"))


async def test_others_are_not_held_up_by_who_writes_in_two_chats(stage: Stage, slack: Person) -> None:
    dana = on_slack(stage, "U2", "Dana Vale")
    help_ = words(stage, "/help")
    await stage.bot.receive(
        [Received(p.sender, f"help-{n}", help_) for n, p in enumerate((stage.nora, slack, dana, stage.nora, dana))]
    )
    assert await stage.bot.worker.work()
    async with stage.database.read() as tx:
        told = select(address.c.user).join(outbox).where(outbox.c.state == "new")
        assert sorted((await tx.execute(told)).scalars()) == ["1", "U2", "U2"]
    await stage.bot.settle()
    assert len(stage.nora.news()) == 2


# Where follow-ups come


async def test_they_come_where_they_came_until_something_else_is_chosen(stage: Stage, slack: Person) -> None:
    await stage.comes(MORNING)
    assert len(stage.nora.news()) == 1
    assert slack.news() == []


@pytest.mark.parametrize("chooses_on", ["telegram", "slack"])
async def test_they_come_where_it_was_chosen(stage: Stage, slack: Person, chooses_on: str) -> None:
    person = stage.nora if chooses_on == "telegram" else slack
    await person.taps("Slack, Studio")
    assert person.last.text == "Follow-ups come on Slack, Studio from now on."
    assert person.last.labels == ["Undo", "Unlink"]
    stage.nora.news(), slack.news()
    await stage.comes(MORNING)
    assert [text.split(" · ")[0] for text in slack.news()] == ["Tess Quillan"]
    assert stage.nora.news() == []


async def test_the_choice_is_undone_and_redone(stage: Stage, slack: Person) -> None:
    await slack.taps("Slack, Studio")
    await slack.taps("Undo")
    assert slack.last.text == "Taken back: follow-ups on Slack, Studio."
    slack.news()
    await stage.comes(MORNING)
    assert slack.news() == []
    await slack.taps("Redo")
    slack.news()
    await log(stage, "Night Ferry, Captain", "Ada Vance")
    await stage.comes("2026-11-21 09:00")
    assert any("Ada Vance" in text for text in slack.news())


async def test_where_they_come_stands_in_no_undos_way(stage: Stage) -> None:
    """Joining settles it too, and that is no change of hers that another would stand on."""
    await logged(stage)
    await stage.nora.says("/settings")
    await stage.nora.taps("Morning")
    await stage.nora.says("10")
    slack = on_slack(stage)
    await join(stage.nora, slack)
    await slack.taps("Slack, Studio")
    assert "follow-ups on Slack, Studio" in (await stage.nora.says("/undo"))[0]
    assert "follow-ups at 10:00 am" in (await stage.nora.says("/undo"))[0]
    assert [row.nudge_time.hour for row in await rows(stage, actor)] == [9]


async def test_what_was_set_before_joining_can_still_be_undone(stage: Stage) -> None:
    await logged(stage)
    await stage.nora.says("/settings")
    await stage.nora.taps("Morning")
    await stage.nora.says("10")
    slack = on_slack(stage)
    await join(stage.nora, slack)
    assert "follow-ups at 10:00 am" in (await slack.says("/undo"))[0]
    assert [row.nudge_time.hour for row in await rows(stage, actor)] == [9]


async def test_settings_have_a_row_for_it_only_where_there_are_two_chats(stage: Stage) -> None:
    await logged(stage)
    (shown,) = await stage.nora.says("/settings")
    assert "Follow-ups come on" not in shown
    assert "Change" not in stage.nora.last.labels

    slack = on_slack(stage)
    await join(stage.nora, slack)
    (shown,) = await slack.says("/settings")
    assert shown.endswith("Follow-ups come on: Telegram")
    await slack.taps("Change")
    assert slack.last.labels == ["Telegram", "Slack, Studio"]
    await slack.taps("Slack, Studio")
    (shown,) = await stage.nora.says("/settings")
    assert shown.endswith("Follow-ups come on: Slack, Studio")


async def test_what_is_chosen_already_is_no_change(stage: Stage, slack: Person) -> None:
    await slack.taps("Telegram")
    assert slack.last.text == "Follow-ups come on Telegram."
    assert slack.last.labels == ["Unlink"]


async def test_one_chat_alone_has_nothing_to_choose(stage: Stage) -> None:
    await logged(stage)
    assert await stage.nora.taps_data("set:home") == ["Follow-ups come on Telegram. /link joins another chat."]


async def test_only_ones_own_chats_can_be_chosen(stage: Stage, slack: Person) -> None:
    dana = on_slack(stage, "U2", "Dana Vale")
    await dana.says("/help")
    before = await rows(stage, actor)
    for row in await rows(stage, address):
        for verb in ("home", "unlink", "leave", "stay"):
            if row.user != "U2":
                assert await dana.taps_data(f"chat:{row.id}:{verb}") == [GONE]
    assert await rows(stage, actor) == before


# A card in one chat, a tap in the other


async def test_a_card_can_be_worked_from_either_side(stage: Stage, slack: Person) -> None:
    await stage.comes(MORNING)
    (said,) = await slack.says("sent")
    assert said.startswith("Sent to Tess Quillan by e-mail")
    (again,) = await stage.nora.taps("Sent")
    assert again.endswith("Nothing changed.")


async def test_the_reminder_comes_where_follow_ups_come_now(stage: Stage, slack: Person) -> None:
    """The card was shown in the one chat, and nobody touched it; since then the other was chosen."""
    await stage.comes(MORNING)
    assert len(cards(stage.nora)) == 1
    await slack.taps("Slack, Studio")
    slack.news()
    await stage.comes("2026-11-21 09:00")
    (reminder,) = slack.news()
    assert reminder.startswith("Still here: Tess Quillan")
    await slack.taps("Show")
    assert len(cards(slack)) == 1


# Chats that cannot be reached


class Gone(Phone):
    """Its person has blocked the bot."""

    async def send(self, parcel: Parcel) -> str:
        raise Blocked(parcel.to.chat)


async def test_a_follow_up_that_one_chat_refuses_comes_in_the_other(stage: Stage, slack: Person) -> None:
    stage.phone = Gone()
    stage.begin_anew()
    await stage.comes(MORNING)
    await stage.bot.settle()
    assert [text.split(" · ")[0] for text in slack.news()] == ["Tess Quillan"]
    async with stage.database.read() as tx:
        notes = select(due.c.state).where(due.c.repeat.is_(False), due.c.kind == "note")
        assert (await tx.execute(notes)).scalars().all() == ["handed"]


async def test_a_parked_chat_is_passed_over_until_its_person_writes(stage: Stage, slack: Person) -> None:
    await park(stage, stage.nora)
    await stage.comes(MORNING)
    assert len(slack.news()) == 1
    await log(stage, "Night Ferry, Captain", "Ada Vance")
    stage.nora.news()
    await stage.comes("2026-11-21 09:00")
    assert any("Ada Vance" in text for text in stage.nora.news())


async def park(stage: Stage, person: Person) -> None:
    async with stage.database.write() as tx:
        mine = address.c.user == person.sender.user
        await tx.execute(update(address).where(mine).values(parked_at=stage.clock(), parked_why="blocked"))


async def test_a_talk_left_alone_where_no_follow_ups_come_is_saved_there(stage: Stage, slack: Person) -> None:
    for text in ("/audition", "Harbor Lights, Dana", "Marcus Thornbury", "his kid"):
        await slack.says(text)
    slack.news()
    await stage.comes("2026-11-19 18:30")
    assert any("Saved as it stood: Harbor Lights" in text for text in slack.news())
    assert stage.nora.news() == []


async def test_talks_left_alone_in_both_chats_are_both_saved(stage: Stage, slack: Person) -> None:
    for person, what, whom in (
        (slack, "Harbor Lights, Dana", "Marcus Thornbury"),
        (stage.nora, "Salt Year, Lena", "Ada Vance"),
    ):
        for text in ("/audition", what, whom, "the hat"):
            await person.says(text)
    stage.clock.now += timedelta(hours=3)
    await stage.bot.settle()
    assert [row.role for row in await rows(stage, audition)] == ["Nurse Ray", "Dana", "Lena"]


async def test_a_talk_left_alone_by_who_cannot_be_reached_is_saved_as_well(stage: Stage) -> None:
    await logged(stage)
    for text in ("/audition", "Harbor Lights, Dana", "Marcus Thornbury", "his kid"):
        await stage.nora.says(text)
    await park(stage, stage.nora)
    await stage.comes("2026-11-19 18:30")
    assert [row.ending for row in await rows(stage, talk)][-1] == "saved"
    assert len(await rows(stage, audition)) == 2
