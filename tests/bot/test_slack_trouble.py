"""What a bad network, a busy Slack or a token that is no more does to the bot: nothing that anyone would see."""

from __future__ import annotations

import asyncio
import io
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import ClientTimeout

from bot import logs
from bot.listening import Deaf, RefusedToken
from bot.slack.wire import Slack
from storage.database import Database, sqlite_url
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.bot.telegram_stage import COPPER_FALLS, Pauses
from tests.some import some

HELP = "Just tell me about an audition"
DEAD = ("invalid_auth", "account_inactive", "token_revoked", "token_expired")


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Pauses:
    """Where the wire and the library under it would sleep, the seconds are written down instead."""
    pauses = Pauses()
    monkeypatch.setattr("bot.slack.wire.asyncio", pauses)
    monkeypatch.setattr("slack_sdk.socket_mode.async_client.asyncio", pauses)
    return pauses


@pytest.fixture
async def chat(database: Database) -> AsyncIterator[SlackStage]:
    async with slack_stage(database, over_http=True) as stage:
        stage.may_refuse = True
        yield stage


@pytest.fixture(scope="module")
def evening_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which Nora has logged Copper Falls, played once and copied for each test."""
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("slack") / "evening.db"))

    async def play() -> None:
        database = Database(sqlite_url(path))
        async with slack_stage(database, over_http=True) as stage:
            for line in ("/start", *COPPER_FALLS, "save"):
                await stage.nora.writes(line)
        await database.close()

    asyncio.run(play())
    return path


@pytest.fixture
async def evening(evening_file: Path, tmp_path: Path) -> AsyncIterator[SlackStage]:
    """The Thursday on which Nora logged Copper Falls; two follow-ups come at 9:00."""
    database = Database(sqlite_url(Path(shutil.copy(evening_file, tmp_path / "evening.db"))))
    async with slack_stage(database, over_http=True) as stage:
        stage.may_refuse, stage.slack.world.counted = True, 1000  # ids that the database has not met
        yield stage
    await database.close()


def got(person: Person, words: str) -> int:
    """How many messages with these words arrived, whatever became of them since."""
    return sum(words in text for text in person.client.said)


def hurry(stage: SlackStage, seconds: float) -> None:
    """Let the wire lose its patience sooner than Slack would have it."""
    assert stage.wire._session
    stage.wire._session._timeout = ClientTimeout(total=seconds)


# Tokens


@pytest.mark.parametrize("error", DEAD)
async def test_a_token_that_slack_does_not_take_ends_the_start(database: Database, pauses: Pauses, error: str) -> None:
    async with slack_stage(database, starts=False) as chat:
        chat.slack.home.revoke(error)
        chat.may_refuse = True
        with pytest.raises(RefusedToken, match=r"SLACK_BOT_TOKEN: .*OAuth & Permissions") as refused:
            await chat.wire.start()
        assert "xoxb" not in repr(refused.value)
        assert pauses.seconds == []


async def test_an_app_token_that_slack_does_not_take_ends_the_listening(database: Database, pauses: Pauses) -> None:
    async with slack_stage(database, starts=False) as chat:
        chat.may_refuse = True
        wire = Slack([chat.slack.home.bot_token], chat.slack.api_url, f"{chat.slack.app_token}x", clock=chat.clock)
        await wire.start()
        with pytest.raises(RefusedToken, match=r"SLACK_APP_TOKEN: .*connections:write"):
            await wire.listen(chat.bot, chat._beat)
        await wire.stop()
        assert pauses.seconds == []


@pytest.mark.parametrize("error", DEAD)
async def test_what_is_to_leave_waits_for_a_token_that_is_taken(
    chat: SlackStage, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    chat.slack.home.revoke(error)
    assert await chat.nora.writes("/help") == []
    for _ in range(5):
        await chat.passes(10)
    said = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.getMessage() for record in said] == [
        f"Slack does not take the token any more ({error}); what is to leave waits"
    ]
    assert [record.exc_info for record in said] == [None]
    assert [call.method for call in chat.slack.calls if call.outcome == error] == ["users.info", "conversations.open"]

    chat.slack.home.revoke("")
    await chat.passes(20)
    assert got(chat.nora, HELP) == 1


async def test_the_trouble_of_one_workspace_is_not_that_of_another(database: Database) -> None:
    async with slack_stage(database, over_http=True, teams=["T0OTHER"]) as chat:
        chat.may_refuse = True
        dov = chat.person("U0DOV", "Dov Birch", team=chat.slack.team("T0OTHER"))
        chat.slack.home.revoke("account_inactive")
        await chat.nora.writes("/help")
        assert len(await dov.writes("/help")) == 1


# The start


async def test_the_network_is_waited_for_at_the_start(database: Database, pauses: Pauses) -> None:
    async with slack_stage(database, starts=False) as chat:
        await chat.slack.stop()
        starting = asyncio.create_task(chat.start())
        await pauses.until(8)
        assert pauses.seconds[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
        await chat.slack.start()
        await starting
        assert len(await chat.nora.writes("/start")) == 1


BUSY = {"500": 1, "429:90": 90, "reset": 1, "error:internal_error": 1}


@pytest.mark.parametrize("fault", BUSY)
async def test_a_busy_slack_is_waited_for_at_the_start(database: Database, pauses: Pauses, fault: str) -> None:
    async with slack_stage(database, starts=False) as chat:
        chat.may_refuse = True
        chat.slack.fail_next("auth.test", 1, fault)
        await chat.start()
        assert pauses.seconds[0] == BUSY[fault]
        assert len(await chat.nora.writes("/start")) == 1


@pytest.mark.parametrize("fault", ["500", "429:3", "reset"])
async def test_a_busy_slack_is_waited_for_at_the_first_socket(
    database: Database, pauses: Pauses, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr("bot.slack.door.PING_SECONDS", 0.05)
    async with slack_stage(database, starts=False) as chat:
        chat.may_refuse = True
        chat.slack.fail_next("apps.connections.open", 3, fault)
        await chat.start()
        assert len(await chat.nora.writes("/start")) == 1


async def test_who_has_no_socket_for_too_long_gives_up_and_is_started_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.wire.LISTENING_SECONDS", 0.01)
    monkeypatch.setattr("bot.slack.wire.DEAF_SECONDS", 0.1)
    async with slack_stage(database) as chat:
        chat.may_refuse = True
        chat.slack.fail_next("apps.connections.open", 100, "500")
        assert chat.listening
        chat.slack.cut()
        with pytest.raises(Deaf):
            await asyncio.wait_for(chat.listening, 5)


# What the network does to a message: the fault, and how often the reply, at least and at most, arrives


FAULTS = {
    "reset": (0, 0),  # the fake cuts before it works the call; a client cannot tell that from "lost"
    "lost": (1, 1),
    "stall": (1, 1),
    "500": (1, 1),
    "429:3": (1, 1),
    "error:ratelimited": (1, 1),
    "error:internal_error": (0, 0),
    "error:msg_too_long": (0, 0),
}


@pytest.mark.parametrize("fault", some(FAULTS, "reset", "lost", "429:3", "error:internal_error"))
async def test_a_reply_is_never_doubled_and_comes_where_it_can(chat: SlackStage, fault: str) -> None:
    hurry(chat, 1)
    chat.slack.fail_next("chat.postMessage", 1, fault)
    await chat.nora.writes("/help")
    for _ in range(4):
        await chat.passes(20)
    assert (got(chat.nora, HELP),) * 2 == FAULTS[fault]
    assert len(await chat.nora.writes("/help")) == 1, "what follows is not held up"


@pytest.mark.parametrize("fault", some(FAULTS, "reset", "stall", "error:ratelimited", "error:msg_too_long"))
async def test_a_nudge_comes_at_least_once_and_at_most_twice(evening: SlackStage, fault: str) -> None:
    hurry(evening, 1)
    evening.slack.fail_next("chat.postMessage", 1, fault)
    await evening.comes("2026-11-20 09:00")
    for _ in range(4):
        await evening.passes(20)
    assert (0 if fault == "error:msg_too_long" else 1) <= got(evening.nora, "Hi Tess,") <= 2
    assert got(evening.nora, "Hi Jo,") == 1


@pytest.mark.parametrize("fault", ["500", "429:3", "error:internal_error"])
async def test_the_way_to_the_direct_message_is_looked_for_again(evening: SlackStage, fault: str) -> None:
    evening.slack.fail_next("conversations.open", 1, fault)
    await evening.comes("2026-11-20 09:00")
    for _ in range(4):
        await evening.passes(20)
    assert [got(evening.nora, "Hi Tess,"), got(evening.nora, "Hi Jo,")] == [1, 1]


async def test_a_slack_that_is_down_for_an_hour_loses_nothing(evening: SlackStage) -> None:
    evening.slack.fail_next("chat.postMessage", 8, "503")
    await evening.comes("2026-11-20 09:00")
    for _ in range(60):
        await evening.passes(60)
    assert [got(evening.nora, "Hi Tess,"), got(evening.nora, "Hi Jo,")] == [1, 1]


async def test_a_refused_connection_is_tried_again(evening: SlackStage) -> None:
    await evening.slack.stop()
    await evening.comes("2026-11-20 09:00")
    await evening.slack.start()
    await evening.passes(60)
    assert [got(evening.nora, "Hi Tess,"), got(evening.nora, "Hi Jo,")] == [1, 1]


async def test_too_many_messages_hold_back_that_channel_alone(database: Database) -> None:
    async with slack_stage(database, over_http=True, flood=True) as chat:
        chat.may_refuse = True
        dov = chat.person("U0DOV", "Dov Birch")
        await chat.takes(*(chat.nora.client.write("/help") for _ in range(23)), dov.client.write("/help"))
        assert [got(chat.nora, HELP), got(dov, HELP)] == [20, 1]
        for _ in range(6):
            await chat.passes(1)
        assert got(chat.nora, HELP) == 23
        assert len(chat.slack.called("chat.postMessage", "ratelimited")) <= 4


async def test_a_card_that_cannot_be_changed_is_said_anew(evening: SlackStage) -> None:
    await evening.comes("2026-11-20 09:05")
    for error in ("message_not_found", "cant_update_message", "edit_window_closed"):
        evening.slack.fail_next("chat.update", 1, f"error:{error}")
        assert await evening.nora.taps("Sent") == ["Sent to Jo Fenwick by e-mail, today, 9:05 am."]
        await evening.nora.taps("Undo")


GONE = ("user_disabled", "channel_not_found", "messages_tab_disabled")


@pytest.mark.parametrize("error", GONE)
async def test_who_cannot_be_reached_is_parked_until_they_write(evening: SlackStage, error: str) -> None:
    evening.slack.fail_next("chat.postMessage", 1, f"error:{error}")
    await evening.comes("2026-11-20 10:00")
    tried = len(evening.slack.called("chat.postMessage"))
    await evening.comes("2026-11-20 11:00")
    assert len(evening.slack.called("chat.postMessage")) == tried == 1
    await evening.nora.writes("/help")
    assert [got(evening.nora, words) for words in ("Hi Tess,", "Hi Jo,", HELP)] == [1, 1, 1]


@pytest.mark.parametrize("fault", some(["500", "429:3", "stall", "error:user_not_found"], "500", "stall"))
async def test_without_a_profile_what_it_would_have_told_is_asked(chat: SlackStage, fault: str) -> None:
    hurry(chat, 1)
    chat.slack.fail_next("users.info", 1, fault)
    assert "How do you sign" in (await chat.nora.writes("/start"))[-1]


# The logs


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


@pytest.mark.parametrize("over_http", [False, True], ids=["socket", "http"])
async def test_the_log_holds_no_token_and_no_words_of_anybodys(
    database: Database, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, over_http: bool
) -> None:
    async with slack_stage(database, over_http=over_http) as chat:
        chat.may_refuse = True
        hurry(chat, 1)
        for line in ("/start", "/audition copper falls", "tess quillan", "banjo"):
            await chat.nora.writes(line)
        for fault in ("reset", "stall", "500", "error:invalid_blocks", "error:odd_thing", "error:token_revoked"):
            chat.slack.fail_next("chat.postMessage", 1, fault)
            await chat.nora.writes("banjo lessons")
            await chat.passes(70)
        with monkeypatch.context() as patch:
            patch.setattr(chat.bot.worker, "_database", None)
            patch.setattr(chat.slack.sockets, "patience", 0.1)
            await chat.nora.client.write("banjo once more").settled()
        assert "outbox row" in logged.getvalue()
        assert "could not be stored" in logged.getvalue()
        secrets = (chat.slack.home.bot_token, chat.slack.app_token, chat.slack.signing_secret)
        for word in ("banjo", "tess", "copper", "castellane", *secrets):
            assert word.lower() not in logged.getvalue().lower()
