"""The Home tab: how things stand, from the moment it was first opened, and no call where nothing has changed."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from storage.database import Database
from storage.tables import address
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.bot.test_slack_messages import PEOPLE, assert_all_fits, fills, meets

COPPER_FALLS = ("/audition copper falls, nurse ray", "tess quillan", "turkey trot w her dad thurs", "save")
HARBOR_LIGHTS = ("/audition harbor lights, dana", "jo fenwick", "nothing", "save")
NO_NAMES = ("/audition brightside bank", "no idea", "nothing", "save")
MORNING = "2026-11-20 09:05"
NONE_WAITS = "None waits."


def page(person: Person) -> str:
    return person.client.home


def published(stage: SlackStage) -> int:
    return len(stage.slack.called("views.publish", "ok"))


async def plays(person: Person, *lines: str) -> None:
    for line in lines:
        await person.writes(line)


async def opens_home(person: Person) -> str:
    await person.does(person.client.opens_home())
    return page(person)


# When it is published


async def test_opened_for_the_first_time_it_says_where_to_begin(database: Database) -> None:
    async with slack_stage(database) as stage:
        shown = await opens_home(stage.nora)
        assert shown.splitlines()[0] == "Today"
        assert "[Log an audition] [Add expense] [News] [Auditions] [Settings]" in shown
        assert NONE_WAITS in shown
        assert "This month: 0 auditions, 0 follow-ups sent" in shown
        assert_all_fits(stage)


async def test_before_it_is_opened_nothing_is_published(database: Database) -> None:
    async with slack_stage(database) as stage:
        await stage.nora.does(stage.nora.client.opens_home("messages"))
        await plays(stage.nora, *COPPER_FALLS)
        await stage.comes(MORNING)
        await stage.nora.taps("Sent")
        assert stage.slack.called("views.publish") == []
        assert "1 audition, 1 follow-up sent" in await opens_home(stage.nora)


async def test_who_opens_home_first_is_welcomed_in_the_messages(database: Database) -> None:
    async with slack_stage(database) as stage:
        (said,) = await stage.nora.does(stage.nora.client.opens_home())
        assert said.startswith("Tell me about an audition on your way out.")
        for tab in ("messages", "home", "messages"):
            assert await stage.nora.does(stage.nora.client.opens_home(tab)) == []


async def test_it_follows_what_is_done_in_the_chat(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens_home(nora)
        await plays(nora, *COPPER_FALLS)
        assert "Copper Falls · Nurse Ray, 4:10 pm" in page(nora)
        assert "Tess Quillan: comes tomorrow at 9:00 am" in page(nora)
        assert "This month: 1 audition" in page(nora)
        await nora.taps("Undo")
        assert "Copper Falls" not in page(nora)
        assert NONE_WAITS in page(nora)
        await nora.taps("Redo")
        assert "Tess Quillan: comes tomorrow at 9:00 am" in page(nora)


async def test_it_follows_the_form(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens_home(nora)
        await nora.does(nora.client.home_tap("Log an audition"))
        await fills(nora, Project="Copper Falls")
        await meets(nora, "tess quillan")
        await nora.does(nora.client.submits())
        assert "Copper Falls, 4:10 pm" in page(nora)
        assert "Tess Quillan: comes tomorrow at 9:00 am" in page(nora)


async def test_it_follows_the_clock(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens_home(nora)
        await plays(nora, *COPPER_FALLS)
        await stage.comes(MORNING)
        assert "Tess Quillan, Copper Falls, yesterday\n[Show] [Sent] [Skip]" in page(nora)
        assert "4:10 pm" not in page(nora)
        await nora.taps("Tonight")
        assert "Tess Quillan: comes today at 7:00 pm" in page(nora)
        await stage.comes("2026-11-20 19:01")
        assert "Tess Quillan, Copper Falls, yesterday\n[Show] [Sent] [Skip]" in page(nora)


async def test_what_is_saved_by_the_clock_stands_there(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens_home(nora)
        await plays(nora, *COPPER_FALLS[:-1])
        await stage.comes("2026-11-19 18:00")
        assert "Copper Falls · Nurse Ray, 4:10 pm" in page(nora)


async def test_opened_on_another_day_it_is_that_day(database: Database) -> None:
    async with slack_stage(database, "2026-11-30 16:10") as stage:
        await opens_home(stage.nora)
        await plays(stage.nora, *NO_NAMES)
        await stage.comes("2026-12-01 03:59")
        shown = await opens_home(stage.nora)
        assert "Brightside Bank, 4:10 pm" in shown
        assert "This month: 1 audition, " in shown
        await stage.comes("2026-12-01 04:01")
        shown = await opens_home(stage.nora)
        assert "4:10 pm" not in shown
        assert "This month: 0 auditions, " in shown
        assert "In 2026: 1 audition, " in shown
        await stage.comes("2027-01-01 05:00")
        assert "In 2027: 0 auditions, " in await opens_home(stage.nora)


async def test_each_has_a_page_of_their_own(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, bea = stage.nora, stage.person("U0BEA", name="Bea Hartnell")
        await opens_home(nora)
        await opens_home(bea)
        await plays(nora, *COPPER_FALLS)
        assert "Copper Falls" in page(nora)
        assert "Copper Falls" not in page(bea)
        told = {call.params["user_id"] for call in stage.slack.called("views.publish")[2:]}
        assert told == {"U0NORA"}


async def test_another_zone_changes_it(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await plays(nora, *COPPER_FALLS)
        await opens_home(nora)
        await nora.does(nora.client.moves_to("Europe/London"))
        await nora.taps("London")
        assert "Tess Quillan: comes today at 09:00" in page(nora)


# When it is not


async def test_what_changes_nothing_on_it_publishes_nothing(database: Database) -> None:
    async with slack_stage(database) as stage:
        await plays(stage.nora, *COPPER_FALLS)
        await opens_home(stage.nora)
        counted: dict[str, int] = {}
        for line in ("/help", "/settings", "/followups", "/auditions", "hello", "/audition salt year", "/cancel"):
            before = published(stage)
            await stage.nora.writes(line)
            counted[line] = published(stage) - before
        assert {line: times for line, times in counted.items() if times} == {}


async def test_what_is_typed_into_the_form_publishes_nothing(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens_home(nora)
        before = published(stage)
        await nora.writes("/audition")
        for end in range(1, 9):
            await fills(nora, Project="Copper F"[:end])
        await nora.does(nora.client.closes() or [])
        assert published(stage) == before


async def test_opened_again_with_nothing_changed_it_is_left_alone(database: Database) -> None:
    async with slack_stage(database) as stage:
        await opens_home(stage.nora)
        await opens_home(stage.nora)
        assert published(stage) == 1


async def test_many_changes_at_once_are_published_once(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        await opens_home(nora)
        before = published(stage)
        await nora.does(client.slash("/audition", "copper falls, nurse ray"), *map(client.write, COPPER_FALLS[1:]))
        assert published(stage) == before + 1
        assert "Tess Quillan: comes tomorrow" in page(nora)


# Its buttons


async def test_sent_on_the_page_is_sent(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await plays(nora, *COPPER_FALLS, *HARBOR_LIGHTS)
        await opens_home(nora)
        await stage.comes(MORNING)
        await nora.does(nora.client.home_tap("Sent"))
        assert "Tess Quillan, Copper Falls" not in page(nora)
        assert "Jo Fenwick, Harbor Lights, yesterday\n[Show] [Sent] [Skip]" in page(nora)
        assert "2 auditions, 1 follow-up sent" in page(nora)
        assert "Sent to Tess Quillan by e-mail, today, 9:05 am." in nora.client.transcript
        await nora.taps("Undo")
        assert "Tess Quillan, Copper Falls, yesterday\n[Show] [Sent] [Skip]" in page(nora)


async def test_what_was_done_on_the_page_can_be_undone_there(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await plays(nora, *COPPER_FALLS)
        await opens_home(nora)
        await stage.comes(MORNING)
        await nora.does(nora.client.home_tap("Sent"))
        await nora.does(nora.client.home_tap("Undo"))
        assert "Tess Quillan, Copper Falls, yesterday\n[Show] [Sent] [Skip]" in page(nora)


async def test_each_button_of_the_page_does_what_it_says(database: Database) -> None:
    says = {
        "Show": "Hi Tess,",
        "Settings": "Signs as: Nora Castellane",
        "Auditions": "Your auditions. Tap one to open it.",
        "Skip": "No note to Tess for Copper Falls.",
        "News": "What are you up to? One line each, with its date or link if it has one.",
    }
    async with slack_stage(database) as stage:
        nora = stage.nora
        await plays(nora, *COPPER_FALLS)
        await opens_home(nora)
        await stage.comes(MORNING)
        for label, words in says.items():
            assert words not in nora.client.transcript or label == "Show"
            await nora.does(nora.client.home_tap(label))
            assert words in nora.client.transcript, label


async def test_its_form_opens(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens_home(nora)
        await nora.does(nora.client.home_tap("Log an audition"))
        assert nora.client.modal
        assert nora.client.modal.title == "Log an audition"
        assert len(nora.screen) == 1, "the welcome"


async def test_an_old_button_of_the_page_says_how_things_stand(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await plays(nora, *COPPER_FALLS)
        await opens_home(nora)
        await stage.comes(MORNING)
        await nora.does(nora.client.home_tap("Sent"), nora.client.home_tap("Skip"))
        assert "Sent to Tess Quillan by e-mail, today, 9:05 am. Nothing changed." in nora.last.text


# How much stands on it


async def test_many_follow_ups(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        await opens_home(nora)
        for name in PEOPLE[:8]:
            told = (client.slash("/audition", f"general with {name}"), client.write("nothing"), client.write("save"))
            await nora.does(*told)
        assert page(nora).count(": comes tomorrow at 9:00 am") == 6
        assert "2 more" in page(nora), "nobody may think that these are all"
        await stage.comes(MORNING)
        assert page(nora).count("[Show] [Sent] [Skip]") == 6
        assert "And 2 more to send: /followups" in page(nora)
        for _ in range(3):
            await nora.does(client.home_tap("Sent"))
        assert page(nora).count("[Show] [Sent] [Skip]") == 5
        assert "more to send" not in page(nora)
        assert_all_fits(stage)


async def test_names_to_get_stand_there(database: Database) -> None:
    async with slack_stage(database) as stage:
        await plays(stage.nora, *NO_NAMES)
        shown = await opens_home(stage.nora)
        assert NONE_WAITS not in shown
        await stage.nora.does(stage.nora.client.home_tap("I have the names: Brightside Bank"))


async def test_logged_for_another_day_today_is_not_said_to_be_empty(database: Database) -> None:
    async with slack_stage(database) as stage:
        await opens_home(stage.nora)
        await plays(stage.nora, *COPPER_FALLS[:-1])
        await stage.nora.taps("When")
        await plays(stage.nora, "yesterday 3 pm", "save")
        assert "No audition logged today" not in page(stage.nora)


# When it cannot be published


async def test_who_cannot_be_reached_gets_no_page_until_they_write_again(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        await opens_home(nora)
        await plays(nora, *COPPER_FALLS)
        stage.slack.fail_next("chat.postMessage", 1, "error:user_disabled")
        await stage.comes(MORNING)
        async with database.read() as tx:
            assert (await tx.execute(select(address.c.parked_at))).scalar_one() is not None
        before = len(stage.slack.called("views.publish"))
        await stage.comes("2026-11-21 09:05")
        assert len(stage.slack.called("views.publish")) == before
        await nora.writes("hello")
        assert "Tess Quillan, Copper Falls, " in page(nora)


async def test_a_page_that_is_refused_for_good_does_not_silence_the_chat(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        await opens_home(nora)
        stage.slack.fail_next("views.publish", 1, "error:invalid_arguments")
        await plays(nora, *COPPER_FALLS)
        assert "Saved. Tess's follow-up comes tomorrow at 9:00 am." in nora.last.text
        await stage.comes(MORNING)
        assert "Tess Quillan, Copper Falls, yesterday" in page(nora)


@pytest.mark.parametrize("kind", ["429:30", "500"])
async def test_what_slack_puts_off_comes_later_and_only_the_newest(database: Database, kind: str) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        await opens_home(nora)
        stage.slack.fail_next("views.publish", 1, kind)
        await plays(nora, *COPPER_FALLS[:1])
        before = published(stage)
        assert await nora.writes("/help"), "the chat does not wait for the page"
        await plays(nora, *COPPER_FALLS[1:])
        await stage.passes(61)
        assert "Tess Quillan: comes tomorrow at 9:00 am" in page(nora)
        assert published(stage) - before <= len(COPPER_FALLS) + 1


async def test_it_is_the_newest_after_a_long_outage(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        await opens_home(nora)
        await plays(nora, *COPPER_FALLS[:-1])
        stage.slack.fail_next("views.publish", 3, "429:10")
        await nora.writes("save")
        await stage.passes(11)
        await stage.passes(11)
        await stage.passes(11)
        assert "Tess Quillan: comes tomorrow at 9:00 am" in page(nora)


async def test_who_has_no_page_any_more_costs_nothing(database: Database) -> None:
    async with slack_stage(database) as stage:
        await opens_home(stage.nora)
        async with database.write() as tx:
            await tx.execute(update(address).values(has_home=False))
        before = published(stage)
        await plays(stage.nora, *COPPER_FALLS)
        assert published(stage) == before
