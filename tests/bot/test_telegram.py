"""The actor's day over Telegram, and all that a phone can send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice, product
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

from bot.telegram import PRIVATE_BOT
from handlers.messages import Choice, Code, Message, Sender
from handlers.taps import CLOSED, GONE
from handlers.wordless import OTHER
from handlers.worker import IN_PRIVATE
from scheduler.wire import Parcel
from storage.tables import audition, change, news, note, person, presence, project, remark
from storage.text import clean
from tests.bot.telegram_stage import COPPER_FALLS, SETTLE_IN, Person, TelegramStage, labels
from tests.corpus import COMMAND, CORPUS, HTML, SLACK
from tests.dumps import dump
from tests.some import first

WORDS_ONLY = "Words only here, please type it."
HOSTILE = [text for _, text in (*HTML, *SLACK)]
FIRST = ("Ada", "Bea", "Cleo", "Dov", "Edda", "Finn")
LAST = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel")
NAMES = [f"{first} {last}" for last, first in product(LAST, FIRST)]


async def settle_in(nora: Person) -> None:
    await nora.writes_all(*SETTLE_IN)


async def log_copper_falls(nora: Person) -> None:
    await nora.writes_all(*COPPER_FALLS)
    await nora.taps("Save")


# The day and the morning


async def test_seven_messages_bring_two_follow_ups_in_the_morning(chat: TelegramStage) -> None:
    nora = chat.nora
    for words in (*SETTLE_IN, *COPPER_FALLS):
        assert len(await nora.writes(words)) == 1, "each message has its one answer"
    await nora.taps("Save")
    assert "Tess's and Jo's follow-ups come tomorrow at 9:00 am." in nora.last.text
    nora.news()

    await chat.comes("2026-11-20 08:59")
    assert nora.news() == []
    await chat.comes("2026-11-20 09:05")
    tess, jo = nora.screen[-2:]
    assert len(nora.news()) == 2
    assert "Hi Tess," in tess.text
    assert "yesterday" in tess.text
    assert "Hi Jo," in jo.text
    assert "banjo" in jo.text
    assert [tess.silent, jo.silent] == [False, True]
    assert tess.html.count("<code>") == 2, "subject and note are each copied with one tap"

    await nora.taps("Sent", on="Hi Tess")
    assert nora.screen[-2].text == "Sent to Tess Quillan by e-mail, today, 9:05 am."
    assert labels(nora.screen[-2]) == ["Undo"]
    assert nora.news() == []


async def test_a_tap_changes_the_message_it_sits_on_and_stops_spinning(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await log_copper_falls(chat.nora)
    before = len(chat.nora.screen)
    await chat.nora.taps("Undo")
    assert len(chat.nora.screen) == before
    assert chat.nora.last.edited
    assert chat.nora.last.text == "Taken back: Copper Falls. Nothing comes of it."
    assert [call.outcome for call in chat.telegram.called("answerCallbackQuery")] == ["ok", "ok"]


async def test_the_menu_lists_the_commands(chat: TelegramStage) -> None:
    (call,) = chat.telegram.called("setMyCommands")
    assert {"audition", "followups", "cancel"} <= {one["command"] for one in call.params["commands"]}


async def test_words_in_reply_to_a_card_become_its_words(evening: TelegramStage) -> None:
    await evening.comes("2026-11-20 09:05")
    tess = evening.nora.screen[-2]
    (new,) = await evening.nora.writes("Hi Tess,\n\nRun well!\n\nNora", reply_to=tess.message_id)
    assert "Yours, as typed." in new
    assert "Hi Tess,\n\nRun well!\n\nNora" in new


# What anybody may be called


async def test_any_text_leaves_as_it_was_typed(chat: TelegramStage) -> None:
    await chat.nora.writes("/start")
    for name, typed in CORPUS:
        text = clean(typed)
        message = Message(("Re: ", text, "\n", Code(f"[{text}]")), f"under {text}", ((Choice(f"x{text}"[:60], "x"),),))
        before = len(chat.nora.phone.said)
        await chat.wire.send(Parcel(Sender("telegram", "7", "7"), message))
        shown = "".join(chat.nora.phone.said[before:])
        whole = f"Re: {text}\n[{text}]\n\nunder {text}"
        assert "".join(shown.split()) == "".join(whole.split()), name
    assert set(_entities(chat)) == {"code"}


async def test_hostile_titles_and_remarks_come_back_as_typed(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    said = [" / ".join(four) for four in batched(HOSTILE, 4)]
    for title, words, name in zip(HOSTILE, said, NAMES, strict=False):
        lines = ("/audition", title, name, words, "save")
        shown = await chat.nora.does(*(chat.nora.phone.write(line) for line in lines))
        assert words in "".join(shown), "the card shows what was said as it was typed"
    await chat.comes("2026-11-20 09:05")
    cards = chat.nora.screen[-len(said) :]
    assert [name for name, card in zip(NAMES, cards, strict=False) if f"Hi {name.split()[0]}," not in card.text] == []
    async with chat.bot.database.read() as tx:
        assert list((await tx.execute(select(remark.c.words).order_by(remark.c.id))).scalars()) == said


async def test_whoever_is_called_like_markup_is_shown_so_on_every_screen(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await kept(chat, HOSTILE)
    everyone = range(1, len(HOSTILE) + 1)
    await chat.nora.writes("/auditions")
    assert [text for text in HOSTILE[-8:] if not any(text in label for label in labels(chat.nora.last))] == []
    opened = await chat.nora.does(*(chat.nora.phone.tap_data(f"audition:{n}:open", 1) for n in everyone))
    assert [text for text, card in zip(HOSTILE, opened, strict=True) if card.count(text) < 3] == []
    cards = await chat.nora.does(*(chat.nora.phone.tap_data(f"note:{n}:show", 1) for n in everyone))
    assert [text for text, card in zip(HOSTILE, cards, strict=True) if f"Hi {text}," not in card] == []
    listed = "".join(await chat.nora.writes("/followups"))
    assert [text for text in HOSTILE[:20] if f"– {text}, {text}" not in listed] == []
    await chat.nora.taps_data("note:1:sent", 1)
    assert f"Sent to {HOSTILE[0]} by e-mail" in chat.nora.phone.transcript
    assert set(_entities(chat)) == {"code"}


async def kept(chat: TelegramStage, names: list[str]) -> None:
    """Put it all into the records."""
    async with chat.bot.database.write() as tx:
        for table, rows in _everything_is_called(names):
            await tx.execute(insert(table), rows)


def _everything_is_called(names: list[str]) -> list[tuple[Table, list[dict[str, Any]]]]:
    """An audition, a person, something said and news, all of the same name, for each name."""
    on, moment = date(2026, 11, 18), datetime(2026, 11, 19, tzinfo=UTC)
    mine = [{"actor_id": 1, "words": name, "name": name} for name in names]
    day = {"on": on, "day": on, "saved_at": moment}
    room = [{"actor_id": 1, "audition_id": n, "person_id": n, "position": 0} for n in range(1, len(names) + 1)]
    return [
        (project, [{"actor_id": 1, "title": m["name"]} for m in mine]),
        (person, [{"actor_id": 1, "name": m["name"], "greeting": m["name"]} for m in mine]),
        (audition, [{"actor_id": 1, "project_id": n, "role": m["name"], **day} for n, m in enumerate(mine, 1)]),
        (presence, room),
        (
            remark,
            [{"actor_id": 1, "audition_id": n, "presence_id": n, "words": m["words"]} for n, m in enumerate(mine, 1)],
        ),
        (news, [{"actor_id": 1, "words": m["words"], "created_at": moment} for m in mine]),
        (note, [{"actor_id": 1, "person_id": n, "day": on} for n in range(1, len(names) + 1)]),
    ]


async def test_whatever_the_profile_is_called_the_first_question_comes(chat: TelegramStage) -> None:
    for user, name in enumerate(("<b>Nora</b>", "&lt;Nora", "🌵" * 64, "N" * 64, "\u3164", "\u202eNora"), 8):
        somebody = chat.person(user, name, "")
        (asked,) = await somebody.writes("/start")
        assert "How do you sign your notes?" in asked
        await somebody.taps(labels(somebody.last)[0])
        assert "Where are you?" in somebody.last.text


def batched(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    """`itertools.batched` of Python 3.12."""
    rest = iter(texts)
    while batch := list(islice(rest, size)):
        yield batch


def _entities(chat: TelegramStage) -> list[str]:
    kept = (one for one in chat.nora.phone.kept.values() if one.by_bot)
    return [entity["type"] for one in kept for entity in one.wire.get("entities", [])]


# Long replies


@pytest.mark.parametrize(
    "letters", first(["🎭" * 2040, "<" * 3990, "line\n" * 790, "w" * 3990, "a " * 1990, "🎭\n" * 1360], 3)
)
async def test_a_note_as_long_as_a_message_can_be_comes_back_whole(evening: TelegramStage, letters: str) -> None:
    await evening.comes("2026-11-20 09:05")
    words = f"Hi Jo, {letters}"
    said = await evening.nora.writes(words, reply_to=evening.nora.last.message_id)
    assert "".join(words.split()) in "".join("".join(said).split())
    assert "Sent" in labels(evening.nora.last), "the buttons stand under the last part"


async def test_a_long_list_comes_in_parts_and_in_order(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    names = [f"{name} {'🎭' * 90}" for name in NAMES[:20]]
    await kept(chat, names)
    parts = await chat.nora.writes("/followups")
    assert len(parts) > 1
    whole = "".join(parts)
    assert [name for name in names if f"– {name}, {name}" not in whole] == []
    assert sorted(names, key=whole.index) == names
    assert labels(chat.nora.last)[0].startswith("Show Ada")


# All that is not a text


ODD = {
    "sticker": WORDS_ONLY,
    "voice": OTHER["voice"],
    "contact": WORDS_ONLY,
}


async def test_what_is_no_text_is_told_kindly_and_the_question_stays(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    for kind, answer in ODD.items():
        assert await chat.nora.does(getattr(chat.nora.phone, f"send_{kind}")()) == [answer]
    await chat.nora.writes("/audition")
    for kind, answer in ODD.items():
        said = await chat.nora.does(getattr(chat.nora.phone, f"send_{kind}")())
        assert said == [answer, "What was it? Project, role."]
    (asked,) = await chat.nora.writes("Copper Falls")
    assert "Who was in the room?" in asked


async def test_a_poll_is_passed_over_in_silence(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await chat.nora.writes("/audition")
    assert await chat.nora.does(chat.nora.phone.send_poll()) == []


async def test_the_words_under_a_photo_count(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await chat.nora.writes("/audition")
    said = await chat.nora.does(chat.nora.phone.send_photo("Copper Falls, Nurse Ray"))
    assert "Who was in the room?" in said[0]
    said = await chat.nora.does(chat.nora.phone.send_document(caption="Tess Quillan"))
    assert "What did you talk about?" in said[0]
    assert said[-1] == said[0], "the question stands last again, below what became of the file"


async def test_a_shared_location_answers_where_one_is(chat: TelegramStage) -> None:
    for words in ("/start", "Nora Castellane"):
        await chat.nora.writes(words)
    (asked,) = await chat.nora.does(chat.nora.phone.share_location(34.05, -118.24))
    assert asked.startswith("Los Angeles, 4:10 pm there now.")
    await chat.nora.writes("9")
    (moved,) = await chat.nora.does(chat.nora.phone.share_location(40.71, -74.0))
    assert moved.startswith("New York, 7:10 pm there now.")


async def test_a_location_does_not_answer_another_question(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await chat.nora.writes("/audition")
    said = await chat.nora.does(chat.nora.phone.share_location(40.71, -74.0))
    assert said[-1] == "What was it? Project, role."


async def test_a_location_nobody_lives_at_is_answered(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    for place in ((0.0, -160.0), (90.0, 180.0), (-90.0, 0.0)):
        assert len(await chat.nora.does(chat.nora.phone.share_location(*place))) == 1


async def test_an_edited_message_changes_nothing_and_that_is_said_once(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    phone = chat.nora.phone
    hello = phone.screen[0].message_id
    assert await chat.nora.does(phone.edit(hello, "/help")) == []
    await chat.nora.writes("/audition")
    await chat.nora.writes("Copper Fals")
    typed = next(shown.message_id for shown in phone.screen if shown.text == "Copper Fals")
    before = await dump(chat.bot.database, {"talk", "inbox", "outbox", "pulse"})
    (said,) = await chat.nora.does(phone.edit(typed, "Copper Falls"))
    assert said.startswith("I go by what you wrote first; /back changes it.")
    assert await chat.nora.does(phone.edit(typed, "Copper Falls!")) == []
    assert await dump(chat.bot.database, {"talk", "inbox", "outbox", "pulse"}) == before


async def test_channel_posts_and_news_of_blocking_are_passed_over(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    phone = chat.nora.phone
    post = {"message_id": 1, "date": 1, "chat": {"id": -1009, "type": "channel"}, "text": "hi"}
    pushed = [chat.telegram.push_raw({kind: post}) for kind in ("channel_post", "edited_channel_post", "message")]
    assert await chat.nora.does(*pushed, phone.block(), phone.unblock()) == []


# Buttons that are old, pressed twice, or nobody's


async def test_save_pressed_twice_at_once_saves_once(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    for words in ("/audition", "Copper Falls", "Tess Quillan", "banjo"):
        await chat.nora.writes(words)
    phone = chat.nora.phone
    said = await chat.nora.does(phone.tap("Save"), phone.tap("Save"))
    assert said == ["Already saved. Nothing changed."]
    assert len(chat.telegram.called("answerCallbackQuery", "ok")) == 2
    async with chat.bot.database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(audition))).scalar() == 1


async def test_sent_pressed_twice_at_once_is_sent_once(evening: TelegramStage) -> None:
    await evening.comes("2026-11-20 09:05")
    phone, jo = evening.nora.phone, evening.nora.last
    said = await evening.nora.does(phone.tap("Sent", jo.message_id), phone.tap("Sent", jo.message_id))
    assert evening.nora.screen[-1 - len(said)].text == "Sent to Jo Fenwick by e-mail, today, 9:05 am."
    assert all("Nothing changed." in text for text in said)
    async with evening.bot.database.read() as tx:
        assert (await tx.execute(select(func.count()).where(change.c.words == "Sent to Jo Fenwick"))).scalar() == 1


async def test_another_line_where_there_is_none_may_be_pressed_again_and_again(evening: TelegramStage) -> None:
    await evening.comes("2026-11-20 09:05")
    for _ in range(4):
        assert await evening.nora.taps("Another line") == []
    assert not evening.refused or "not modified" in str(evening.refused)
    evening.may_refuse = True


async def test_a_button_of_a_question_that_was_answered_changes_nothing(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await chat.nora.writes("/audition")
    await chat.nora.writes("Copper Falls")
    old = chat.nora.last.buttons[0][0][1]
    await chat.nora.writes("Tess Quillan")
    before = await dump(chat.bot.database)
    said = await chat.nora.taps_data(old, chat.nora.last.message_id)
    assert said == [CLOSED, "Tess Quillan. What did you talk about?"]
    assert await dump(chat.bot.database) == before


async def test_buttons_of_thirty_days_ago_still_mean_what_they_say(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await log_copper_falls(chat.nora)
    saved = chat.nora.last
    await chat.comes("2026-11-20 09:05")
    jo = chat.nora.last
    await chat.comes("2026-12-21 10:00")
    await chat.nora.taps_data(jo.buttons[0][0][1], jo.message_id)
    assert "Sent to Jo Fenwick by e-mail, today, 10:00 am." in chat.nora.phone.transcript
    said = await chat.nora.taps_data(saved.buttons[0][0][1], saved.message_id)
    assert "something later stands on it" in said[-1]


async def test_forged_buttons_change_nothing_and_tell_nothing(evening: TelegramStage) -> None:
    await evening.comes("2026-11-20 09:05")
    dov = evening.person(8, "Dov", "Birch")
    await settle_in(dov)
    dov.news()
    before = await dump(evening.bot.database)
    ids = ("1", "2", "0", "-1", "999999999", "99999999999999999999", "x", "\u0661", "")
    verbs = ("sent", "edit", "line", "tonight", "tomorrow", "monday", "skip", "show", "open", "fix", "draft", "names")
    forged = [f"{kind}:1:{verb}" for kind in ("note", "audition") for verb in verbs]
    forged += [f"{kind}:{id_}:{verb}" for kind in ("note", "audition") for id_ in ids for verb in ("sent", "open")]
    forged += [f"{kind}:{id_}" for kind in ("undo", "redo") for id_ in ids]
    forged += [f"t:{id_}:1:0" for id_ in ("0", "1", "2", "999999999")]
    forged += [f"talk:{id_}:{verb}" for id_ in ("1", "2") for verb in ("reopen", "drop", "go", "save")]
    forged += [text for name, text in COMMAND if name.startswith("button/")]
    for some in batched(forged, 90):
        await dov.does(*(dov.phone.tap_data(data, 1) for data in some))
    assert set(dov.news()) <= {GONE, CLOSED, "That audition is gone."}
    assert await dump(evening.bot.database) == before


async def test_a_query_that_is_too_old_is_answered_in_the_chat_all_the_same(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    await log_copper_falls(chat.nora)
    chat.telegram.fail_next("answerCallbackQuery", 1, "400:query is too old and response timeout expired")
    await chat.nora.taps("Undo")
    assert chat.nora.last.text == "Taken back: Copper Falls. Nothing comes of it."


# Groups


async def test_in_a_group_it_is_said_once_that_auditions_are_private(chat: TelegramStage) -> None:
    group = chat.telegram.group(-5)
    await chat.takes(group.write(chat.nora.phone, "/start"), group.write(chat.nora.phone, "Copper Falls"))
    await chat.takes(group.write(chat.telegram.person(8), "and mine"))
    assert group.said == [IN_PRIVATE]
    async with chat.bot.database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(audition))).scalar() == 0
    assert PRIVATE_BOT not in group.transcript


async def test_a_group_that_becomes_a_supergroup_is_not_told_twice(chat: TelegramStage) -> None:
    group = chat.telegram.group(-5)
    await chat.takes(group.write(chat.nora.phone, "hello"))
    waiting = len(chat.telegram.updates.past)
    successor = group.migrate(chat.nora.phone, -1_000_000_000_007)
    await chat.takes(*list(chat.telegram.updates.past)[waiting:])
    await chat.takes(successor.write(chat.nora.phone, "hello again"))
    assert [*group.said, *successor.said].count(IN_PRIVATE) <= 2
    chat.may_refuse = True


async def test_a_group_that_moves_before_it_was_told_holds_up_nobody(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    chat.may_refuse = True
    group = chat.telegram.group(-5)
    waiting = len(chat.telegram.updates.past)
    group.write(chat.nora.phone, "hello")
    group.migrate(chat.nora.phone, -1_000_000_000_007)
    await chat.takes(*list(chat.telegram.updates.past)[waiting:])
    assert await chat.nora.writes("/audition") == ["What was it? Project, role."]


# Updates nobody can read


ODD_MESSAGE = {"message_id": 5, "date": 1_795_000_000, "from": {"id": 7, "is_bot": False, "first_name": "Nora"}}
PRIVATE = {"id": 7, "type": "private"}


UNREADABLE: tuple[dict[str, object], ...] = (
    {"message": {"message_id": "seven", "date": None, "chat": [], "text": {"no": 1}}},
    {"message": None},
    {"message": []},
    {"callback_query": {"id": 5}},
    {"callback_query": "tap"},
    {"edited_message": {}},
    {"my_chat_member": {"chat": {}}},
    {"surprise": {"of": "a later Bot API"}},
    {"message": ODD_MESSAGE | {"chat": PRIVATE, "date": 10**30, "text": "hello"}},
    {"message": ODD_MESSAGE | {"chat": PRIVATE, "location": {"latitude": "north", "longitude": 0}}},
    {"message": ODD_MESSAGE | {"chat": PRIVATE, "location": {"latitude": 10**400, "longitude": 0}}},
)


async def test_an_update_that_cannot_be_read_blocks_none_of_the_others(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    phone = chat.nora.phone
    for update in UNREADABLE:
        said = await chat.nora.does(phone.write("/help"), chat.telegram.push_raw(update), phone.write("/help"))
        assert len(said) == 2, update


async def test_ids_that_jump_backwards_lose_nothing(chat: TelegramStage) -> None:
    await settle_in(chat.nora)
    chat.telegram.jump_ids_backwards()
    assert await chat.nora.writes("/audition") == ["What was it? Project, role."]
