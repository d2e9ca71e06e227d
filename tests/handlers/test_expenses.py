"""What an actor spends, as it is told in a chat: a line in, a line back, Undo and Fix under it."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from handlers.expenses.amounts import exact
from handlers.expenses.expense import Money
from handlers.messages import Incoming, Received
from storage.database import Database, Record, sqlite_url
from storage.tables import actor, audition, change, expense, expense_word
from tests.scripts import COPPER_FALLS, HARBOR_LIGHTS, SETTLED, Tap, play
from tests.stage import Person, Stage

SATURDAY = "2026-11-21 11:20"


@pytest.fixture(scope="module")
def copper_falls(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nora, who read for Copper Falls on Thursday, as a file."""
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("copper") / "falls.db"))

    async def make() -> None:
        database = Database(sqlite_url(path))
        stage = Stage(database)
        await play(stage.nora, (*SETTLED, *COPPER_FALLS))
        await stage.comes(SATURDAY)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def nora(copper_falls: Path, tmp_path: Path) -> AsyncIterator[Person]:
    """It is Saturday now."""
    database = Database(sqlite_url(Path(shutil.copy(copper_falls, tmp_path / "buttonhook.db"))))
    nora = Stage(database, SATURDAY).nora
    nora.events = itertools.count(100)
    yield nora
    await database.close()


async def kept(person: Person) -> list[Record]:
    async with person.stage.database.read() as tx:
        return list((await tx.execute(select(expense).order_by(expense.c.id))).all())


# Said in a line


LINES = [
    ("45 headshot reprints", "$45.00 · Headshots · today · reprints"),
    ("12 parking copper falls thu", "$12.00 · Parking · Thu, Nov 19 · Copper Falls audition"),
    ("31.5mi copper falls thu", "$23.94 · 31.5 mi at 76¢ · Thu, Nov 19 · Copper Falls audition"),
    ("expense 120 sag dues yesterday", "$120.00 · Union dues · yesterday"),
    ("/expense 46 headshot reprints", "$46.00 · Headshots · today · reprints"),
    ("46.20 lunch w tess about winter submissions", "$46.20 · Meals · today · Tess Quillan · winter submissions"),
    ("31 miles to burbank", "$23.56 · 31 mi at 76¢ · today · burbank"),
]


async def test_a_line_is_kept_at_once_and_said_back(nora: Person) -> None:
    for many, (line, echo) in enumerate(LINES, 1):
        assert await nora.says(line) == [echo]
        assert nora.last.labels == ["Undo", "Fix"]
        assert len(await kept(nora)) == many


async def test_two_amounts_are_two_rows_one_message_and_one_undo(nora: Person) -> None:
    said = await nora.says("parking 12, 31 miles copper falls")
    assert said == ["$12.00 · Parking · today · Copper Falls\n$23.56 · 31 mi at 76¢ · today · Copper Falls"]
    assert len(await kept(nora)) == 2
    await nora.taps("Undo")
    assert nora.last.text == "Taken back: $12.00, Parking, Sat, Nov 21 and $23.56, 31 mi, Sat, Nov 21."
    assert await kept(nora) == []
    await nora.taps("Redo")
    assert nora.last.text == said[0]
    assert len(await kept(nora)) == 2


async def test_a_warning_stands_beneath(nora: Person) -> None:
    said = await nora.says("38 yellow cardigan")
    assert said == ["$38.00 · Wardrobe · today · yellow cardigan\nEveryday clothes rarely count for tax."]


async def test_what_is_no_amount_is_told_in_a_sentence(nora: Person) -> None:
    assert await nora.says("0 parking") == ["0 isn't an amount. What did it cost?"]
    assert await nora.says("-12") == ["Amounts start above 0. What did it cost?"]
    assert await nora.says("12") == ["$12.00 · Parking · today"]
    assert await nora.says("-12 parking") == ["Amounts start above 0. To take back the last one: /undo"]
    assert len(await kept(nora)) == 1


async def test_what_is_more_than_is_kept_is_asked_again(nora: Person) -> None:
    assert (await nora.says("2000000 parking"))[0].endswith("What did it cost?")
    assert await nora.says("20") == ["$20.00 · Parking · today"]


async def test_what_has_no_amount_is_asked(nora: Person) -> None:
    assert await nora.says("lunch") == ["Lunch: how much?"]
    assert (await nora.says("no idea"))[0].endswith("Lunch: how much?")
    assert (await nora.says("14.50"))[0].startswith("$14.50 · Meals · today")


async def test_the_command_alone_asks(nora: Person) -> None:
    assert await nora.says("/expense") == ["What was it? Like 12 parking."]
    assert await nora.says("12 parking") == ["$12.00 · Parking · today"]


async def test_the_button_on_the_home_page_asks_too(nora: Person) -> None:
    assert await nora.taps_data("do:expense") == ["What was it? Like 12 parking."]
    await nora.says("/cancel")
    assert await kept(nora) == []


# The same line once more


async def test_the_same_line_within_a_minute_is_asked_about(nora: Person) -> None:
    await nora.says("12 parking")
    assert await nora.says("12 parking") == ["Again? It went in a moment ago."]
    await nora.taps("Skip")
    assert nora.last.text == "Left as it was."
    assert len(await kept(nora)) == 1
    await nora.says("parking 12, 31 miles copper falls")
    assert await nora.says("parking 12, 31 miles copper falls") == ["Again? Both went in a moment ago."]
    await nora.taps("Add again")
    assert [row.minor for row in await kept(nora)] == [1200, 1200, 2356, 1200, 2356]
    await nora.says("/undo")
    assert [row.minor for row in await kept(nora)] == [1200, 1200, 2356]


async def test_later_it_is_another_one(nora: Person) -> None:
    await nora.says("12 parking")
    await nora.stage.comes("2026-11-21 11:22")
    assert await nora.says("12 parking") == ["$12.00 · Parking · today"]


async def test_what_was_taken_back_may_come_again_at_once(nora: Person) -> None:
    await nora.says("12 parking")
    await nora.says("/undo")
    assert await nora.says("12 parking") == ["$12.00 · Parking · today"]


# Which kind


async def test_a_kind_nobody_knows_is_asked_once_and_remembered(nora: Person) -> None:
    assert await nora.says("30 taping w greg") == ["$30.00 taping: which kind?"]
    assert nora.last.labels == ["Reader", "Studio rental", "Coaching", "Something else"]
    assert await nora.taps("Reader") == []
    assert nora.last.text == "$30.00 · Reader · today · Greg\nFrom now on taping is Reader."
    assert await nora.says("35 taping") == ["$35.00 · Reader · today"]


async def test_undo_forgets_the_word_too(nora: Person) -> None:
    await play(nora, ("30 taping w greg", Tap("Reader"), "/undo"))
    assert nora.last.text == "Taken back: $30.00, Reader, Sat, Nov 21."
    assert await nora.says("30 taping") == ["$30.00 taping: which kind?"]


async def test_each_actor_has_words_of_their_own(nora: Person) -> None:
    await play(nora, ("30 taping w greg", Tap("Reader")))
    dana = nora.stage.person("2", "Dana Vale")
    await play(dana, SETTLED)
    assert await dana.says("30 taping") == ["$30.00 taping: which kind?"]


async def test_all_kinds_are_a_few_taps_away_and_can_be_typed(nora: Person) -> None:
    await play(nora, ("/expense 30 taping", Tap("Something else")))
    seen: set[str] = set()
    while "More" in nora.last.labels and not seen >= set(nora.last.labels):
        seen |= set(nora.last.labels)
        await nora.taps("More")
    assert {"Meals", "Union dues", "Headshots", "Coaching"} <= seen
    await nora.says("union dues")
    assert nora.last.text == "$30.00 · Union dues · today\nFrom now on taping is Union dues."


async def test_left_alone_it_is_kept_as_other_and_nothing_is_learnt(nora: Person) -> None:
    await nora.says("30 taping w greg")
    await nora.stage.comes("2026-11-21 12:25")
    assert nora.last.text == "$30.00 · Other · today · Greg"
    assert nora.last.labels == ["Undo", "Fix"]
    assert await nora.says("30 taping") == ["$30.00 taping: which kind?"]


async def test_a_line_of_its_own_goes_past_the_question(nora: Person) -> None:
    await nora.says("30 taping w greg")
    said = await nora.says("12 parking")
    assert said[0] == "$12.00 · Parking · today"
    assert said[-1] == "$30.00 taping: which kind?"
    await nora.taps("Reader")
    assert len(await kept(nora)) == 2


# Why, and where to


async def test_a_meal_is_asked_for_its_why_and_the_next_words_are_it(nora: Person) -> None:
    assert await nora.says("46.20 lunch w tess") == [
        "$46.20 · Meals · today · Tess Quillan\nFor tax it needs a why: reply with it."
    ]
    before = nora.last
    assert await nora.says("winter submissions") == ["$46.20 · Meals · today · Tess Quillan · winter submissions"]
    assert before.labels == []
    assert [row.purpose for row in await kept(nora)] == ["winter submissions"]
    assert await nora.says("winter submissions") == ["“winter submissions”: shall I log this as an audition?"]


async def test_a_meal_alone_is_asked_who_and_why(nora: Person) -> None:
    assert await nora.says("46.20 lunch") == ["$46.20 · Meals · today\nFor tax it needs who and why: reply with both."]
    assert await nora.says("tess quillan, winter submissions") == [
        "$46.20 · Meals · today · Tess Quillan · winter submissions"
    ]


async def test_an_audition_told_next_is_no_why(nora: Person) -> None:
    await nora.says("46.20 lunch w tess")
    said = await nora.says("just read for Marcus Thornbury. Harbor Lights, Dana.")
    assert "shall I log this as an audition?" in said[-1]


async def test_a_reply_is_the_why_at_any_time(nora: Person) -> None:
    await nora.says("46.20 lunch w tess")
    id_ = nora.last.id
    await nora.says("12 parking")
    await nora.stage.comes("2026-11-21 15:00")
    await nora.act(Incoming("text", nora.stage.clock(), text="winter submissions", reply_to=id_))
    assert nora.last.text == "$46.20 · Meals · today · Tess Quillan · winter submissions"


async def test_after_ten_minutes_words_are_words_again(nora: Person) -> None:
    await nora.says("46.20 lunch w tess")
    await nora.stage.comes("2026-11-21 11:31")
    assert "shall I log this" in (await nora.says("winter submissions"))[0]


@pytest.mark.parametrize("words", ["/help", "ok", "12 parking", "12"])
async def test_what_is_no_why_is_none(nora: Person, words: str) -> None:
    await nora.says("46.20 lunch w tess")
    await nora.says(words)
    assert (await kept(nora))[0].purpose == ""


async def test_both_are_typed_before_the_bot_is_there(nora: Person) -> None:
    clock = nora.stage.clock
    acts = [Incoming("text", clock(), text=text) for text in ("46.20 lunch w tess", "winter submissions")]
    await nora.stage.bot.receive([Received(nora.sender, f"e{n}", act) for n, act in enumerate(acts)])
    await nora.stage.bot.settle()
    assert [row.purpose for row in await kept(nora)] == ["winter submissions"]


async def test_a_drive_is_asked_where_to(nora: Person) -> None:
    assert await nora.says("23.4 miles 6/30") == ["$16.97 · 23.4 mi at 72.5¢ · Tue, Jun 30. Where to?"]
    assert nora.last.labels == ["Skip", "Undo", "Fix"]
    assert await nora.says("Ferrow Casting") == ["$16.97 · 23.4 mi at 72.5¢ · Tue, Jun 30 · Ferrow Casting"]
    assert [row.destination for row in await kept(nora)] == ["Ferrow Casting"]


async def test_skip_ends_the_question(nora: Person) -> None:
    await play(nora, ("23.4 miles 7/1", Tap("Skip")))
    assert nora.last.text == "$17.78 · 23.4 mi at 76¢ · Wed, Jul 1"
    assert nora.last.labels == ["Undo", "Fix"]
    assert "shall I log this" in (await nora.says("ferrow casting"))[0]


async def test_a_drive_to_a_project_is_of_its_round(nora: Person) -> None:
    await play(nora, ("23.4 miles thu", "copper falls"))
    row = (await kept(nora))[0]
    assert (row.purpose, row.audition_id is not None) == ("audition, Copper Falls", True)
    assert nora.last.text == "$17.78 · 23.4 mi at 76¢ · Thu, Nov 19 · Copper Falls audition"


async def test_the_round_of_that_day_is_meant_or_the_one_that_is_named(nora: Person) -> None:
    callback = ("/audition", "Copper Falls callback, Nurse Ray", "Tess Quillan", "nothing", Tap("Save"))
    await play(nora, callback)
    for line in ("12 parking copper falls thu", "13 parking copper falls callback", "14 parking copper falls"):
        await nora.says(line)
    async with nora.stage.database.read() as tx:
        rounds = {row.id: row.round for row in await tx.execute(select(audition))}
    assert [rounds.get(row.audition_id) for row in await kept(nora)] == ["", "callback", "callback"]


async def test_undo_of_the_words_leaves_the_line(nora: Person) -> None:
    await play(nora, ("46.20 lunch w tess", "winter submissions", "/undo"))
    assert nora.last.text == "As before:\n$46.20 · Meals · today · Tess Quillan"
    await nora.says("/undo")
    assert nora.last.text == "Taken back: $46.20, Meals, Sat, Nov 21."
    assert await kept(nora) == []


# In the middle of a talk


async def test_a_command_is_done_at_once_and_the_question_comes_back(nora: Person) -> None:
    await play(nora, ("/audition", "Harbor Lights, Dana, guest star", "Marcus Thornbury"))
    said = await nora.says("/expense 12 parking")
    assert said[0] == "$12.00 · Parking · today"
    assert said[-1].endswith("What did you talk about?")
    said = await nora.says("expense 13 parking")
    assert said[0] == "$13.00 · Parking · today"
    await nora.says("his kid just got into Juilliard")
    assert "Juilliard" in nora.last.text


async def test_a_plain_line_belongs_to_the_open_question(nora: Person) -> None:
    await play(nora, ("/audition", "Harbor Lights, Dana, guest star", "Marcus Thornbury"))
    await nora.says("12 parking")
    assert await kept(nora) == []
    assert "12 parking" in nora.last.text


async def test_words_that_nobody_made_sense_of_give_way(nora: Person) -> None:
    await nora.says("we talked about sourdough")
    assert await nora.says("12 parking") == ["$12.00 · Parking · today"]


async def test_a_question_of_yesterday_does_not_swallow_a_line(nora: Person) -> None:
    await play(nora, ("/audition", "Harbor Lights, Dana, guest star", "Marcus Thornbury"))
    await nora.stage.comes("2026-11-21 21:00")
    assert await nora.says("12 parking") == ["$12.00 · Parking · today"]


async def test_what_a_room_cost_is_told_on_its_card(nora: Person) -> None:
    await play(nora, HARBOR_LIGHTS[:-1])
    await nora.says("parking 12, 31 miles")
    assert "Expenses: $12.00 parking, 31 mi" in nora.last.text
    assert await kept(nora) == []
    await nora.taps("Save")
    assert "Expenses: $12.00 parking, 31 mi" in nora.last.text
    rows = await kept(nora)
    assert [(row.minor, row.purpose) for row in rows] == [(1200, ""), (2356, "audition, Harbor Lights")]
    assert len({row.audition_id for row in rows} | {None}) == 2
    await nora.says("/undo")
    assert await kept(nora) == []


async def test_it_can_be_taken_off_the_card_again(nora: Person) -> None:
    await play(nora, (*HARBOR_LIGHTS[:-1], "parking 12", "no expenses"))
    assert "Expenses" not in nora.last.text


async def test_clothes_on_the_card_are_clothes(nora: Person) -> None:
    await play(nora, (*HARBOR_LIGHTS[:-1], "blue scrubs top, hair up"))
    assert "Expenses" not in nora.last.text
    assert "Wore blue scrubs top, hair up" in nora.last.text


# Elsewhere


async def test_the_first_drive_elsewhere_asks_what_it_brings_and_remembers(nora: Person) -> None:
    await play(nora, ("/settings", Tap("Country"), "Germany"))
    assert await nora.says("10 km to potsdam") == ["What do you get a kilometre? Like 0.30."]
    said = await nora.says("0,30")
    assert said[0].replace("\xa0", " ").startswith("3,00 € · 10 km at 0,30 €")
    assert (await nora.says("20 km to potsdam"))[0].startswith("6,00")
    await nora.says("/undo")
    await nora.says("/undo")
    assert await nora.says("10 km to potsdam") == ["What do you get a kilometre? Like 0.30."]


async def test_who_has_no_rate_is_asked_once(nora: Person) -> None:
    await play(nora, ("/settings", Tap("Country"), "Germany", "10 km to potsdam", Tap("No rate")))
    assert "10 km" in nora.last.text
    assert "20 km" in (await nora.says("20 km to potsdam"))[0]
    assert [row.minor for row in await kept(nora)] == [0, 0]


async def test_the_currency_is_the_countrys_or_the_one_that_was_chosen(nora: Person) -> None:
    assert "Money in: US Dollar" in (await nora.says("/settings"))[0]
    await nora.taps("Currency")
    assert (await nora.says("dublin"))[0].startswith("A currency, like euro or CAD.")
    await nora.says("euro")
    assert await nora.says("12 parking") == ["€12.00 · Parking · today"]
    assert "Money in: Euro" in (await nora.says("/settings"))[0]


# Fix


async def test_fix_opens_it_and_each_field_is_a_tap_away(nora: Person) -> None:
    await play(nora, ("12 parking", Tap("Fix")))
    assert nora.last.labels == ["Amount", "Day", "Category", "Project", "Note", "More", "Delete", "Done"]
    await nora.taps("Amount")
    assert nora.last.text == "What did it cost?"
    assert "isn't an amount" in (await nora.says("0"))[0]
    await nora.says("14.50")
    assert nora.last.text == "$14.50 · Parking · today"
    await nora.says("/undo")
    assert nora.last.text == "As before:\n$12.00 · Parking · today"


FIELDS = [
    ("Day", "thu", "$12.00 · Parking · Thu, Nov 19"),
    ("Project", "copper falls", "$12.00 · Parking · today · Copper Falls"),
    ("Note", "lot 7", "$12.00 · Parking · today · lot 7"),
]


@pytest.mark.parametrize(("field", "typed", "echo"), FIELDS, ids=[field for field, *_ in FIELDS])
async def test_a_field_is_typed(nora: Person, field: str, typed: str, echo: str) -> None:
    await play(nora, ("12 parking", Tap("Fix"), Tap(field), typed))
    assert nora.last.text == echo
    assert nora.last.labels == ["Undo", "Fix"]


async def test_the_category_is_tapped_in_place(nora: Person) -> None:
    await play(nora, ("12 parking", Tap("Fix"), Tap("Category")))
    first = nora.last.labels[0]
    assert await nora.taps(first) == []
    assert nora.last.text.startswith(f"$12.00 · {first} · today")


async def test_more_fields_are_behind_more(nora: Person) -> None:
    await play(nora, ("12 parking", Tap("Fix"), Tap("More")))
    assert nora.last.labels == ["Who", "Why", "Receipt", "1099 or W-2", "Done"]
    await play(nora, (Tap("1099 or W-2"), Tap("W-2"), Tap("Fix")))
    assert "For work on a W-2" in nora.last.text
    await play(nora, (Tap("More"), Tap("Who"), "tess"))
    assert "Tess Quillan" in nora.last.text
    assert [row.basis for row in await kept(nora)] == ["w2"]


async def test_a_drive_on_another_day_is_worth_that_days_rate(nora: Person) -> None:
    await play(nora, ("23.4 miles to burbank", Tap("Fix"), Tap("Day"), "6/30"))
    assert nora.last.text.startswith("$16.97 · 23.4 mi at 72.5¢ · Tue, Jun 30")
    await play(nora, (Tap("Fix"), Tap("Amount")))
    assert nora.last.text == "How far was it?"
    await nora.says("10")
    assert nora.last.text.startswith("$7.25 · 10 mi at 72.5¢")


async def test_of_two_it_is_asked_which(nora: Person) -> None:
    await play(nora, ("parking 12, 31 miles copper falls", Tap("Fix")))
    assert nora.last.labels == ["$12.00, Parking, Sat, Nov 21", "$23.56, 31 mi, Sat, Nov 21"]
    await play(nora, (Tap("$23.56, 31 mi, Sat, Nov 21"), Tap("Amount"), "32"))
    assert nora.last.text.startswith("$24.32 · 32 mi")


async def test_delete_with_undo(nora: Person) -> None:
    await play(nora, ("12 parking", Tap("Fix"), Tap("Delete")))
    assert nora.last.text == "Deleted: $12.00, Parking, Sat, Nov 21."
    assert await kept(nora) == []
    await nora.taps("Undo")
    assert nora.last.text == "As before:\n$12.00 · Parking · today"
    assert len(await kept(nora)) == 1


async def test_keep_leaves_a_field_as_it_is(nora: Person) -> None:
    await play(nora, ("12 parking", Tap("Fix"), Tap("Day"), Tap("Keep")))
    assert nora.last.text == "$12.00 · Parking · today"
    assert "Amount" in nora.last.labels


async def test_a_reply_to_a_line_is_a_note(nora: Person) -> None:
    await nora.says("12 parking")
    await nora.act(Incoming("text", nora.stage.clock(), text="the lot behind the studio", reply_to=nora.last.id))
    assert nora.last.text == "$12.00 · Parking · today · the lot behind the studio"


# Looked up


async def test_the_month_by_category_and_a_button_a_row(nora: Person) -> None:
    await play(
        nora, ("12 parking copper falls", "45 headshot reprints", "31.5mi copper falls", "8.50 parking yesterday")
    )
    assert await nora.says("/expenses") == [
        "November: $89.44\nHeadshots  $45.00\nMileage  $23.94 · 31.5 mi\nParking  $20.50"
    ]
    assert nora.last.labels[-2:] == ["Yesterday · $8.50 · Parking", "Chart"]
    await nora.taps("Today · $12.00 · Parking · Copper Falls")
    assert "Delete" in nora.last.labels


WANTED = [
    ("/expenses 2026", "2026: $57.00"),
    ("/expenses november", "November: $57.00"),
    ("/expenses last month", "October: nothing yet."),
    ("/expenses march 2025", "March 2025: nothing yet."),
    ("/expenses parking", "Parking, 2026: $12.00"),
    ("/expenses copper falls", "Copper Falls: $12.00"),
    ("/expenses copper falls november", "Copper Falls, November: $12.00"),
    ("/expenses all", "All of it: $57.00"),
    ("/expenses zzz", "Nothing kept under “zzz”."),
    ("expenses parking", "Parking, 2026: $12.00"),
]


async def test_a_part_of_it(nora: Person) -> None:
    await play(nora, ("12 parking copper falls", "45 headshot reprints"))
    for asked, begins in WANTED:
        assert (await nora.says(asked))[0].startswith(begins), asked


async def test_older_and_newer(nora: Person) -> None:
    for cost in range(1, 9):
        await nora.says(f"{cost} parking")
    await nora.says("/expenses")
    assert nora.last.labels[-1] == "Older"
    await nora.taps("Older")
    assert nora.last.labels == ["Today · $2.00 · Parking", "Today · $1.00 · Parking", "Newer"]
    await nora.taps("Newer")
    assert nora.last.labels[0] == "Today · $8.00 · Parking"


async def test_several_currencies_are_never_one_sum(nora: Person) -> None:
    await play(nora, ("12 parking", "€5 parking"))
    assert (await nora.says("/expenses"))[0].startswith("November: $12.00 and €5.00")


async def test_nothing_yet(nora: Person) -> None:
    assert await nora.says("/expenses") == ["November: nothing yet. Like: /expense 12 parking."]


# Whatever is typed


_ANY = random.Random(7)
AMOUNTS = ["0.01", "1", "9.99", "12.5", "1,234.56", "999999.99", "1000000"] + [
    f"{_ANY.randint(1, 10 ** _ANY.randint(1, 8)) / 100:.2f}" for _ in range(20)
]


async def test_an_amount_is_kept_and_shown_as_it_was_typed(nora: Person) -> None:
    for amount in AMOUNTS:
        wanted = Decimal(amount.replace(",", ""))
        said = await nora.says(f"{amount} parking")
        row = (await kept(nora))[-1]
        assert exact(Money(row.minor, row.currency)) == wanted
        assert said[0].startswith(f"${wanted:,.2f} · Parking")


async def test_nobody_sees_what_another_spent(nora: Person) -> None:
    dana = nora.stage.person("2", "Dana Vale")
    await play(dana, SETTLED)
    await play(nora, ("12 parking", "46.20 lunch w tess"))
    assert (await dana.says("winter submissions"))[0].startswith("“winter submissions”")
    assert "nothing yet" in (await dana.says("/expenses"))[0]
    for data in ("expense:1:fix", "expense:1:delete", "expense:2:again", "expenses:all:p1:0"):
        assert await dana.taps_data(data) == ["That one is gone."]
    await dana.says("/undo")
    assert len(await kept(nora)) == 2


async def test_every_row_has_a_change(nora: Person) -> None:
    await play(nora, ("30 taping", Tap("Reader"), "12 parking", Tap("Fix"), Tap("Note"), "lot 7"))
    async with nora.stage.database.read() as tx:
        about = (await tx.execute(select(func.count()).where(change.c.subject.startswith("expense:")))).scalar_one()
        taught = (await tx.execute(select(expense_word.c.folded))).scalars().all()
        rates = (await tx.execute(select(actor.c.distance_rate))).scalars().all()
    assert (about, taught, rates) == (3, ["taping"], [None])
