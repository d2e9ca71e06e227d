"""/link: two chats become one, only if the first says yes, and nobody learns a thing by guessing."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from handlers import linking
from handlers.messages import Incoming, Received
from handlers.outside import Outside
from handlers.reading.codes import LETTERS, hash_code, new_code, read_code, show_code
from handlers.taps import GONE
from storage.tables import actor, link_code, news
from tests.corpus import CORPUS
from tests.dumps import dump
from tests.once import once
from tests.snippets import log, rows, settle_in
from tests.some import first
from tests.stage import Person, Stage
from tests.two_chats import actors_of, are_one, ask_in, code_from, goes_on, join, link, logged, on_slack, tries_of


@pytest.fixture
async def slack(stage: Stage) -> Person:
    """Nora's other chat; on Telegram she has logged an audition."""
    await once(logged, stage)
    return on_slack(stage)


# The whole way


async def test_two_chats_become_one(stage: Stage, slack: Person) -> None:
    code = await code_from(stage.nora)
    assert stage.nora.last.text == f"{linking.SEND}/link {code}\n\n{linking.WHAT_FOR}"

    assert await slack.says(f"/link {code}") == ["Asked on Telegram. Tap Yes there, and the two are one."]
    (asked,) = stage.nora.news()
    assert asked.startswith("Slack, Studio: Nora C. wants in. Is that you?")
    assert "shows all that is kept here" in asked
    assert stage.nora.last.labels == ["Yes, join", "No"]
    assert not await are_one(stage, stage.nora, slack)

    slack.news()
    await stage.nora.taps("Yes, join")
    assert await are_one(stage, stage.nora, slack)
    assert stage.nora.last.text.startswith("Joined with Slack, Studio: the same auditions in both.")
    assert slack.news()[0].startswith("Joined with Telegram: the same auditions in both.")
    for side in (stage.nora, slack):
        assert side.last.text.endswith("Where should follow-ups come?")
        assert side.last.labels == ["Telegram", "Slack, Studio", "Unlink"]

    await slack.says("/auditions")
    assert "Today: Copper Falls · Nurse Ray" in slack.last.labels
    assert await slack.says("/start") == ["Had an audition today? What was it, who was there, what did you talk about?"]


async def test_yes_can_be_typed(stage: Stage, slack: Person) -> None:
    await ask_in(stage.nora, slack)
    await stage.nora.says("yes")
    assert await are_one(stage, stage.nora, slack)


async def test_the_empty_actor_goes_and_the_other_keeps_its_settings(stage: Stage, slack: Person) -> None:
    for words in ("/start", "Nora on Slack", "New York", "8"):
        await slack.says(words)
    before = await rows(stage, actor)
    await join(stage.nora, slack)
    (left,) = await rows(stage, actor)
    assert (left.sign, left.zone, left.id) == ("Nora Castellane", "America/Los_Angeles", before[0].id)


async def test_who_has_settled_in_is_not_asked_again(stage: Stage, slack: Person) -> None:
    (welcome,) = await slack.says("/start")
    assert "How do you sign your notes?" in welcome
    await join(stage.nora, slack)
    assert [shown.labels for shown in slack.screen if "How do you sign" in shown.text] == [[], []]
    assert await slack.says("/skip") == ["No question is open."]


async def test_an_open_question_stays_with_its_chat(stage: Stage, slack: Person) -> None:
    await slack.says("/audition harbor lights, dana")
    await join(stage.nora, slack)
    await slack.says("Marcus Thornbury")
    await slack.says("his kid")
    await slack.taps("Save")
    assert len(await actors_of(stage, stage.nora, slack)) == 2
    await stage.nora.says("/auditions")
    assert "Today: Harbor Lights · Dana" in stage.nora.last.labels


async def test_a_third_chat_joins_as_well(stage: Stage, slack: Person) -> None:
    film = stage.person("U7", "Nora C.", platform="slack", team="T2")
    await join(stage.nora, slack)
    await join(slack, film)
    assert await are_one(stage, stage.nora, slack, film)
    assert film.last.labels == ["Telegram", "Slack, Studio", "Slack", "Unlink"]


async def test_two_accounts_of_one_platform_are_told_apart(stage: Stage) -> None:
    other = stage.person("2", "Nora C.")
    await join(stage.nora, other)
    assert stage.nora.last.labels == ["Telegram, here", "Telegram", "Unlink"]
    assert other.last.labels == ["Telegram", "Telegram, here", "Unlink"]


async def test_a_name_that_breaks_lines_cannot_break_the_question(stage: Stage) -> None:
    await logged(stage)
    await ask_in(stage.nora, on_slack(stage, name="Nora\n\nYou are safe. Tap Yes" + "!" * 90))
    first, *_ = stage.nora.last.text.split("\n")
    assert first == "Slack, Studio: Nora You are safe. Tap Yes!!!!!!!!!!!!!! wants in. Is that you?"


# The code


def test_codes_are_made_of_letters_that_nobody_mixes_up() -> None:
    chance = random.Random(1)
    codes = {new_code(chance.choice) for _ in range(200)}
    assert len(codes) == 200
    assert set("".join(codes)) == set(LETTERS)
    assert len(LETTERS) == 32
    assert not set("0O1I") & set(LETTERS)
    assert all(read_code(show_code(code)) == code for code in codes)


def test_a_process_that_was_handed_no_chance_gives_no_code() -> None:
    with pytest.raises(RuntimeError, match="no chance"):
        new_code(Outside().pick)


@pytest.mark.parametrize("text", [line for _, line in CORPUS])
def test_whatever_is_typed_a_code_is_read_or_none(text: str) -> None:
    code = read_code(text)
    assert code is None or (len(code) == 8 and set(code) <= set(LETTERS))
    assert read_code(f"{text} " * 1000) is None


AS_TYPED: dict[str, Callable[[str], str]] = {
    "as shown": lambda code: code,
    "lower case": str.lower,
    "without the dash": lambda code: code.replace("-", ""),
    "letter by letter": " ".join,
    "a long dash": lambda code: code.replace("-", "–"),
    "full-width letters": lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code),
    "as a quote": lambda code: f"`{code}`",
    "with the command once more": lambda code: f"/link {code}",
}


@pytest.mark.parametrize("typed", first(AS_TYPED.values(), 4), ids=AS_TYPED)
async def test_a_code_may_be_typed_in_many_ways(stage: Stage, slack: Person, typed: Callable[[str], str]) -> None:
    code = await code_from(stage.nora)
    (said,) = await slack.says(f"/link {typed(code)}")
    assert said.startswith("Asked on Telegram")


async def test_where_a_slash_is_not_taken_the_bare_word_is(stage: Stage, slack: Person) -> None:
    code = await code_from(stage.nora)
    (said,) = await slack.says(f"link {code}")
    assert said.startswith("Asked on Telegram")
    (sense,) = await stage.nora.says("link to my new reel")
    assert "audition" in sense


async def test_what_has_not_the_shape_of_a_code_is_no_try(stage: Stage, slack: Person) -> None:
    for words in ("my slack", "K7QM-2XR", "K7QM-2XR0", "K7QM-2XRAЖ"):
        assert await slack.says(f"/link {words}") == [linking.NOT_A_CODE]
    assert await tries_of(stage) == []


async def test_only_its_hash_is_kept(stage: Stage, slack: Person) -> None:
    code = await code_from(stage.nora)
    (row,) = await rows(stage, link_code)
    assert row.hashed == hash_code(code.replace("-", ""))


async def test_a_new_code_takes_the_place_of_the_old_one(stage: Stage, slack: Person) -> None:
    old, new = await code_from(stage.nora), await code_from(stage.nora)
    assert [s.text for s in stage.nora.screen if s.text == linking.NEWER] == [linking.NEWER]
    assert await slack.says(f"/link {old}") == [linking.WRONG]
    assert (await slack.says(f"/link {new}"))[0].startswith("Asked")


async def test_a_code_lasts_ten_minutes_to_the_second(stage: Stage, slack: Person) -> None:
    code = await code_from(stage.nora)
    goes_on(stage, 10 + 1 / 60)
    assert await slack.says(f"/link {code}") == [linking.WRONG]
    code = await code_from(stage.nora)
    goes_on(stage, 10)
    assert (await slack.says(f"/link {code}"))[0].startswith("Asked")


async def test_all_codes_that_do_not_fit_get_the_same_answer(stage: Stage, slack: Person) -> None:
    strangers = [on_slack(stage, f"U{n}", "Dana Vale") for n in range(20, 25)]
    never, replaced = "K7QM-2XRA", await code_from(stage.nora)
    declined = await code_from(stage.nora)
    await slack.says(f"/link {declined}")
    await stage.nora.taps("No")
    old = await code_from(stage.nora)
    goes_on(stage, 11)
    used = await code_from(stage.nora)
    await slack.says(f"/link {used}")
    await stage.nora.taps("Yes, join")
    codes = (never, replaced, declined, old, used)
    told = [await person.says(f"/link {code}") for person, code in zip(strangers, codes, strict=True)]
    assert told == [[linking.WRONG]] * 5


async def test_ones_own_code_is_for_the_other_chat(stage: Stage, slack: Person) -> None:
    assert await stage.nora.says(f"/link {await code_from(stage.nora)}") == [linking.OWN]
    await join(stage.nora, slack)
    assert await slack.says(f"/link {await code_from(stage.nora)}") == [linking.OWN]
    assert await tries_of(stage) == []


# Who says yes


async def test_two_come_with_one_code_and_the_first_to_be_confirmed_wins(stage: Stage, slack: Person) -> None:
    dana = on_slack(stage, "U2", "Dana Vale")
    code = await code_from(stage.nora)
    await stage.bot.receive([Received(p.sender, p.sender.user, link(stage, code)) for p in (dana, slack)])
    await stage.bot.settle()
    asked = [shown.text.split(" wants in")[0] for shown in stage.nora.screen[-2:]]
    assert asked == ["Slack, Studio: somebody", "Slack, Studio: somebody"]

    dana.news()
    await stage.nora.taps("Yes, join")
    assert await are_one(stage, stage.nora, slack)
    assert not await are_one(stage, stage.nora, dana)
    assert dana.news() == [linking.LATE]
    assert stage.nora.screen[-2].text == linking.SPENT
    assert stage.nora.screen[-2].labels == []


async def test_two_taps_at_once_join_one(stage: Stage, slack: Person) -> None:
    dana = on_slack(stage, "U2", "Dana Vale")
    code = await code_from(stage.nora)
    for person in (slack, dana):
        await person.says(f"/link {code}")
    taps = [s.message.choices[0][0].data for s in stage.nora.screen[-2:]]
    acts = [Received(stage.nora.sender, data, Incoming("tap", stage.clock(), text=data)) for data in taps]
    stage.nora.news()
    await stage.bot.receive(acts)
    await stage.bot.settle()
    assert await are_one(stage, stage.nora, slack)
    assert not await are_one(stage, stage.nora, dana)
    assert stage.nora.news() == [linking.ANSWERED]


async def test_no_means_no_and_both_know(stage: Stage, slack: Person) -> None:
    await ask_in(stage.nora, slack)
    slack.news()
    await stage.nora.taps("No")
    assert stage.nora.last.text == linking.DECLINED
    assert slack.news() == ["Telegram said no, so nothing is joined."]
    assert not await are_one(stage, stage.nora, slack)


async def test_a_no_to_a_stranger_does_not_shut_out_who_came_with_the_same_code(stage: Stage, slack: Person) -> None:
    dana = on_slack(stage, "U2", "Dana Vale")
    code = await code_from(stage.nora)
    await slack.says(f"/link {code}")
    await dana.says(f"/link {code}")
    await stage.nora.taps("No")
    await stage.nora.taps("Yes, join")
    assert await are_one(stage, stage.nora, slack)


async def test_who_asks_twice_is_asked_about_once(stage: Stage, slack: Person) -> None:
    code = await code_from(stage.nora)
    first, again = await slack.says(f"/link {code}"), await slack.says(f"/link {code}")
    assert first == again
    assert len(stage.nora.news()) == 1


async def test_a_question_runs_out_after_an_hour(stage: Stage, slack: Person) -> None:
    await ask_in(stage.nora, slack)
    goes_on(stage, 61)
    await stage.nora.taps("Yes, join")
    assert stage.nora.last.text == linking.RUN_OUT
    assert not await are_one(stage, stage.nora, slack)


async def test_only_the_chat_that_gave_the_code_can_say_yes(stage: Stage, slack: Person) -> None:
    await ask_in(stage.nora, slack)
    yes = stage.nora.last.message.choices[0][0].data
    dana = on_slack(stage, "U2", "Dana Vale")
    await dana.says("/start")
    before = await dump(stage.database)
    for verb in ("yes", "no"):
        assert GONE in await dana.taps_data(f"{yes.rpartition(':')[0]}:{verb}")
        assert await slack.taps_data(f"{yes.rpartition(':')[0]}:{verb}") == [
            "Asked on Telegram. Tap Yes there, and the two are one."
        ]
    assert (await dump(stage.database))["link_request"] == before["link_request"]
    assert len(set(await actors_of(stage, stage.nora, slack, dana))) == 3


async def test_a_third_chat_of_the_same_actor_is_not_the_one_that_was_asked(stage: Stage, slack: Person) -> None:
    film = stage.person("U7", "Nora C.", platform="slack", team="T2")
    await join(stage.nora, slack)
    await ask_in(stage.nora, film)
    assert await slack.taps_data(stage.nora.last.message.choices[0][0].data) == [
        "Asked on Telegram. Tap Yes there, and the two are one."
    ]
    assert not await are_one(stage, stage.nora, film)


async def test_a_second_yes_changes_nothing(stage: Stage, slack: Person) -> None:
    await ask_in(stage.nora, slack)
    yes = stage.nora.last.message.choices[0][0].data
    await stage.nora.taps_data(yes)
    before = await dump(stage.database)
    assert await stage.nora.taps_data(yes) == [linking.ANSWERED]
    assert await slack.taps_data(yes) == [linking.ANSWERED]
    assert await dump(stage.database) == before


# Which side stays


async def test_records_on_both_sides_stay_two_before(stage: Stage, slack: Person) -> None:
    await slack.says("/news wrapped a guest star on Harbor Lights")
    before = await dump(stage.database, {"address", "inbox", "outbox", "pulse", "link_code"})
    assert await slack.says(f"/link {await code_from(stage.nora)}") == [linking.BOTH]
    assert stage.nora.news() == []
    assert await dump(stage.database, {"address", "inbox", "outbox", "pulse", "link_code"}) == before


async def test_records_on_both_sides_stay_two_at_the_moment_of_joining(stage: Stage, slack: Person) -> None:
    await ask_in(stage.nora, slack)
    await slack.says("/news wrapped a guest star on Harbor Lights")
    slack.news()
    await stage.nora.taps("Yes, join")
    assert stage.nora.last.text == linking.BOTH
    assert slack.news() == [linking.BOTH]
    assert not await are_one(stage, stage.nora, slack)
    assert len(await rows(stage, news)) == 1


async def test_where_neither_has_records_the_side_that_gave_the_code_stays(stage: Stage) -> None:
    slack = on_slack(stage)
    await settle_in(stage)
    for words in ("/start", "Nora on Slack", "New York", "8"):
        await slack.says(words)
    await join(slack, stage.nora)
    (left,) = await rows(stage, actor)
    assert left.sign == "Nora on Slack"


async def test_what_was_undone_is_nothing_logged(stage: Stage) -> None:
    slack = on_slack(stage)
    await logged(stage)
    await stage.nora.says("/undo")
    await slack.says("/news wrapped a guest star on Harbor Lights")
    await join(slack, stage.nora)
    assert await are_one(stage, stage.nora, slack)


async def test_a_strangers_code_does_not_open_what_one_has(stage: Stage) -> None:
    """Who can talk Nora into typing a code is seen by her, by name, before he sees anything."""
    await logged(stage)
    dov = on_slack(stage, "U2", "Dov Ash")
    code = await code_from(dov)
    (asked,) = await stage.nora.says(f"/link {code}")
    assert asked.startswith("Slack, Studio: Dov Ash gave this code. Is that you?")
    assert "Slack, Studio shows all that is kept here" in asked
    assert dov.news() == []
    yes = stage.nora.last.message.choices[0][0].data
    await dov.taps_data(yes)
    assert not await are_one(stage, stage.nora, dov)
    await stage.nora.taps("No")
    assert stage.nora.last.text == linking.DECLINED
    assert await dov.taps_data(yes) == [linking.ANSWERED]
    assert not await are_one(stage, stage.nora, dov)


async def test_what_is_logged_after_a_strangers_code_was_typed_is_not_opened_by_it(stage: Stage) -> None:
    """She had nothing when she typed it, so she was not asked; by the time he says yes she has."""
    await settle_in(stage)
    dov = on_slack(stage, "U2", "Dov Ash")
    await stage.nora.says(f"/link {await code_from(dov)}")
    await log(stage)
    stage.nora.news()
    await dov.taps("Yes, join")
    assert not await are_one(stage, stage.nora, dov)
    assert dov.last.text == linking.MEANWHILE
    assert stage.nora.news() == [linking.MEANWHILE]
    await join(dov, stage.nora)
    assert await are_one(stage, stage.nora, dov)


async def test_a_code_from_the_empty_side_joins_once_both_said_yes(stage: Stage, slack: Person) -> None:
    await stage.nora.says(f"/link {await code_from(slack)}")
    assert slack.news() == []
    await stage.nora.taps("Yes, join")
    assert stage.nora.last.text == "Asked on Slack, Studio. Tap Yes there, and the two are one."
    (asked,) = slack.news()
    assert "all that is kept on Telegram shows here" in asked
    assert not await are_one(stage, stage.nora, slack)
    await slack.taps("Yes, join")
    assert await are_one(stage, stage.nora, slack)
    (left,) = await rows(stage, actor)
    assert left.sign == "Nora Castellane"
    await slack.says("/auditions")
    assert "Today: Copper Falls · Nurse Ray" in slack.last.labels


# In the middle of other things


async def test_all_that_came_in_with_the_yes_is_answered_once(
    stage: Stage, slack: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """Whose an address is changes under what is worked in the same breath."""
    await ask_in(stage.nora, slack)
    yes = stage.nora.last.message.choices[0][0].data
    dana = on_slack(stage, "U2", "Dana Vale")
    said: list[tuple[Person, Incoming]] = [
        (slack, Incoming("text", stage.clock(), text="/start")),
        (dana, Incoming("text", stage.clock(), text="/help")),
        (stage.nora, Incoming("tap", stage.clock(), text=yes)),
        (slack, Incoming("text", stage.clock(), text="/auditions")),
        (slack, Incoming("text", stage.clock(), text="/skip")),
        (stage.nora, Incoming("text", stage.clock(), text="/auditions")),
        (dana, Incoming("text", stage.clock(), text="/followups")),
    ]
    for person in (stage.nora, slack, dana):
        person.news()
    await stage.bot.receive([Received(p.sender, f"at-once-{n}", act) for n, (p, act) in enumerate(said)])
    await stage.bot.settle()
    welcome, joined, listed, skipped = slack.news()
    assert "How do you sign your notes?" in welcome
    assert joined.startswith("Joined with Telegram")
    assert listed == "Your auditions. Tap one to open it."
    assert skipped == "No question is open."
    assert [text[:4] for text in dana.news()] == ["Just", "No f"]
    assert stage.nora.news() == ["Your auditions. Tap one to open it."]
    assert caplog.records == []


async def test_an_audition_logged_just_before_the_yes_counts(stage: Stage) -> None:
    """Both in one breath: the records are looked up when the yes is worked, not when the batch began."""
    await settle_in(stage)
    slack = on_slack(stage)
    await log(stage)
    await ask_in(stage.nora, slack)
    yes = stage.nora.last.message.choices[0][0].data
    told = Incoming("text", stage.clock(), text="/news wrapped a guest star on Harbor Lights")
    await stage.bot.receive(
        [Received(slack.sender, "a", told), Received(stage.nora.sender, "b", Incoming("tap", stage.clock(), text=yes))]
    )
    await stage.bot.settle()
    assert not await are_one(stage, stage.nora, slack)
    assert stage.nora.last.text == linking.BOTH
