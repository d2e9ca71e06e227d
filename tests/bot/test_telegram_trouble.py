"""What a bad network, a busy server, a second program or a stranger does to the bot: nothing that anyone would see."""

from __future__ import annotations

import asyncio
import io
import logging
import random
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import logs
from bot.listening import Deaf, RefusedToken
from bot.telegram import PRIVATE_BOT, Telegram
from storage.database import Database
from storage.tables import actor, address, inbox, talk
from tests.bot.telegram_stage import COPPER_FALLS, SETTLE_IN, TOKEN, TelegramStage, telegram_stage
from tests.dumps import dump
from tests.some import some

HELP = "Just tell me about an audition"


# What came in is kept before it is acknowledged


async def test_an_update_is_stored_before_it_is_acknowledged(chat: TelegramStage) -> None:
    update = chat.nora.phone.write("/start")
    await chat.takes(update)
    assert chat.unconfirmed_then == [[update]]


async def test_what_could_not_be_stored_comes_again_and_is_worked_once(chat: TelegramStage) -> None:
    chat.trouble.append(OSError("the disk is full"))
    said = await chat.nora.writes("/start")
    assert len(said) == 1
    assert chat.pauses.seconds[0] == 1
    first, second = chat.telegram.called("getUpdates", "ok")[:2]
    assert ["offset" in call.params for call in (first, second)] == [False, False], "it was not acknowledged"


async def test_the_pauses_grow_while_the_trouble_lasts_and_not_beyond_30_seconds(chat: TelegramStage) -> None:
    chat.trouble += [OSError("the disk is full")] * 7
    await chat.nora.writes("/start")
    assert chat.pauses.seconds[:7] == [1, 2, 4, 8, 16, 30, 30]
    chat.pauses.seconds.clear()
    chat.trouble.append(OSError("once more"))
    await chat.nora.writes("Nora Castellane")
    assert chat.pauses.seconds[0] == 1


SCRIPT = (*SETTLE_IN, *COPPER_FALLS, "save", ("Undo",), ("Redo",), ("Fix",), ("More",), "callback", ("Save",))
MORNING = (("Another line",), ("Sent",), ("Tonight",))


async def play(stage: TelegramStage, seed: int | None) -> None:
    """The whole script; with a seed each update comes one to four times, before and after it was worked."""
    chance = random.Random(seed)

    async def act(step: str | tuple[str]) -> None:
        phone = stage.nora.phone
        update = phone.write(step) if isinstance(step, str) else phone.tap(step[0])
        for _ in range(chance.randint(0, 3) if seed is not None else 0):
            stage.telegram.deliver_again(update)
            if chance.random() < 0.5:
                await stage.takes(update)
        await stage.takes(update)

    for step in SCRIPT:
        await act(step)
    await stage.comes("2026-11-20 09:05")
    for step in MORNING:
        await act(step)
    await stage.comes("2026-11-20 15:09")
    if seed is not None:
        await stage.takes(*(stage.telegram.deliver_again(id_) for id_ in list(stage.telegram.updates.past)))
    await stage.comes("2026-11-20 19:00")


async def test_whatever_comes_one_to_four_times_counts_once_and_is_answered_once(
    database: Database, other_database: Database
) -> None:
    async with telegram_stage(database) as once, telegram_stage(other_database) as again:
        await play(once, seed=None)
        await play(again, seed=1)
        assert again.nora.phone.said == once.nora.phone.said
        assert len(again.telegram.called("sendMessage")) == len(once.telegram.called("sendMessage"))
        assert await dump(other_database) == await dump(database)


# Somebody who cannot be reached


@pytest.mark.parametrize(
    ("act", "back"),
    [
        ("block", "2026-11-20 11:00"),
        ("deactivate", "2026-11-20 23:00"),
        ("vanish", "2026-11-21 08:00"),
        pytest.param("block", "2026-11-21 09:30", marks=pytest.mark.chaos),
        pytest.param("block", "2026-11-24 12:00", marks=pytest.mark.chaos),
    ],
)
async def test_who_cannot_be_reached_is_parked_and_gets_what_was_missed_once(
    evening: TelegramStage, act: str, back: str
) -> None:
    evening.may_refuse = act == "vanish"
    getattr(evening.nora.phone, act)()
    await evening.comes("2026-11-20 09:05")
    tried = len(evening.telegram.called("sendMessage"))
    await evening.comes(back)
    assert len(evening.telegram.called("sendMessage")) == tried, "nothing is tried until they write"
    assert evening.nora.got("Hi Tess,") == 0

    await evening.nora.writes("/help")
    await evening.comes("2026-11-25 12:00")
    assert [evening.nora.got("Hi Tess,"), evening.nora.got("Hi Jo,"), evening.nora.got(HELP)] == [1, 1, 1]
    sent = [call.params["text"] for call in evening.telegram.called("sendMessage", "ok")]
    about_tess = [text for text in sent if "Hi Tess," in text or "Still here: Tess" in text]
    assert ["Still here" in text for text in about_tess] == [False, True], "the card first, and one reminder after it"


async def test_who_cannot_be_reached_holds_up_nobody(chat: TelegramStage) -> None:
    dov = chat.person(8, "Dov", "Birch")
    for person in (chat.nora, dov):
        await person.writes_all(*SETTLE_IN, *COPPER_FALLS, "save")
    chat.nora.phone.block()
    await chat.comes("2026-11-20 09:05")
    assert [dov.got("Hi Tess,"), dov.got("Hi Jo,")] == [1, 1]


# Too many messages


async def test_too_many_messages_hold_back_that_chat_alone(database: Database) -> None:
    async with telegram_stage(database, flood=True) as chat:
        dov = chat.person(8, "Dov", "Birch")
        await chat.takes(*(chat.nora.phone.write("/help") for _ in range(23)), dov.phone.write("/help"))
        assert [chat.nora.got(HELP), dov.got(HELP)] == [20, 1]
        await chat.passes(0.5)
        assert chat.nora.got(HELP) == 20, "not before the time that Telegram said"
        for _ in range(6):
            await chat.passes(1)
        assert chat.nora.got(HELP) == 23
        assert len(chat.telegram.called("sendMessage", "429")) <= 4


async def test_a_reply_in_two_parts_that_is_held_back_in_between_shows_no_part_twice(evening: TelegramStage) -> None:
    await evening.comes("2026-11-20 09:05")
    evening.telegram.fail_next("sendMessage", 1, "429:3", after=1)
    evening.nora.news()
    await evening.nora.writes("Hi Jo, " + "🎭" * 2040, reply_to=evening.nora.last.message_id)
    for _ in range(3):
        await evening.passes(5)
    assert "".join(evening.nora.news()).count("🎭") == 2040


# What the network does to a message: the fault, whether the server took it, and how often it may arrive


FAULTS = {
    "reset": (0, 0, 1),  # the fake cuts before it works the call; a client cannot tell that from "lost"
    "lost": (1, 1, 2),
    "stall": (1, 1, 2),
    "502": (1, 1, 1),
    "503": (1, 1, 1),
    "429:3": (1, 1, 1),
    "400:message is odd": (0, 0, 0),
}


@pytest.mark.parametrize("fault", some(FAULTS, "reset", "lost", "502", "429:3", "400:message is odd"))
async def test_a_reply_is_never_doubled_and_comes_where_it_can(chat: TelegramStage, fault: str) -> None:
    chat.may_refuse = True
    await chat.nora.writes_all(*SETTLE_IN)
    chat.hurry(0.3)
    chat.telegram.fail_next("sendMessage", 1, fault)
    await chat.nora.writes("/help")
    for _ in range(4):
        await chat.passes(20)
    assert chat.nora.got(HELP) == FAULTS[fault][0]
    await chat.nora.writes("/audition")
    assert chat.nora.last.text == "What was it? Project, role.", "what follows is not held up"


@pytest.mark.parametrize("fault", some(FAULTS, "reset", "stall", "400:message is odd"))
async def test_a_nudge_comes_at_least_once_and_at_most_twice(evening: TelegramStage, fault: str) -> None:
    evening.may_refuse = True
    evening.hurry(0.3)
    evening.telegram.fail_next("sendMessage", 1, fault)
    await evening.comes("2026-11-20 09:00")
    for _ in range(4):
        await evening.passes(20)
    _, fewest, most = FAULTS[fault]
    if fault == "reset":
        fewest = 1  # a nudge is tried once more
    assert fewest <= evening.nora.got("Hi Tess,") <= most
    assert evening.nora.got("Hi Jo,") == 1


async def test_a_server_that_is_down_for_an_hour_loses_nothing(evening: TelegramStage) -> None:
    evening.telegram.fail_next("sendMessage", 8, "502")
    await evening.comes("2026-11-20 09:00")
    for _ in range(60):
        await evening.passes(60)
    assert [evening.nora.got("Hi Tess,"), evening.nora.got("Hi Jo,")] == [1, 1]


async def test_a_refused_connection_is_tried_again(evening: TelegramStage) -> None:
    await evening.stop_listening()
    await evening.telegram.stop()
    await evening.comes("2026-11-20 09:00")
    await evening.telegram.start()
    await evening.passes(60)
    assert [evening.nora.got("Hi Tess,"), evening.nora.got("Hi Jo,")] == [1, 1]


async def test_after_a_reply_that_was_lost_the_open_question_is_met_in_full(chat: TelegramStage) -> None:
    await chat.nora.writes_all(*SETTLE_IN, "/audition")
    chat.telegram.fail_next("sendMessage", 1, "reset")
    assert await chat.nora.writes("Copper Falls") == []
    said = await chat.nora.writes("hello?")
    assert "Who was in the room?" in said[-1]
    async with chat.bot.database.read() as tx:
        log = (await tx.execute(select(talk.c.log).where(talk.c.ended_at.is_(None)))).scalar_one()
    assert "room" not in [key for key, _ in log], "what could not have been an answer is not taken for one"


async def test_html_that_telegram_cannot_read_goes_as_plain_text_once(chat: TelegramStage) -> None:
    await chat.nora.writes_all(*SETTLE_IN, "/audition", "<b>Copper & Falls")
    chat.telegram.fail_next("sendMessage", 1, "400:can't parse entities: unsupported start tag")
    chat.may_refuse = True
    before = len(chat.telegram.called("sendMessage"))
    await chat.nora.writes("/auditions")
    first, second = chat.telegram.called("sendMessage")[before : before + 2]
    assert [first.params.get("parse_mode"), second.params.get("parse_mode")] == ["HTML", None]
    assert second.outcome == "ok"


async def test_a_message_that_telegram_will_never_take_is_tried_once(chat: TelegramStage) -> None:
    chat.may_refuse = True
    await chat.nora.writes_all(*SETTLE_IN)
    chat.telegram.fail_next("sendMessage", 5, "400:message is odd")
    before = len(chat.telegram.called("sendMessage"))
    await chat.nora.writes("/help")
    await chat.passes(600)
    assert len(chat.telegram.called("sendMessage")) == before + 1


async def test_a_card_that_cannot_be_changed_is_said_anew(evening: TelegramStage) -> None:
    evening.may_refuse = True
    await evening.comes("2026-11-20 09:05")
    for words in ("message to edit not found", "message can't be edited", "there is no text in it"):
        evening.telegram.fail_next("editMessageText", 1, f"400:{words}")
        assert await evening.nora.taps("Sent") == ["Sent to Jo Fenwick by e-mail, today, 9:05 am."]
        await evening.nora.taps("Undo")


async def test_a_card_that_stands_so_already_is_left(evening: TelegramStage) -> None:
    evening.may_refuse = True
    await evening.comes("2026-11-20 09:05")
    evening.telegram.fail_next("editMessageText", 1, "400:message is not modified: the same")
    assert await evening.nora.taps("Sent") == []


# The database


class BusyOnce:
    """A database that is locked for a moment, just when a send is to be written down."""

    def __init__(self, database: Database, passing: int) -> None:
        self.database, self.passing = database, passing

    def read(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self.database.read()

    def write(self) -> AbstractAsyncContextManager[AsyncConnection]:
        self.passing -= 1
        if self.passing == -1:
            raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        return self.database.write()


async def test_a_send_that_could_not_be_written_down_blocks_nobody(
    chat: TelegramStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.nora.writes_all(*SETTLE_IN)
    monkeypatch.setattr(chat.bot.deliverer, "_database", BusyOnce(chat.bot.database, passing=1))
    with pytest.raises(OperationalError):
        await chat.nora.writes("/help")
    await chat.bot.settle()
    assert await chat.nora.writes("/audition") == ["What was it? Project, role."]
    assert chat.nora.got(HELP) <= 2


# Listening


async def test_another_program_with_our_token_is_said_in_one_clear_line(
    chat: TelegramStage, caplog: pytest.LogCaptureFixture
) -> None:
    chat.telegram.fail_next("getUpdates", 2, "409:terminated by other getUpdates request")
    await chat.nora.writes("/start")
    await chat.nora.writes("Nora Castellane")
    await chat.nora.writes("la")
    said = [record for record in caplog.records if record.name == "bot.telegram"]
    assert {record.getMessage() for record in said} == {
        "Telegram: another program uses this token. Stop one of the two."
    }
    assert [record.exc_info for record in said] == [None] * len(said)
    assert 1 <= len(said) <= 2


async def test_a_poll_that_fails_loses_nothing(chat: TelegramStage) -> None:
    await chat.nora.writes("/start")
    for fault in ("reset", "502", "503", "429:3", "lost"):
        chat.telegram.fail_next("getUpdates", 2, fault)
        for _ in range(3):
            assert await chat.nora.writes("/help"), fault
    assert chat.nora.got(HELP) == 15


async def test_the_network_is_waited_for_at_the_start(database: Database) -> None:
    async with telegram_stage(database, starts=False) as chat:
        await chat.telegram.stop()
        starting = asyncio.create_task(chat.start())
        await chat.pauses.until(8)
        assert chat.pauses.seconds[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
        await chat.telegram.start()
        await starting
        assert len(await chat.nora.writes("/start")) == 1


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
@pytest.mark.parametrize("fault", ["502", "429:3"])
async def test_a_busy_server_is_waited_for_at_the_start(database: Database, method: str, fault: str) -> None:
    async with telegram_stage(database, starts=False) as chat:
        chat.telegram.fail_next(method, 2, fault)
        await chat.start()
        assert len(await chat.nora.writes("/start")) == 1


async def test_a_token_that_telegram_does_not_know_is_not_waited_for(database: Database) -> None:
    async with telegram_stage(database, starts=False) as chat:
        wire = Telegram(f"{TOKEN[:-1]}x", chat.telegram.base_url.removesuffix("/bot"))
        with pytest.raises(RefusedToken) as refused:
            await wire.start()
        await wire.stop()
        assert "AAHdqTcvCH1v" not in repr(refused.value)
        assert chat.pauses.seconds == []


async def test_who_hears_nothing_for_too_long_gives_up_and_is_started_anew(
    chat: TelegramStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.DEAF_SECONDS", -1)
    chat.telegram.fail_next("getUpdates", 1, "502")
    chat.nora.phone.write("/start")
    assert chat.listening
    with pytest.raises(Deaf):
        await chat.listening


async def test_a_token_that_is_revoked_ends_the_listening(chat: TelegramStage) -> None:
    chat.telegram.fail_next("getUpdates", 1, "401:Unauthorized")
    chat.nora.phone.write("/start")
    assert chat.listening
    with pytest.raises(RefusedToken):
        await chat.listening


# The token and the logs


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the process would write to standard error."""
    root, written = logging.getLogger(), io.StringIO()
    before = {logger: logger.level for logger in (root, *map(logging.getLogger, logs.QUIET))}
    handlers = list(root.handlers)
    monkeypatch.setattr("sys.stderr", written)
    logs.set_up()
    yield written
    root.handlers[:] = handlers
    for logger, level in before.items():
        logger.setLevel(level)


async def test_the_token_is_in_no_line_of_the_log(chat: TelegramStage, logged: io.StringIO) -> None:
    await chat.nora.writes_all(*SETTLE_IN)
    chat.hurry(0.2)
    logging.getLogger("httpx").setLevel(logging.DEBUG)  # it logs every address, and the token is in it
    chat.trouble.append(OSError(f"POST {chat.telegram.base_url}{TOKEN}/getUpdates failed"))
    for fault in ("502", "reset", "stall", "409:no", "401:Unauthorized"):
        chat.telegram.fail_next("sendMessage", 1, fault)
        await chat.nora.writes("/help")
    chat.telegram.fail_next("getUpdates", 3, "502")
    await chat.nora.writes("/help")
    await chat.nora.writes("/help")
    said = logged.getvalue()
    assert "Traceback" in said
    assert "[token]" in said
    assert TOKEN not in said
    assert TOKEN.partition(":")[2] not in said


async def test_the_log_holds_no_words_of_anybodys(chat: TelegramStage, logged: io.StringIO) -> None:
    chat.may_refuse = True
    await chat.nora.writes_all(*SETTLE_IN, *COPPER_FALLS)
    for fault in ("400:can't parse entities: unsupported tag", "403:bot was blocked", "400:odd", "418:teapot"):
        chat.telegram.fail_next("sendMessage", 1, fault)
        await chat.nora.writes("/help")
    chat.telegram.push_raw({"message": {"text": "banjo", "chat": {"id": 7}}})
    await chat.nora.writes("/help")
    assert "outbox row" in logged.getvalue()
    for word in ("banjo", "Tess", "Copper", "Castellane"):
        assert word not in logged.getvalue()


# Strangers


async def count_rows(chat: TelegramStage) -> list[int]:
    async with chat.bot.database.read() as tx:
        tables = (actor, address, inbox)
        return [(await tx.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]


async def test_strangers_are_refused_once_and_leave_no_row(database: Database) -> None:
    async with telegram_stage(database, allowed={"7"}) as chat:
        strangers = [chat.person(user, "Dov", "Birch") for user in range(100, 120)]
        acts = []
        for stranger in strangers:
            phone = stranger.phone
            acts += [phone.write("/start"), phone.send_photo(), phone.tap_data("note:1:sent", 1), phone.write("hello?")]
        await chat.takes(*acts)
        await chat.takes(*(stranger.phone.write("please") for stranger in strangers))
        assert [stranger.phone.said for stranger in strangers] == [[PRIVATE_BOT]] * 20
        assert await count_rows(chat) == [0, 0, 0]
        assert len(await chat.nora.writes("/start")) == 1
        assert await count_rows(chat) == [1, 1, 1]


async def test_a_stranger_who_takes_a_known_name_stays_a_stranger(database: Database) -> None:
    async with telegram_stage(database, allowed={"7"}) as chat:
        await chat.nora.writes("/start")
        other = chat.person(70, "Nora", "Castellane")
        assert await other.writes("/start") == [PRIVATE_BOT]
        assert await count_rows(chat) == [1, 1, 1]


async def test_where_the_bot_is_private_groups_meet_silence(database: Database) -> None:
    async with telegram_stage(database, allowed={"7"}) as chat:
        group = chat.telegram.group(-5)
        await chat.takes(group.write(chat.telegram.person(100), "/start"))
        assert group.said == []
        assert await count_rows(chat) == [0, 0, 0]


async def test_a_stranger_whom_the_refusal_cannot_reach_troubles_nobody(database: Database) -> None:
    async with telegram_stage(database, allowed={"7"}) as chat:
        chat.telegram.fail_next("sendMessage", 1, "403:bot was blocked by the user")
        stranger = chat.person(100)
        await stranger.writes("/start")
        assert stranger.phone.said == []
        assert len(await chat.nora.writes("/start")) == 1
