"""The e-mail address of a person: told with the name or typed at the card, and ready on the card of the follow-up."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlalchemy import select

from bot.console import Screen
from bot.parts import parts, plain
from bot.slack.blocks import LONGEST_URL, message_parts
from bot.telegram_text import html_parts
from handlers.messages import Code, Incoming, Mail, Message, Sender
from scheduler.wire import Parcel
from storage.database import Database
from storage.tables import note, person
from tests.bot.sheets import Sheet, fills_in, opens
from tests.bot.slack_stage import slack_stage
from tests.corpus import CORPUS
from tests.snippets import FALLS, cards, log, rows, settle_in, tap_on
from tests.stage import Stage

TESS = "tess@quillancasting.example"


@pytest.fixture
async def friday(stage: Stage) -> Stage:
    """Nora on Friday at nine, Tess's card on her screen."""
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan", "shes running the turkey trot thurs w her dad")
    await stage.comes("2026-11-20 09:00")
    return stage


async def emails(stage: Stage) -> list[tuple[str, str]]:
    return [(row.name, row.email) for row in await rows(stage, person)]


# Told with the name


async def test_told_with_the_name_it_is_echoed_kept_and_on_the_card(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, f"Tess Quillan {TESS}, casting director")
    assert f"Tess Quillan, casting director, {TESS}" in stage.nora.screen[-1].text
    assert await emails(stage) == [("Tess Quillan", TESS)]
    await stage.comes("2026-11-20 09:00")
    (card,) = cards(stage.nora)
    assert f"Copper Falls\n{TESS}\n\n" in card.text


async def test_told_with_the_names_that_were_missing_it_is_kept_too(stage: Stage) -> None:
    await settle_in(stage)
    for words in ("/audition", FALLS, "no idea", "nothing", "save"):
        await stage.nora.says(words)
    await stage.comes("2026-11-20 09:00")
    await stage.nora.taps("I have the names")
    await stage.nora.says(f"Tess Quillan <{TESS}>")
    assert await emails(stage) == [("Tess Quillan", TESS)]


async def test_told_of_somebody_known_it_is_learnt_and_not_forgotten_by_the_next_audition(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan")
    await log(stage, "Night Ferry, Captain", f"Tess {TESS}")
    await log(stage, "Salt Year, Lena", "Tess Quillan")
    assert await emails(stage) == [("Tess Quillan", TESS)]
    await stage.nora.says("/undo")
    await stage.nora.says("/undo")
    assert await emails(stage) == [("Tess Quillan", "")]


async def test_which_one_carries_it_along(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan")
    for words in ("/audition", "Night Ferry, Captain", f"Tes Quilan {TESS}"):
        await stage.nora.says(words)
    await stage.nora.taps("Tess Quillan")
    await stage.nora.says("nothing")
    await stage.nora.taps("Save")
    assert await emails(stage) == [("Tess Quillan", TESS)]


async def test_read_for_in_passing_it_stays_out_of_the_name(stage: Stage) -> None:
    await settle_in(stage)
    await stage.nora.says(f"/audition Copper Falls, Nurse Ray, read for Tess Quillan {TESS}")
    await stage.nora.says("nothing")
    await stage.nora.taps("Save")
    assert await emails(stage) == [("Tess Quillan", TESS)]


async def test_on_the_form_it_is_typed_into_the_search_and_closing_the_form_loses_nothing_of_it(
    database: Database,
) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await nora.writes("/start")
        words = f"bea hartnell {TESS}"
        sheet = Sheet("Copper Falls", "Nurse Ray", ((words, words),), ("nothing",))
        await opens(nora)
        await fills_in(nora, sheet)
        await nora.does(nora.client.closes() or [])
        await nora.taps("Save")
        async with database.read() as tx:
            kept = [(row.name, row.email) for row in await tx.execute(select(person))]
        assert kept == [("Bea Hartnell", TESS)]


# Typed at the card


async def test_typed_while_one_card_waits_it_is_kept_and_the_card_shows_it(friday: Stage) -> None:
    kept, card = await friday.nora.says(TESS)
    assert kept == f"Kept: {TESS} for Tess Quillan."
    assert TESS in card
    assert "Hi Tess," in card
    assert len(cards(friday.nora)) == 1
    assert await emails(friday) == [("Tess Quillan", TESS)]
    assert [row.state for row in await rows(friday, note)] == ["open"]


async def test_undo_takes_it_back_and_redo_puts_it_back(friday: Stage) -> None:
    await friday.nora.says(TESS)
    await friday.nora.taps("Undo")
    assert await emails(friday) == [("Tess Quillan", "")]
    assert TESS not in cards(friday.nora)[-1].text
    await friday.nora.taps("Redo")
    assert await emails(friday) == [("Tess Quillan", TESS)]
    assert TESS in cards(friday.nora)[-1].text
    await friday.nora.says("/undo")
    assert await emails(friday) == [("Tess Quillan", "")]
    assert len(cards(friday.nora)) == 1


async def test_another_one_takes_its_place_and_the_same_changes_nothing(friday: Stage) -> None:
    await friday.nora.says("office@casting.example")
    await friday.nora.says(TESS)
    assert await friday.nora.says(TESS) == [f"{TESS} is what I have for Tess Quillan."]
    await friday.nora.says("/undo")
    assert await emails(friday) == [("Tess Quillan", "office@casting.example")]


async def test_with_two_cards_it_asks_whose_and_a_reply_tells(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, FALLS, "Tess Quillan and Jo Fenwick", "nothing", "nothing")
    await stage.comes("2026-11-20 09:00")
    tess, _ = cards(stage.nora)
    assert await stage.nora.says(TESS) == ["Which one? Reply to the card with it."]
    assert await emails(stage) == [("Tess Quillan", ""), ("Jo Fenwick", "")]
    await stage.nora.act(Incoming("text", stage.clock(), text=TESS, reply_to=tess.id))
    assert await emails(stage) == [("Tess Quillan", TESS), ("Jo Fenwick", "")]


async def test_a_reply_to_a_card_that_is_done_with_keeps_it_and_shows_no_card(friday: Stage) -> None:
    (card,) = cards(friday.nora)
    await tap_on(friday.nora, card, "Sent")
    said = await friday.nora.act(Incoming("text", friday.clock(), text=TESS, reply_to=card.id))
    assert said == [f"Kept: {TESS} for Tess Quillan."]
    assert await emails(friday) == [("Tess Quillan", TESS)]


async def test_an_open_question_comes_first(friday: Stage) -> None:
    await tap_on(friday.nora, cards(friday.nora)[0], "Edit")
    await friday.nora.says(TESS)
    assert await emails(friday) == [("Tess Quillan", "")]


async def test_where_no_card_waits_it_is_asked_what_it_is(stage: Stage) -> None:
    await settle_in(stage)
    (asked,) = await stage.nora.says(TESS)
    assert TESS in asked
    assert "hall I log" in asked


async def test_another_person_s_card_keeps_nothing(friday: Stage) -> None:
    ida = friday.person("2", "Ida Fenn")
    await settle_in(friday)
    (card,) = cards(friday.nora)
    await ida.act(Incoming("text", friday.clock(), text="ida@evil.example", reply_to=card.id))
    assert await emails(friday) == [("Tess Quillan", "")]


# How it shows


MAIL = Mail(TESS, "Nora – Nurse Ray, Copper Falls", "Hi Tess,\n\nA & B? 100% “yes” #1 + 2 = 3\n\nNora")


async def test_on_slack_a_tap_opens_the_mail(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        for line in ("/start", "/audition copper falls, nurse ray", f"tess quillan {TESS}", "turkey trot thurs"):
            await nora.writes(line)
        await nora.taps("Save")
        await stage.comes("2026-11-20 09:05")
        (card,) = [shown for shown in nora.screen if "Hi Tess," in shown.text and shown.buttons]
        ((kind, address),) = card.fired
        link = urlsplit(address)
        assert (kind, link.scheme, unquote(link.path)) == ("link", "mailto", TESS)
        ready = parse_qs(link.query)
        assert "Copper Falls" in ready["subject"][0]
        assert ready["body"][0].replace("\r\n", "\n") in card.text
        assert TESS in card.text


def link_of(mail: Mail) -> str:
    ((block,),) = [part["blocks"] for part in message_parts(Message(("Tess\n", mail, "\n\n", Code("x"))))]
    (url,) = [e["url"] for row in block["elements"] for e in row["elements"] if e["type"] == "link"]
    return str(url)


def test_the_link_holds_the_mail_to_the_letter() -> None:
    ready = parse_qs(urlsplit(link_of(MAIL)).query, strict_parsing=True)
    assert ready == {"subject": [MAIL.subject], "body": [MAIL.body.replace("\n", "\r\n")]}


def test_what_is_too_long_for_a_link_is_left_out_of_it() -> None:
    without_body = link_of(Mail(TESS, "Copper Falls", "é" * 600))
    assert without_body == f"mailto:{TESS}?subject=Copper%20Falls"
    assert link_of(Mail(TESS, "é" * 600, "x")) == f"mailto:{TESS}"


@pytest.mark.parametrize("text", [text for _, text in CORPUS])
def test_whatever_the_words_are_the_link_has_one_receiver_and_two_fields(text: str) -> None:
    url = link_of(Mail(TESS, text[:200], text))
    link = urlsplit(url)
    assert len(url) <= LONGEST_URL
    assert unquote(link.path) == TESS
    assert set(parse_qs(link.query, keep_blank_values=True)) <= {"subject", "body"}
    assert not link.fragment
    assert url.isascii()
    assert url.isprintable()


def test_on_telegram_a_tap_copies_it() -> None:
    assert html_parts(Message(("Tess\n", MAIL, "\n\n", Code("Hi")))) == [
        f"Tess\n<code>{TESS}</code>\n\n<code>Hi</code>"
    ]


async def test_on_the_console_it_has_a_line_of_its_own() -> None:
    printed: list[str] = []
    message = Message(("Tess\n", MAIL, "\n\n", Code("Hi")))
    await Screen(printed.append).send(Parcel(Sender("console", "you", "console"), message))
    assert printed[0].split("\n") == ["Tess", "", f"  {TESS}", "", "  Hi"]


def test_it_is_never_cut() -> None:
    message = Message(("x" * 95, MAIL, "y" * 100))
    assert [plain(part) for part in parts(message, 100)] == ["x" * 95, TESS + "y" * (100 - len(TESS)), "y" * len(TESS)]


def test_it_comes_back_from_its_row() -> None:
    message = Message(("Tess\n", MAIL, Code("Hi")))
    assert Message.from_json(message.to_json()) == message
