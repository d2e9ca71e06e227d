"""Photos and documents sent to the bot, on both chats: fetched with its token, looked at, kept or refused in words."""

from __future__ import annotations

import asyncio
import logging
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import select
from yarl import URL

from bot.assembly import Bot
from bot.download import download
from bot.slack.files import own_address
from handlers.expenses.taking import WHAT_COST
from handlers.messages import Attached, Incoming, Received, Sender
from scheduler.fetching import PAUSES
from scheduler.wire import Elsewhere, Parcel, TooBig
from storage import files
from storage.database import Database, Record
from storage.tables import file, outbox
from tests import pictures
from tests.bot.slack_stage import SlackStage, slack_stage
from tests.bot.telegram_stage import TelegramStage, telegram_stage
from tests.some import first, some
from tests.stage import LOS_ANGELES, Phone, at

MEGA = 1024 * 1024


@dataclass(repr=False)
class Chat:
    """Nora in one of the two chats, who sends files."""

    stage: TelegramStage | SlackStage

    async def sends(self, name: str, body: bytes, mime: str = "image/jpeg", words: str = "") -> list[str]:
        """Returns what the bot said anew."""
        if isinstance(self.stage, SlackStage):
            return await self.stage.nora.does(self.stage.nora.client.sends_file(name, body, mimetype=mime, text=words))
        return await self.stage.nora.does(self.stage.nora.phone.send_document(name, body, words, mime))

    def fails(self, kind: str, times: int = 1) -> None:
        """So the next downloads will."""
        (self.stage.slack if isinstance(self.stage, SlackStage) else self.stage.telegram).fail_next(
            "download", times, kind
        )

    async def rows(self) -> list[Record]:
        async with self.stage.bot.database.read() as tx:
            return list((await tx.execute(select(file).order_by(file.c.id))).all())

    async def states(self) -> list[tuple[str, str]]:
        return [(row.state, row.why) for row in await self.rows()]

    async def passes(self, seconds: float) -> list[str]:
        """The clock goes on; returns what came."""
        self.stage.nora.news()
        await self.stage.passes(seconds)
        return self.stage.nora.news()


@pytest.fixture(params=["telegram", "slack"])
async def chat(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Chat]:
    """Nora, who has settled in."""
    if request.param == "slack":
        async with slack_stage(database) as slack:
            await slack.nora.writes("/start")
            yield Chat(slack)
        return
    async with telegram_stage(database) as telegram:
        telegram.may_refuse = True
        for line in ("/start", "Nora Castellane", "la", "9"):
            await telegram.nora.writes(line)
        yield Chat(telegram)


# Kept


KEPT = [
    ("headshot.jpg", pictures.jpeg(), "image/jpeg", f"Kept headshot.jpg, 240 KB. {WHAT_COST}"),
    ("receipt.png", pictures.png(), "image/png", f"Kept receipt.png, 20 KB. {WHAT_COST}"),
    ("IMG_4031.HEIC", pictures.heic(), "image/heic", f"Kept IMG_4031.HEIC, 200 KB. {WHAT_COST}"),
    ("sides.pdf", pictures.pdf(3 * MEGA // 2), "application/pdf", "Kept sides.pdf, 1.5 MB."),
]


@pytest.mark.parametrize(("name", "body", "mime", "said"), first(KEPT, 1), ids=[name for name, *_ in KEPT])
async def test_what_is_kept_is_kept_as_it_was_sent(chat: Chat, name: str, body: bytes, mime: str, said: str) -> None:
    assert await chat.sends(name, body, mime) == [said]
    (row,) = await chat.rows()
    assert (row.state, row.content, row.size, row.mime, row.name) == ("kept", body, len(body), mime, name)


async def test_the_type_is_read_from_the_bytes_whatever_the_name_claims(chat: Chat) -> None:
    await chat.sends("scan.jpg", pictures.pdf(), "image/jpeg")
    await chat.sends("scan", pictures.png(), "application/octet-stream")
    assert [row.mime for row in await chat.rows()] == ["application/pdf", "image/png"]


async def test_undo_drops_the_bytes_and_there_is_no_way_back(chat: Chat) -> None:
    await chat.sends("headshot.jpg", pictures.jpeg())
    await chat.stage.nora.taps("Undo")
    assert chat.stage.nora.last.text == "Dropped headshot.jpg. Nothing of it is left."
    (row,) = await chat.rows()
    assert (row.state, row.content) == ("dropped", None)
    assert await chat.stage.nora.writes("/undo") != ["Already taken back."]


async def test_undo_in_words_takes_the_file_first_and_what_was_before_it_next(chat: Chat) -> None:
    await chat.stage.nora.writes("/news wrapped a guest star on Harbor Lights")
    await chat.sends("headshot.jpg", pictures.jpeg())
    assert "Dropped headshot.jpg" in (await chat.stage.nora.writes("/undo"))[0]
    assert "Harbor Lights" in (await chat.stage.nora.writes("/undo"))[0]


async def test_the_words_under_a_file_count_and_the_open_question_stands_last(chat: Chat) -> None:
    await chat.stage.nora.writes("/news")
    await chat.stage.nora.writes("/cancel")
    await chat.stage.nora.writes("/audition Copper Falls, Nurse Ray")
    said = await chat.sends("room.jpg", pictures.jpeg(), words="Tess Quillan")
    assert [text for text in said if text.startswith("Kept room.jpg")] != []
    assert "Tess Quillan. What did you talk about?" in said[0]
    assert said[-1] == said[0]


async def test_a_telegram_photo_comes_in_its_largest_size(database: Database) -> None:
    async with telegram_stage(database) as stage:
        body = pictures.jpeg(1280, 960, size=100 * 1024)
        said = await stage.nora.does(stage.nora.phone.send_photo(body=body))
        assert said == [f"Kept photo.jpg, 100 KB. {WHAT_COST}"]
        assert [row.content for row in await Chat(stage).rows()] == [body]


async def test_an_animation_a_video_and_a_voice_message_are_answered_as_ever(database: Database) -> None:
    async with telegram_stage(database) as stage:
        gif = stage.telegram.world.file("wave.mp4", b"ftyp", mime_type="video/mp4")
        size = {"width": 9, "height": 9, "duration": 1}
        said = await stage.nora.does(stage.nora.phone.send({"animation": {**gif, **size}, "document": gif}))
        assert said == ["Words only here, please type it."]
        assert await Chat(stage).rows() == []
    async with slack_stage(database) as slack:
        said = await Chat(slack).sends("take1.mp4", b"ftyp", "video/mp4")
        assert said == ["Words only here, please type it."]
        assert await Chat(slack).rows() == []


async def test_a_big_one_is_said_to_be_under_way(chat: Chat) -> None:
    said = await chat.sends("sides.pdf", pictures.pdf(6 * MEGA), "application/pdf")
    assert said == ["sides.pdf is 6 MB: fetching it.", "Kept sides.pdf, 6 MB."]


async def test_what_is_delivered_twice_is_one_row_and_one_answer(database: Database) -> None:
    async with telegram_stage(database) as stage:
        update = stage.nora.phone.send_photo(body=pictures.jpeg())
        stage.telegram.deliver_again(update)
        assert await stage.nora.does(update) == [f"Kept photo.jpg, 240 KB. {WHAT_COST}"]
        stage.telegram.deliver_again(update)
        assert await stage.nora.does(update) == []
        assert len(await Chat(stage).rows()) == 1


async def test_several_in_one_message_are_each_answered_and_the_question_once(database: Database) -> None:
    async with slack_stage(database) as stage:
        client = stage.nora.client
        await stage.nora.writes("/start")
        await stage.nora.writes("/news")
        sent = [client._file(f"{n}.jpg", pictures.jpeg(size=50 * 1024), "image/jpeg") for n in range(5)]
        act = client._send(client.dm, {"text": "", "subtype": "file_share", "files": sent}, "")
        said = await stage.nora.does(act)
        assert sorted(said[:-1]) == [f"Kept {n}.jpg, 50 KB." for n in range(5)]
        assert "What are you up to?" in said[-1]
        assert sum("What are you up to?" in text for text in said) == 1


# Refused


REFUSED = [
    ("headshot.jpg", pictures.EXE, "image/jpeg", "kind", "isn't a kind I keep"),
    ("wave.gif", pictures.GIF, "image/gif", "kind", "JPEG, PNG, HEIC"),
    ("shot.webp", pictures.WEBP, "image/webp", "kind", "isn't a kind"),
    ("page.jpg", pictures.HTML, "image/jpeg", "kind", "isn't a kind"),
    ("notes.txt", b"hello", "text/plain", "kind", "isn't a kind"),
    ("bomb.png", pictures.png(13_000, 13_000), "image/png", "pixels", "25 megapixels"),
    ("strip.jpg", pictures.jpeg(10_001, 10), "image/jpeg", "pixels", "10,000 a side"),
    ("wide.heic", pictures.heic(8064, 6048), "image/heic", "pixels", "25 megapixels"),
    ("torn.jpg", pictures.jpeg()[:20], "image/jpeg", "damaged", "looks damaged"),
    ("torn.heic", pictures.heic()[:40], "image/heic", "damaged", "looks damaged"),
    ("flat.png", pictures.png(0, 600), "image/png", "damaged", "looks damaged"),
    ("script.pdf", pictures.pdf(10 * MEGA + 1), "application/pdf", "pdf", "is 10.1 MB, and 10 MB is the most"),
    ("void.jpg", b"", "image/jpeg", "empty", "is empty"),
]


EACH_REASON = {why: (name, body, mime, why, said) for name, body, mime, why, said in reversed(REFUSED)}.values()


@pytest.mark.parametrize(
    ("name", "body", "mime", "why", "said"), some(REFUSED, *EACH_REASON), ids=[name for name, *_ in REFUSED]
)
async def test_what_is_not_kept_is_refused_in_words(
    chat: Chat, name: str, body: bytes, mime: str, why: str, said: str
) -> None:
    words = (await chat.sends(name, body, mime))[-1]
    assert words.startswith(name)
    assert said in words
    assert await chat.states() == [("refused", why)]
    assert [row.content for row in await chat.rows()] == [None]


def test_the_bomb_is_small() -> None:
    assert len(pictures.png(13_000, 13_000)) <= 64 * 1024


async def test_more_than_20_mb_is_refused_by_what_is_told_of_it(chat: Chat) -> None:
    assert await chat.sends("reel.pdf", pictures.pdf(30 * MEGA), "application/pdf") == [
        "reel.pdf is 30 MB, and 20 MB is the most I take. A smaller copy will do."
    ]
    assert await chat.states() == [("refused", "big")]


async def test_who_tells_less_than_it_is_is_found_out(database: Database) -> None:
    async with slack_stage(database) as stage:
        client = stage.nora.client
        told = {**client._file("small.jpg", pictures.jpeg(size=21 * MEGA), "image/jpeg"), "size": 1000}
        said = await stage.nora.does(
            client._send(client.dm, {"text": "", "subtype": "file_share", "files": [told]}, "")
        )
        assert said == ["small.jpg is too big, and 20 MB is the most I take. A smaller copy will do."]


async def test_of_what_never_ends_no_more_than_20_mb_are_ever_in_memory(capsys: pytest.CaptureFixture[str]) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        with suppress(ConnectionError):
            while True:
                await answer.write(bytes(64 * 1024))
        return answer

    app = web.Application()
    app.router.add_get("/", endless)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        tracemalloc.start()
        with pytest.raises(TooBig):
            await download(session, URL(f"http://127.0.0.1:{runner.addresses[0][1]}/"), 20 * MEGA)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    await runner.cleanup()
    with capsys.disabled():
        print(f"\nrefusing what never ends cost {peak / MEGA:.1f} MB at most")
    assert peak < 30 * MEGA


async def test_telegram_says_itself_what_is_too_big(database: Database) -> None:
    async with telegram_stage(database) as stage:
        update = stage.nora.phone.send_document("reel.pdf", pictures.pdf(21 * MEGA), file_size=1000)
        assert "20 MB is the most I take" in (await stage.nora.does(update))[-1]
        assert await Chat(stage).states() == [("refused", "big")]


async def test_a_token_that_may_not_read_files_is_said_kindly_and_logged(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_stage(database) as stage:
        act = stage.nora.client.sends_file("headshot.jpg", pictures.jpeg())
        for workspace in stage.wire._workspaces.values():
            workspace.client.token = "xoxb-of-nobody"
        with caplog.at_level(logging.ERROR):
            await stage.slack.until(lambda: act.status == "acked")
            await stage.bot.worker.work()
            await stage.bot.fetcher.settle()
        async with database.read() as tx:
            (said,) = [row.message["body"][0] for row in await tx.execute(select(outbox)) if row.message["body"]]
        assert said.startswith("Slack doesn't let me read files.")
        assert "NoAccess" in caplog.text
        assert "xoxb" not in caplog.text
        stage.may_refuse = True


# The token goes nowhere else


API = "https://slack.com/api/"
OURS = [
    ("https://files.slack.com/files-pri/T1-F1/download/a.jpg", API),
    ("https://slack.com/files/a.jpg", API),
    ("https://files.slack.com:443/a.jpg", API),
    ("https://files.slack-gov.com/a.jpg", "https://slack-gov.com/api/"),
    ("http://127.0.0.1:8099/files-pri/a.jpg", "http://127.0.0.1:8099/api/"),
]
NOT_OURS = [
    ("http://files.slack.com/a.jpg", API),
    ("https://files.slack.com.evil.example/a.jpg", API),
    ("https://evil.example/files.slack.com/a.jpg", API),
    ("https://files.slack.com@evil.example/a.jpg", API),
    ("https://nora@files.slack.com/a.jpg", API),
    ("https://evil.example\\@files.slack.com/a.jpg", API),
    ("https://evil.example#@files.slack.com/a.jpg", API),
    ("https://files.slack.com:8443/a.jpg", API),
    ("https://docs.slack.com/a.jpg", API),
    ("ftp://files.slack.com/a.jpg", API),
    ("//files.slack.com/a.jpg", API),
    ("files.slack.com/a.jpg", API),
    ("https://[files.slack.com/a.jpg", API),
    ("https://files.slack.com:99999/a.jpg", API),
    ("file:///etc/passwd", API),
    ("", API),
    ("http://127.0.0.1:8098/a.jpg", "http://127.0.0.1:8099/api/"),
]


@pytest.mark.parametrize(("address", "api"), OURS)
def test_these_are_slacks_own(address: str, api: str) -> None:
    assert own_address(address, api).host


@pytest.mark.parametrize(("address", "api"), NOT_OURS)
def test_to_these_no_token_goes(address: str, api: str) -> None:
    try:
        host = own_address(address, api).host
    except Elsewhere:
        return
    pytest.fail(f"{address} is taken for {host}")


async def test_a_file_that_lies_elsewhere_is_not_called_for(database: Database) -> None:
    async with slack_stage(database) as stage, slack_stage(database) as other:
        client = stage.nora.client
        file_ = client._file("headshot.jpg", pictures.jpeg(), "image/jpeg")
        heard: list[str] = []

        async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.append((await reader.read(1000)).decode())
            writer.close()

        server = await asyncio.start_server(hear, "127.0.0.1", 0)
        elsewhere = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/headshot.jpg"
        body = {"text": "", "subtype": "file_share", "files": [{**file_, "url_private_download": elsewhere}]}
        said = await stage.nora.does(client._send(client.dm, body, ""))
        server.close()
        await server.wait_closed()
        assert heard == []
        assert said == ["headshot.jpg is only linked here, so I can't fetch it. Send the file itself."]
        assert other.slack.calls


# Trouble on the way


@pytest.mark.parametrize("kind", some(["429:3", "500", "503", "reset", "lost"], "429:3", "reset"))
async def test_what_breaks_off_is_fetched_again_after_a_pause_and_answered_once(chat: Chat, kind: str) -> None:
    chat.fails(kind, 2 if kind == "reset" else 1)  # the library itself calls once more where no byte had come
    assert await chat.sends("headshot.jpg", pictures.jpeg()) == []
    assert await chat.passes(4) == []
    assert await chat.passes(2) == [f"Kept headshot.jpg, 240 KB. {WHAT_COST}"]
    assert [row.attempts for row in await chat.rows()] == [1]


async def test_the_pause_is_as_long_as_is_asked_for(chat: Chat) -> None:
    chat.fails("429:60")
    await chat.sends("headshot.jpg", pictures.jpeg())
    assert await chat.passes(55) == []
    assert await chat.passes(6) == [f"Kept headshot.jpg, 240 KB. {WHAT_COST}"]


async def test_after_some_tries_it_is_given_up_kindly(chat: Chat) -> None:
    chat.fails("503", len(PAUSES) + 1)
    await chat.sends("headshot.jpg", pictures.jpeg())
    said = [await chat.passes(pause.total_seconds() + 1) for pause in PAUSES]
    assert said[:-1] == [[]] * (len(PAUSES) - 1)
    assert said[-1][0].startswith("I couldn't get headshot.jpg from")
    assert await chat.states() == [("refused", "tries")]
    assert await chat.passes(7200) == []


async def test_who_is_blocked_meanwhile_finds_it_kept_when_they_are_back(database: Database) -> None:
    async with telegram_stage(database) as stage:
        chat = Chat(stage)
        await stage.nora.writes("/start")
        chat.fails("503")
        await chat.sends("headshot.jpg", pictures.jpeg())
        stage.nora.phone.block()
        assert await chat.passes(10) == []
        assert await chat.states() == [("kept", "")]
        said = await stage.nora.writes("/help")
        assert "Kept headshot.jpg, 240 KB." in said


# Restarts, and others beside


class Shelf(Phone):
    """A chat whose files come when the test lets them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.now = self.most = 0
        self.may_go = asyncio.Event()
        self._changed = asyncio.Event()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def send(self, parcel: Parcel) -> str:
        sent = await super().send(parcel)
        self._changed.set()
        return sent

    async def fetch(self, to: Sender, reference: str, most: int) -> bytes:
        self.asked.append(reference)
        self._changed.set()
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.may_go.wait()
        finally:
            self.now -= 1
        if reference == "odd":
            raise KeyError(reference)
        return pictures.jpeg()


def received(event: str, chat: str, reference: str) -> Received:
    came = Attached("headshot.jpg", 1000, "image/jpeg", reference)
    return Received(Sender("telegram", chat, chat), event, Incoming("file", at("2026-11-19 16:10"), files=(came,)))


def new_bot(database: Database, shelf: Shelf) -> Bot:
    return Bot(database, {"telegram": shelf}, LOS_ANGELES, lambda: at("2026-11-19 16:10"))


async def test_what_a_dead_process_had_in_hand_is_fetched_by_the_next(database: Database) -> None:
    shelf = Shelf()
    bot = new_bot(database, shelf)
    await bot.receive([received("1", "7", "F1")])
    await bot.worker.work()
    dying = asyncio.create_task(bot.fetcher.settle())
    await shelf.until(lambda: bool(shelf.asked))
    bot.fetcher.stop()
    await dying
    assert shelf.chats == {}
    shelf.may_go.set()
    await new_bot(database, shelf).settle()
    assert shelf.asked == ["F1", "F1"]
    assert [shown.text for shown in shelf.chats["7"]] == [f"Kept headshot.jpg, 240 KB. {WHAT_COST}"]


async def test_two_at_once_and_one_of_each_chat(database: Database) -> None:
    shelf = Shelf()
    bot = new_bot(database, shelf)
    await bot.receive([received(f"a{n}", "7", f"flood {n}") for n in range(6)])
    await bot.receive([received(f"b{n}", str(n), f"single {n}") for n in (8, 9)])
    while await bot.worker.work():
        pass
    fetching = asyncio.create_task(bot.fetcher.settle())
    await shelf.until(lambda: shelf.now == 2)
    assert sorted(shelf.asked) == ["flood 0", "single 8"]
    shelf.may_go.set()
    await fetching
    assert shelf.most == 2
    assert len(shelf.asked) == 8


async def test_what_nobody_thought_of_is_tried_again_and_given_up_in_the_end(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Shelf()
    shelf.may_go.set()
    bot = new_bot(database, shelf)
    await bot.receive([received("1", "7", "odd")])
    with caplog.at_level(logging.ERROR):
        await bot.settle()
    assert "KeyError" in caplog.text
    async with database.read() as tx:
        (row,) = (await tx.execute(select(file))).all()
    assert (row.state, row.attempts) == ("fetching", 1)


async def test_the_running_bot_fetches_at_once_and_stops_in_the_middle_of_it(database: Database) -> None:
    shelf = Shelf()
    bot = new_bot(database, shelf)
    stop = asyncio.Event()
    running = asyncio.create_task(bot.run(stop))
    await bot.receive([received("1", "7", "F1")])
    await shelf.until(lambda: bool(shelf.asked))
    shelf.may_go.set()
    await shelf.until(lambda: bool(shelf.chats.get("7")))
    shelf.may_go.clear()
    await bot.receive([received("2", "7", "F2")])
    await shelf.until(lambda: len(shelf.asked) == 2)
    stop.set()
    await running
    async with database.read() as tx:
        assert [row.state for row in await tx.execute(select(file.c.state).order_by(file.c.id))] == ["kept", "fetching"]


async def test_a_file_is_found_by_whom_it_belongs_to_and_by_nobody_else(database: Database) -> None:
    shelf = Shelf()
    shelf.may_go.set()
    bot = new_bot(database, shelf)
    await bot.receive([received("1", "7", "F1"), received("2", "8", "F2")])
    await bot.settle()
    async with database.write() as tx:
        mine, theirs = (await tx.execute(select(file).order_by(file.c.id))).all()
        assert await files.find(tx, mine.actor_id, theirs.id) is None
        assert await files.content(tx, mine.actor_id, theirs.id) is None
        assert not await files.drop(tx, mine.actor_id, theirs.id)
        assert await files.content(tx, mine.actor_id, mine.id) == pictures.jpeg()
