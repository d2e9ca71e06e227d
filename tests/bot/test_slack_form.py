"""An audition told on Slack's form: its fields, what is wrong with them, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.assembly import Bot
from bot.slack.acts import LOG_AUDITION, LOG_MESSAGE
from bot.slack.wire import Slack
from storage.database import Database
from storage.tables import audition, outbox
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.bot.test_slack_messages import AT, ROOM, WHEN, WHO, fills, meets
from tests.corpus import HTML, SLACK
from tests.fakes.slack import Delivery
from tests.fakes.slack_modal import Modal
from tests.stage import LOS_ANGELES

LOOK, REST = "What you wore, hair, headshot", "Anything else"
WITH_TESS, WITH_JO = "What did you and Tess talk about?", "What did you and Jo talk about?"
TURKEY, BANJO = "turkey trot thurs w her dad", "just started banjo"
COPPER_FALLS = {"Project": "Copper Falls", "Role": "Nurse Ray, co-star"}


def form(person: Person) -> Modal:
    assert person.client.modal, f"no form is open:\n{person.client.transcript}"
    return person.client.modal


async def opens(person: Person) -> Modal:
    await person.writes("/audition")
    return form(person)


async def saves(person: Person) -> str:
    """Send the form off; what was said of it."""
    return "\n\n".join(await person.does(person.client.submits()))


async def closes(person: Person) -> list[str]:
    return await person.does(person.client.closes() or [])


async def leaves_out(person: Person, *names: str) -> None:
    """Take these people away again."""
    stay = [one for one in form(person).value(WHO) if one not in names]
    await person.does(person.client.picks(WHO, *stay))


async def count(database: Database, table: Any) -> int:
    async with database.read() as tx:
        return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


# The fields


async def test_it_opens_with_today_and_now(database: Database) -> None:
    async with slack_stage(database) as stage:
        shown = await opens(stage.nora)
        assert shown.labels == ["Project", "Role", WHO, ROOM, WHEN, AT, LOOK, REST]
        assert {label: shown.value(label) for label in shown.labels if shown.value(label)} == {
            WHEN: "2026-11-19",
            AT: "16:10",
        }
        assert (shown.title, shown.submit) == ("Log an audition", "Save")
        assert not stage.nora.screen


async def test_after_midnight_it_is_the_new_date_and_yet_the_same_night(database: Database) -> None:
    async with slack_stage(database, "2026-11-20 01:10") as stage:
        shown = await opens(stage.nora)
        assert (shown.value(WHEN), shown.value(AT)) == ("2026-11-20", "01:10")
        await fills(stage.nora, Project="Late Shoot")
        await meets(stage.nora, "tess quillan")
        assert "Tess's follow-up comes today at 9:00 am." in await saves(stage.nora)


async def test_each_one_in_the_room_has_a_field(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await meets(nora, "tess quillan, cd", "jo fenwick")
        assert form(nora).labels[3:5] == [WITH_TESS, WITH_JO]
        assert ROOM not in form(nora).labels
        await leaves_out(nora, "tess quillan, cd")
        assert form(nora).labels[3:4] == [WITH_JO]
        await leaves_out(nora, "jo fenwick")
        assert form(nora).labels[3:4] == [ROOM]


async def test_somebody_without_a_name_has_none(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await meets(nora, "the producer")
        assert ROOM in form(nora).labels
        await fills(nora, Project="Copper Falls", What_was_said="they laughed")
        said = await saves(nora)
        assert "No name: producer" in said
        assert "– they laughed" in said


async def test_twenty_people(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        await opens(nora)
        names = [f"{first} {last}" for first in ("Ann", "Bob") for last in LAST]
        found: list[Any] = []
        for name in names:
            await client.searches(WHO, name)
            found += form(nora).view.found[form(nora).field(WHO).key]
        form(nora).view.found[form(nora).field(WHO).key] = found
        await nora.does(client.picks(WHO, *names))
        assert len(form(nora).labels) == 7 + 20
        await fills(nora, Project="Copper Falls")
        said = await saves(nora)
        assert [name for name in names if name not in said] == []


LAST = ("Quillan", "Fenwick", "Hartnell", "Thornbury", "Marsh", "Ferrow", "Abara", "Pike", "Lindqvist", "Calloway")


# What is told fills it


async def test_a_message_fills_it(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await nora.writes("copper falls, nurse ray, co-star. they loved the hat")
        await nora.taps("Nothing")
        await nora.does(nora.client.message_shortcut(LOG_MESSAGE, nora.client.screen[0].ts))
        shown = form(nora)
        assert (shown.value("Project"), shown.value("Role")) == ("Copper Falls", "Nurse Ray, co-star")
        assert shown.value(ROOM) == "they loved the hat"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("copper falls, nurse ray, callback, self-tape", ["Copper Falls · Nurse Ray · callback", "self-tape"]),
        ("copper falls, nurse ray. they liked the hat /private", ["– they liked the hat · private, stays with you"]),
        ("copper falls, nurse ray. her race is dec 3", ["– her race, Thu, Dec 3"]),
        ("general with delphine ferrow at ferrow casting", ["General meeting", "Delphine Ferrow, Ferrow Casting"]),
    ],
)
async def test_what_a_message_tells_is_on_the_card_as_if_it_had_been_told_in_the_chat(
    database: Database, words: str, lines: list[str]
) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        channel = stage.slack.channel("C0NOTES", members=[client])
        client.write(words, channel=channel)
        await nora.does(client.message_shortcut(LOG_MESSAGE, words, channel=channel))
        said = await saves(nora)
        assert [line for line in lines if line not in said] == [], said


async def test_going_back_to_the_form_loses_nothing(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS, Anything="callback, self-tape", What_you="blue scrubs top")
        await meets(nora, "tess quillan, casting director at quillan casting")
        await fills(nora, What_did="they liked the hat, dec 3 /private")
        await closes(nora)
        card = nora.last.text.removeprefix("Go on here? Copper Falls, Nurse Ray, co-star.").strip()
        assert "private, stays with you" in card
        await opens(nora)
        assert (form(nora).value(REST), form(nora).value(LOOK)) == ("callback, self-tape", "blue scrubs top")
        said = await saves(nora)
        assert said.startswith(card), f"{card}\n-- became --\n{said}"


# What is wrong with it


async def test_neither_project_nor_role(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await meets(nora, "tess quillan")
        assert await saves(nora) == ""
        assert form(nora).errors == {"Project": "Project or role: one of the two is enough."}
        await fills(nora, Role="Nurse Ray")
        assert "Saved. Tess's follow-up comes tomorrow at 9:00 am." in await saves(nora)
        assert nora.client.modal is None


async def test_a_day_to_come(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        for date, day in (("2026-11-20", "Tomorrow"), ("2027-01-01", "Fri, Jan 1, 2027")):
            await nora.does(nora.client.picks_date(WHEN, date))
            assert await saves(nora) == ""
            assert form(nora).errors == {WHEN: f"{day} is still to come."}
        assert await count(database, audition) == 0
        await nora.does(nora.client.picks_date(WHEN, "2026-11-18"))
        assert "Yesterday, Wed, Nov 18" in await saves(nora)
        assert await count(database, audition) == 1


async def test_a_time_to_come(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await nora.does(nora.client.picks_time(AT, "23:30"))
        await saves(nora)
        assert form(nora).errors == {AT: "That is still to come."}


async def test_the_time_now_is_not_that_of_another_day(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await nora.does(nora.client.picks_date(WHEN, "2026-11-18"))
        said = await saves(nora)
        assert "Yesterday, Wed, Nov 18" in said
        assert "4:10 pm" not in said


@pytest.mark.parametrize(("date", "time", "shown"), [(None, None, "Today, Thu, Nov 19"), (None, "15:00", "3:00 pm")])
async def test_day_and_time_may_be_left_empty(
    database: Database, date: str | None, time: str | None, shown: str
) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await nora.does(nora.client.picks_date(WHEN, date), nora.client.picks_time(AT, time))
        assert shown in await saves(nora)


# Sent


async def test_sent_it_is_saved_and_said_in_the_chat(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await meets(nora, "tess quillan, cd", "jo fenwick")
        await nora.does(nora.client.fills(WITH_TESS, TURKEY), nora.client.fills(WITH_JO, f"{BANJO} /private"))
        await fills(nora, What_you="blue scrubs top, hair up", Anything="callback, felt 4")
        said = await saves(nora)
        for line in (
            "Copper Falls · Nurse Ray · co-star · callback",
            "Today, Thu, Nov 19, 4:10 pm",
            "Tess Quillan, casting director\n– turkey trot w her dad, Thu, Nov 26",
            "Jo Fenwick\n– just started banjo · private, stays with you",
            "Wore blue scrubs top, hair up",
            "Felt 4 of 5",
            "Saved. Tess's and Jo's follow-ups come tomorrow at 9:00 am.",
        ):
            assert line in said
        assert [label for label, _ in nora.last.buttons] == ["Undo", "Fix", "Draft it now"]
        assert await count(database, audition) == 1


async def test_a_name_typed_anew_beside_a_near_one_is_somebody_new(database: Database) -> None:
    """The search offered the one who is known, so nothing is left to ask."""
    async with slack_stage(database) as stage:
        nora = stage.nora
        for line in ("/audition general with Tess Quillan", "nothing", "save"):
            await nora.writes(line)
        await opens(nora)
        await fills(nora, Project="Harbor Lights")
        await meets(nora, "tes quilan")
        await fills(nora, What_did=TURKEY)
        said = await saves(nora)
        assert "Tes Quilan\n– turkey trot w her dad, Thu, Nov 26" in said
        assert "Saved. " in said


async def test_a_near_name_is_offered_by_the_search(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        for line in ("/audition general with Tess Quillan", "nothing", "save"):
            await nora.writes(line)
        await opens(nora)
        assert await nora.client.searches(WHO, "tes quilan") == ["Tess Quillan", "tes quilan"]


# Nothing typed is lost


async def restarts(stage: SlackStage) -> None:
    """The process is gone without a word, and a new one opens the same database."""
    await stage.stop()
    slack = stage.slack
    stage.wire = Slack([slack.home.bot_token], slack.api_url, slack.app_token, clock=stage.clock)
    stage.bot = Bot(stage.bot.database, {"slack": stage.wire}, LOS_ANGELES, stage.clock)
    await stage.start()
    await stage.bot.deliverer.take_over()


@pytest.mark.parametrize("ending", ["sent", "closed"])
async def test_what_was_typed_survives_a_restart(database: Database, ending: str) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await nora.does(nora.client.fills("Project", "Copper Falls", each=True))
        await meets(nora, "tess quillan")
        await restarts(stage)
        await nora.does(nora.client.fills(WITH_TESS, TURKEY))
        await restarts(stage)
        said = await (saves(nora) if ending == "sent" else closes(nora))
        assert "Copper Falls" in nora.last.text, said
        assert "– turkey trot w her dad, Thu, Nov 26" in nora.last.text
        assert ("Saved." in nora.last.text) == (ending == "sent")


async def test_closed_it_goes_on_in_the_chat_with_what_was_told(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await meets(nora, "tess quillan", "jo fenwick")
        await nora.does(nora.client.fills(WITH_TESS, TURKEY))
        (asked,) = await closes(nora)
        assert asked.startswith("Go on here?")
        assert "Jo" in asked
        for line in (BANJO, "save"):
            await nora.writes(line)
        assert "Saved. Tess's and Jo's follow-ups come tomorrow at 9:00 am." in nora.last.text


async def test_closed_it_says_what_is_kept(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        (asked,) = await closes(nora)
        assert "Copper Falls" in asked
        assert "Nurse Ray" in asked


async def test_closed_with_nothing_in_it_nothing_is_said(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        assert await closes(nora) == []
        assert await nora.writes("/cancel") == ["No question is open."]


async def test_taken_away_and_chosen_again_the_small_talk_is_there(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await meets(nora, "tess quillan", "jo fenwick")
        await nora.does(nora.client.fills(WITH_TESS, TURKEY), nora.client.fills(WITH_JO, BANJO))
        await leaves_out(nora, "tess quillan")
        assert form(nora).value(WITH_JO) == BANJO
        await meets(nora, "tess quillan")
        assert form(nora).value(WITH_TESS) == TURKEY
        assert "turkey trot" in await saves(nora)


async def test_another_one_of_the_same_first_name_takes_nothing_away(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await meets(nora, "tess quillan")
        await nora.does(nora.client.fills(WITH_TESS, TURKEY))
        await meets(nora, "tess marlowe")
        said = await saves(nora)
        assert "Tess Quillan\n– turkey trot" in said


async def test_what_is_typed_while_the_form_changes_stays(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        await opens(nora)
        await meets(nora, "tess quillan")
        stage.slack.delay = 0.05
        (found,) = await client.searches(WHO, "jo fenwick")
        chosen = client.picks(WHO, "tess quillan", found)
        typed = client.fills(WITH_TESS, TURKEY, each=True)
        await nora.does(chosen, typed)
        assert (form(nora).value(WITH_TESS), form(nora).value(WITH_JO)) == (TURKEY, "")


async def test_a_change_that_slack_puts_off_is_made_a_moment_later(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        await opens(nora)
        stage.slack.fail_next("views.update", 1, "429:1")
        await meets(nora, "tess quillan")
        await stage.passes(1.5)
        assert WITH_TESS in form(nora).labels


async def test_left_open_it_is_asked_about_with_what_was_typed(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await meets(nora, "tess quillan")
        await stage.comes("2026-11-19 19:00")
        assert "Copper Falls" in nora.last.text
        await nora.taps("Save as it is")
        assert "Saved. Tess's follow-up comes tomorrow at 9:00 am." in nora.last.text


async def test_left_open_overnight_it_can_still_be_sent(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await stage.comes("2026-11-20 08:00")
        await saves(nora)
        assert await count(database, audition) == 1
        assert "Copper Falls · Nurse Ray · co-star" in nora.client.transcript


# It cannot be opened


async def test_too_late_it_is_asked_in_the_chat(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        await nora.does(client.opens_home())
        nora.news()
        doors: tuple[Callable[[], Delivery], ...] = (
            lambda: client.slash("/audition"),
            lambda: client.shortcut(LOG_AUDITION),
            lambda: client.home_tap("Log an audition"),
        )
        for door in doors:
            await door().acked()
            await stage.passes(3)
            assert client.modal is None
            assert nora.news() == ["What was it? Project, role."]
            await nora.writes("/cancel")
            nora.news()


async def test_asked_in_the_chat_it_is_answered_there(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await nora.client.slash("/audition").acked()
        await stage.passes(3)
        for line in ("copper falls, nurse ray", "no idea", "nothing", "save"):
            await nora.writes(line)
        assert "Saved." in nora.last.text


async def test_refused_it_is_asked_in_the_chat_once(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        for kind in ("429:3", "500", "reset", "error:expired_trigger_id", "error:exchanged_trigger_id"):
            stage.slack.fail_next("views.open", 1, kind)
            assert await nora.writes("/audition") == ["What was it? Project, role."], kind
            assert nora.client.modal is None
            nora.news()
            await stage.passes(61)
            assert nora.news() == [], kind
            assert await nora.writes("copper falls, nurse ray") == ["Who was in the room?"]
            await nora.writes("/cancel")


async def test_asked_in_the_chat_it_is_asked_again_below_what_was_said_since(database: Database) -> None:
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        stage.slack.fail_next("views.open", 1, "500")
        await nora.writes("/audition")
        await nora.writes("/settings")
        assert nora.last.text == "What was it? Project, role."


async def test_it_opened_but_nobody_said_so(database: Database) -> None:
    """Then it stands on the screen and the question in the chat: whichever is answered, all is saved once."""
    async with slack_stage(database) as stage:
        stage.may_refuse = True
        nora = stage.nora
        stage.slack.fail_next("views.open", 1, "lost")
        await nora.writes("/audition")
        await fills(nora, **COPPER_FALLS)
        assert "Copper Falls" in await saves(nora)
        assert await nora.writes("/cancel") == ["No question is open."]
        assert await count(database, audition) == 1


# It is not what it was


async def test_its_talk_was_dropped_meanwhile(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        await nora.writes("/cancel")
        (said,) = await nora.does(nora.client.submits())
        assert "Copper Falls" in said
        assert nora.last.buttons[0][0] == "Save"
        await nora.taps("Save")
        assert "Saved." in nora.last.text
        assert await count(database, audition) == 1


async def test_what_is_dropped_is_named_though_it_stands_on_the_form(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        assert await nora.writes("/cancel") == ["Dropped: Copper Falls. Nothing saved."]


async def test_sent_twice_it_is_saved_once(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        act = nora.client.submits()
        await nora.does(act)
        assert await nora.does(stage.slack.redeliver(act)) == []
        assert await count(database, audition) == 1


FORGED_TALKS = ("", "-1", "0", "999999999", "99999999999", "abc", "\uff11", "\0", "1;drop")
FORGED_PEOPLE = ("p1", "p999", "n:", "n:\0", "x", "p1'; --", "n:" + "x" * 148)


async def test_a_forged_talk_saves_nothing_and_says_nothing_private(database: Database) -> None:
    async with slack_stage(database) as stage:
        bea, nora = stage.person("U0BEA", name="Bea Hartnell"), stage.nora
        theirs = str((await opens(bea)).json["private_metadata"])
        for talk in (theirs, *FORGED_TALKS):
            await opens(nora)
            await fills(nora, **COPPER_FALLS)
            form(nora).view.wire["private_metadata"] = talk
            await nora.does(nora.client.submits())
        assert await count(database, audition) == 0
        assert not bea.screen
        assert form(bea).value("Project") == ""


async def test_a_forged_person_is_nobody_elses(database: Database) -> None:
    async with slack_stage(database) as stage:
        bea, nora = stage.person("U0BEA", name="Bea Hartnell"), stage.nora
        for line in ("/audition general with Zelda Secret", "nothing", "save"):
            await bea.writes(line)
        await opens(nora)
        await fills(nora, **COPPER_FALLS)
        forged = [
            {"text": {"type": "plain_text", "text": f"Somebody {number}"}, "value": value}
            for number, value in enumerate(FORGED_PEOPLE)
        ]
        form(nora).view.found[form(nora).field(WHO).key] = forged
        await nora.does(nora.client.picks(WHO, *(f"Somebody {number}" for number in range(len(forged)))))
        said = await saves(nora)
        assert "Saved." in said
        assert "Zelda" not in nora.client.transcript


# The search


async def test_the_search_finds_whom_one_has_met(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        for line in ("/audition general with Tess Quillan at Marsh Casting", "nothing", "save"):
            await nora.writes(line)
        for line in ("/audition general with Jo Fenwick, reader", "nothing", "save"):
            await nora.writes(line)
        await opens(nora)
        tess, jo = "Tess Quillan, Marsh Casting", "Jo Fenwick, reader"
        assert await client.searches(WHO, "") == [jo, tess]
        assert await client.searches(WHO, "TESS") == [tess, "TESS"]
        assert await client.searches(WHO, "marsh") == [tess, "marsh"]
        assert await client.searches(WHO, "tess quillan") == [tess]
        assert await client.searches(WHO, "bea hartnell, director") == ["bea hartnell, director"]
        assert await client.searches(WHO, "x" * 4000) == []
        for _, words in (*HTML[:8], *SLACK):
            assert all(label.strip() for label in await client.searches(WHO, words))


async def test_a_stranger_finds_nobody(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, bea = stage.nora, stage.person("U0BEA", name="Bea Hartnell")
        for line in ("/audition general with Tess Quillan at Marsh Casting", "nothing", "save"):
            await nora.writes(line)
        await opens(bea)
        assert await bea.client.searches(WHO, "") == []
        assert await bea.client.searches(WHO, "tess quillan") == ["tess quillan"]


# What stays behind


async def test_what_is_typed_makes_no_heap(database: Database) -> None:
    """Every letter is told; none of them becomes a call where nothing changes to be seen."""
    async with slack_stage(database) as stage:
        nora = stage.nora
        await nora.does(nora.client.opens_home())
        await opens(nora)
        before, rows = len(stage.slack.calls), await count(database, outbox)
        await nora.does(nora.client.fills("Project", "Copper Falls", each=True))
        assert [call.method for call in stage.slack.calls[before:]] == []
        assert await count(database, outbox) == rows
