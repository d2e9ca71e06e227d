"""/unlink: asked once, then the chat that had joined is on its own, and the records are where they were."""

from __future__ import annotations

import pytest

from handlers import unlinking
from handlers.messages import Incoming, Received
from handlers.taps import GONE
from storage.tables import actor, outbox
from tests.once import once
from tests.snippets import cards, log, rows
from tests.stage import Person, Stage
from tests.test_two_chats import MORNING
from tests.two_chats import actors_of, are_one, code_from, join, logged, logged_and_joined, on_slack


@pytest.fixture
async def slack(stage: Stage) -> Person:
    """Nora's other chat, joined; on Telegram she has logged an audition."""
    slack = on_slack(stage)
    await once(logged_and_joined, stage, slack)
    return slack


async def test_the_chat_that_joined_leaves(stage: Stage, slack: Person) -> None:
    (asked,) = await slack.says("/unlink")
    assert asked == "This chat leaves: all that is logged stays on Telegram, and here you begin anew. Sure?"
    assert slack.last.labels == ["Yes, unlink", "No"]
    assert await are_one(stage, stage.nora, slack)

    await slack.taps("Yes, unlink")
    assert slack.last.text == "Unlinked. All that was logged stays on Telegram; here you begin anew."
    assert stage.nora.news() == [
        "Unlinked: Slack, Studio. All that was logged is here; /link joins it again while it is empty."
    ]
    assert not await are_one(stage, stage.nora, slack)
    assert "No auditions yet." in (await slack.says("/auditions"))[0]
    await stage.nora.says("/auditions")
    assert "Today: Copper Falls · Nurse Ray" in stage.nora.last.labels


async def test_the_chat_with_the_records_lets_it_go(stage: Stage, slack: Person) -> None:
    (asked,) = await stage.nora.says("/unlink")
    assert asked == "Slack, Studio leaves: all that is logged stays here, and Slack, Studio begins anew. Sure?"
    await stage.nora.says("yes")
    assert slack.news() == ["Unlinked. All that was logged stays on Telegram; here you begin anew."]
    assert not await are_one(stage, stage.nora, slack)


async def test_it_is_near_where_they_were_joined(stage: Stage, slack: Person) -> None:
    await slack.taps("Unlink")
    assert slack.screen[-2].labels == ["Telegram", "Slack, Studio", "Unlink"]
    assert slack.last.labels == ["Yes, unlink", "No"]


async def test_no_leaves_all_as_it_was(stage: Stage, slack: Person) -> None:
    await slack.says("/unlink")
    await slack.taps("No")
    assert slack.last.text == unlinking.AS_IT_WAS
    assert slack.last.labels == []
    assert await are_one(stage, stage.nora, slack)


async def test_a_chat_on_its_own_has_nothing_to_leave(stage: Stage, slack: Person) -> None:
    await slack.says("/unlink")
    yes = slack.last.message.choices[0][0].data
    await slack.taps_data(yes)
    assert await slack.says("/unlink") == [unlinking.ON_ITS_OWN]
    assert await slack.taps_data(yes) == [unlinking.ON_ITS_OWN]
    assert await stage.nora.taps_data(yes) == [GONE]


async def test_the_settings_go_along_and_the_records_do_not(stage: Stage, slack: Person) -> None:
    await slack.says("/unlink")
    await slack.taps("Yes, unlink")
    old, new = await rows(stage, actor)
    for name in ("sign", "zone", "zone_confirmed", "nudge_time", "country"):
        assert getattr(new, name) == getattr(old, name)
    assert "Nothing to take back." in (await slack.says("/undo"))[0]


async def test_what_was_logged_in_the_chat_that_leaves_stays_too(stage: Stage, slack: Person) -> None:
    await slack.says("/news wrapped a guest star on Harbor Lights")
    await slack.says("/unlink")
    await slack.taps("Yes, unlink")
    await stage.comes(MORNING)
    assert any("Harbor Lights" in shown.text for shown in cards(stage.nora))


async def test_follow_ups_that_came_there_come_back(stage: Stage, slack: Person) -> None:
    await slack.taps("Slack, Studio")
    await slack.says("/unlink")
    await slack.taps("Yes, unlink")
    stage.nora.news(), slack.news()
    await stage.comes(MORNING)
    assert len(stage.nora.news()) == 1
    assert slack.news() == []


async def test_a_follow_up_that_was_about_to_leave_there_comes_back_too(stage: Stage, slack: Person) -> None:
    await slack.taps("Slack, Studio")
    await slack.says("/unlink")
    yes = slack.last.message.choices[0][0].data
    await stage.jumps(MORNING)
    await stage.bot.tick()
    assert [row.state for row in await rows(stage, outbox)][-1] == "new"
    stage.nora.news(), slack.news()
    await slack.taps_data(yes)
    await stage.bot.settle()
    assert not cards(slack)
    assert len(cards(stage.nora)) == 1


async def test_questions_about_records_end_and_others_go_on(stage: Stage, slack: Person) -> None:
    await slack.says("/audition harbor lights, dana")
    await slack.says("/auditions")
    await slack.taps("Today: Copper Falls · Nurse Ray")
    await slack.taps("Fix")
    await slack.says("/unlink")
    await slack.taps("Yes, unlink")
    assert slack.last.text == "Harbor Lights. Who was in the room?"
    await slack.says("Marcus Thornbury")
    await slack.says("his kid")
    await slack.taps("Save")
    await slack.says("/auditions")
    assert slack.last.labels == ["Today: Harbor Lights · Dana"]
    await stage.nora.says("/auditions")
    assert stage.nora.last.labels == ["Today: Copper Falls · Nurse Ray"]


async def test_old_cards_in_the_chat_that_left_show_nothing_more(stage: Stage, slack: Person) -> None:
    await slack.taps("Slack, Studio")
    await stage.comes(MORNING)
    (card,) = cards(slack)
    await slack.says("/unlink")
    await slack.taps("Yes, unlink")
    for row in card.message.choices:
        for choice in row:
            assert await slack.taps_data(choice.data) == [GONE]


async def test_it_can_be_joined_again(stage: Stage, slack: Person) -> None:
    await slack.says("/unlink")
    await slack.taps("Yes, unlink")
    await join(stage.nora, slack)
    assert await are_one(stage, stage.nora, slack)


async def test_of_three_chats_one_leaves(stage: Stage, slack: Person) -> None:
    film = stage.person("U7", "Nora C.", platform="slack", team="T2")
    await join(stage.nora, film)
    assert (await stage.nora.says("/unlink"))[0].startswith("Which one leaves?")
    assert stage.nora.last.labels == ["Unlink Slack, Studio", "Unlink Slack", "No"]
    await slack.says("/unlink")
    assert slack.last.labels == ["Yes, unlink", "No"], "of the others it decides nothing"
    await stage.nora.taps("Unlink Slack")
    assert await are_one(stage, stage.nora, slack)
    assert not await are_one(stage, stage.nora, film)


async def test_the_chat_that_keeps_the_records_cannot_be_made_to_leave(stage: Stage, slack: Person) -> None:
    (keeper,) = {c.data for s in slack.screen for r in s.message.choices for c in r if c.label == "Telegram"}
    assert await slack.taps_data(keeper.replace("home", "leave")) == [unlinking.KEEPS]
    assert await are_one(stage, stage.nora, slack)


async def test_a_stranger_who_got_in_leaves_without_the_records(stage: Stage) -> None:
    """Whoever gave the code: the records stay with the side that had them."""
    await logged(stage)
    dov = on_slack(stage, "U2", "Dov Ash")
    await stage.nora.says(f"/link {await code_from(dov)}")
    await stage.nora.taps("Yes, join")
    await dov.taps("Yes, join")
    await dov.says("/unlink")
    await dov.taps("Yes, unlink")
    assert "No auditions yet." in (await dov.says("/auditions"))[0]
    await stage.nora.says("/auditions")
    assert "Today: Copper Falls · Nurse Ray" in stage.nora.last.labels


async def test_what_came_in_with_it_is_worked_where_it_then_belongs(stage: Stage, slack: Person) -> None:
    await slack.says("/unlink")
    yes = slack.last.message.choices[0][0].data
    acts = [
        Received(stage.nora.sender, "a", Incoming("text", stage.clock(), text="/help")),
        Received(slack.sender, "b", Incoming("tap", stage.clock(), text=yes)),
        Received(slack.sender, "c", Incoming("text", stage.clock(), text="/auditions")),
        Received(stage.nora.sender, "d", Incoming("text", stage.clock(), text="/auditions")),
    ]
    slack.news()
    await stage.bot.receive(acts)
    await stage.bot.settle()
    assert "No auditions yet." in slack.news()[-1]
    assert stage.nora.last.labels == ["Today: Copper Falls · Nurse Ray"]
    assert len(set(await actors_of(stage, stage.nora, slack))) == 2


async def test_a_question_that_was_opened_in_the_same_breath_ends_too(stage: Stage, slack: Person) -> None:
    await slack.says("/auditions")
    fix = slack.last.message.choices[0][0].data.replace("open", "fix")
    await slack.says("/unlink")
    yes = slack.last.message.choices[0][0].data
    taps = [Received(slack.sender, data, Incoming("tap", stage.clock(), text=data)) for data in (fix, yes)]
    await stage.bot.receive(taps)
    await stage.bot.settle()
    assert not await are_one(stage, stage.nora, slack)
    assert await slack.says("/skip") == ["No question is open."]


async def test_what_is_logged_afterwards_is_logged_apart(stage: Stage, slack: Person) -> None:
    await slack.says("/unlink")
    await slack.taps("Yes, unlink")
    await log(stage, "Night Ferry, Captain", "Ada Vance")
    assert "No auditions yet." in (await slack.says("/auditions"))[0]
