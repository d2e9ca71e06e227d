"""Files that the bot brings, on both chats: byte for byte, once, in their place, and with words where they cannot."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession, web
from sqlalchemy import select

from bot.assembly import Bot
from bot.slack.calls import Workspace, client
from bot.slack.uploads import upload
from bot.telegram import Telegram
from handlers.desk import Desk
from handlers.messages import Choice, Message, Sender, plain
from handlers.worker import outbox_row
from scheduler import delivery
from scheduler.parcels import parcel_of, with_file
from scheduler.wire import BrokenOff, Document, FileRefused, Parcel
from storage import documents, outbox
from storage.database import Database
from storage.tables import document
from storage.tables import outbox as outbox_table
from tests import pictures
from tests.bot.slack_stage import SlackStage, slack_stage
from tests.bot.telegram_stage import SETTLE_IN, TOKEN, TelegramStage, telegram_stage
from tests.stage import LOS_ANGELES

MEGA = 1024 * 1024
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" + bytes(range(256))
SHOW = (Choice("Show", "note:999:show"),)
Brought = tuple[str, str, bytes]


@dataclass(repr=False)
class Chat:
    """Nora in one of the two chats, to whom files are brought."""

    stage: TelegramStage | SlackStage

    @property
    def is_slack(self) -> bool:
        return isinstance(self.stage, SlackStage)

    @property
    def sender(self) -> Sender:
        return Sender("slack", "U0NORA", "U0NORA", "T0HOME") if self.is_slack else Sender("telegram", "7", "7")

    async def says(self, *messages: tuple[Message, str, bytes], subject: str = "", mime: str = "text/calendar") -> None:
        """Put these into the outbox in one turn; without content, the words alone."""
        async with self.stage.bot.database.write() as tx:
            desk = await self._desk(await self.stage.bot.worker.desk_of(tx, self.sender))
            for message, name, content in messages:
                if content:
                    await desk.attach(message, name, mime, content, subject)
                else:
                    desk.say(message, subject)
            await outbox.add(tx, [outbox_row(out, desk.address_id, desk.now) for out in desk.out])

    async def _desk(self, desk: Desk | None) -> Desk:
        assert desk is not None
        return desk

    async def brings(self, words: str = "Here it is.", name: str = "calendar.ics", content: bytes = CALENDAR) -> None:
        await self.says((plain(words), name, content))
        await self.stage.bot.settle()

    async def shows(self, message: Message, subject: str) -> None:
        """As a tap on it would."""
        async with self.stage.bot.database.write() as tx:
            desk = await self._desk(await self.stage.bot.worker.desk_of(tx, self.sender))
            desk.tapped = subject
            desk.show(message, subject)
            await outbox.add(tx, [outbox_row(out, desk.address_id, desk.now) for out in desk.out])
        await self.stage.bot.settle()

    async def tidies(self, subject: str, under: str) -> None:
        async with self.stage.bot.database.write() as tx:
            desk = await self._desk(await self.stage.bot.worker.desk_of(tx, self.sender))
            desk.tidy(subject, under)
            await outbox.add(tx, [outbox_row(out, desk.address_id, desk.now) for out in desk.out])
        await self.stage.bot.settle()

    @property
    def got(self) -> list[Brought]:
        """What the bot said since Nora settled in: words, and name and bytes of the file."""
        if isinstance(self.stage, SlackStage):
            world, said = (
                self.stage.slack.world,
                [kept for kept in self.stage.nora.client.dm.kept.values() if kept.by_bot],
            )
            found = [
                (kept.at_first, [(f["name"], world.files[f["id"]][1]) for f in kept.wire.get("files", [])])
                for kept in said
            ]
            return [("", *files[0]) if files else (words, "", b"") for words, files in found][self.before :]
        kept_files = self.stage.telegram.world.files
        wires = [kept.wire for kept in self.stage.nora.phone.kept.values() if kept.by_bot]
        return [_read(wire, kept_files) for wire in wires][self.before :]

    before: int = 0

    @property
    def files(self) -> list[tuple[str, bytes]]:
        return [(name, body) for _, name, body in self.got if name]

    def fails(self, method: str, kind: str, times: int = 1) -> None:
        (self.stage.slack if isinstance(self.stage, SlackStage) else self.stage.telegram).fail_next(method, times, kind)

    @property
    def last_step(self) -> str:
        """The call that shows a file."""
        return "files.completeUploadExternal" if self.is_slack else "sendDocument"

    async def states(self) -> list[str]:
        async with self.stage.bot.database.read() as tx:
            asked = select(outbox_table.c.state).where(outbox_table.c.subject == "file").order_by(outbox_table.c.id)
            return list((await tx.execute(asked)).scalars())


def _read(wire: dict[str, object], kept: dict[str, tuple[str, bytes]]) -> Brought:
    words = str(wire.get("text") or wire.get("caption") or "")
    one: object = wire.get("document") or (wire["photo"][-1] if isinstance(wire.get("photo"), list) else None)  # type: ignore[index]
    return (words, *kept[one["file_id"]]) if isinstance(one, dict) else (words, "", b"")


@pytest.fixture(params=["telegram", "slack"])
async def chat(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Chat]:
    """Nora, who has settled in."""
    if request.param == "slack":
        async with slack_stage(database) as slack:
            await slack.nora.writes("/start")
            chat = Chat(slack)
            chat.before = len(chat.got)
            yield chat
            assert not slack.slack.methods.files.with_token
        return
    async with telegram_stage(database) as telegram:
        await telegram.nora.writes_all(*SETTLE_IN)
        chat = Chat(telegram)
        chat.before = len(chat.got)
        yield chat


def words_and_file(chat: Chat, words: str, name: str, content: bytes) -> list[Brought]:
    """Telegram has both in one message; Slack shows the file under its words."""
    return [(words, "", b""), ("", name, content)] if chat.is_slack else [(words, name, content)]


# Brought


@pytest.mark.parametrize("name", ["calendar.ics", 'Übersicht "2026" – расходы.csv'])
async def test_a_file_arrives_byte_for_byte_under_its_name(chat: Chat, name: str) -> None:
    await chat.brings("Copper Falls, in your calendar with one tap.", name)
    shown = name.replace('"', "-")
    assert chat.got == words_and_file(chat, "Copper Falls, in your calendar with one tap.", shown, CALENDAR)


async def test_files_stand_in_their_place_among_the_messages(chat: Chat) -> None:
    three = bytes(range(256)) * (3 * MEGA // 256)
    await chat.says((plain("Before."), "", b""), (plain("The file."), "year.csv", three), (plain("After."), "", b""))
    await chat.stage.bot.settle()
    middle = words_and_file(chat, "The file.", "year.csv", three)
    assert chat.got == [("Before.", "", b""), *middle, ("After.", "", b"")]


async def test_words_that_are_no_markup_are_read_as_they_are(chat: Chat) -> None:
    await chat.brings("<b>Tom & Jerry</b> <!channel> *tips*")
    assert chat.got[0][0] == "<b>Tom & Jerry</b> <!channel> *tips*"


async def test_one_who_is_told_to_slow_down_gets_each_file_once(chat: Chat) -> None:
    chat.stage.may_refuse = True
    first = "files.getUploadURLExternal" if chat.is_slack else "sendDocument"
    chat.fails(first, "429:3")
    await chat.says((plain("The file."), "calendar.ics", CALENDAR), (plain("After."), "", b""))
    await chat.stage.bot.settle()
    assert chat.got == []
    await chat.stage.passes(4)
    assert chat.got == [*words_and_file(chat, "The file.", "calendar.ics", CALENDAR), ("After.", "", b"")]


async def test_a_file_whose_fate_is_unknown_is_not_brought_again(chat: Chat) -> None:
    chat.stage.may_refuse = True
    chat.fails(chat.last_step, "lost")
    await chat.says((plain("The file."), "calendar.ics", CALENDAR), subject="file")
    await chat.stage.bot.settle()
    await chat.stage.passes(60)
    assert len(chat.files) == 1
    assert await chat.states() == ["unknown"]


async def test_a_server_that_is_down_is_asked_again(chat: Chat) -> None:
    chat.stage.may_refuse = True
    chat.fails("files.getUploadURLExternal" if chat.is_slack else "sendDocument", "502")
    await chat.brings()
    assert chat.files == []
    await chat.stage.passes(60)
    assert chat.files == [("calendar.ics", CALENDAR)]


async def test_a_kill_between_the_arrival_and_the_mark_costs_one_more_copy_at_most(chat: Chat) -> None:
    await chat.says((plain("The file."), "calendar.ics", CALENDAR), subject="file")
    dying = chat.stage.bot.deliverer
    assert await dying._step()
    await asyncio.wait(dying._under_way)
    assert await chat.states() == ["sending"]
    for _ in range(2):
        wires = dying._wires
        anew = Bot(chat.stage.bot.database, wires, LOS_ANGELES, chat.stage.clock)
        await anew.deliverer.take_over()
        await anew.settle()
    assert chat.files == 2 * [("calendar.ics", CALENDAR)]
    assert await chat.states() == ["sent"]


# Buttons


async def test_the_buttons_of_a_file_work_and_its_words_can_be_changed(chat: Chat) -> None:
    message = Message(("Copper Falls is on Friday.",), choices=(SHOW,))
    await chat.says((message, "calendar.ics", CALENDAR), subject="x:1")
    await chat.stage.bot.settle()
    assert await chat.stage.nora.taps("Show") == ["That one is gone."]
    for words in ("Copper Falls is on Monday.", "Copper Falls is on Tuesday."):
        await chat.shows(plain(words, SHOW), "x:1")
    await chat.tidies("x:1", "Taken back.")
    (shown,) = [s for s in chat.stage.nora.screen if "Copper Falls" in s.text]
    assert shown.text.split() == ["Copper", "Falls", "is", "on", "Tuesday.", "Taken", "back."]
    assert not shown.buttons
    assert chat.files == [("calendar.ics", CALENDAR)]


async def test_long_words_go_before_the_file_that_has_the_buttons(database: Database) -> None:
    async with telegram_stage(database) as stage:
        await stage.nora.writes_all(*SETTLE_IN)
        chat = Chat(stage)
        chat.before = len(chat.got)
        long = "😀" * 512 + "!"
        await chat.says((Message((long,), choices=(SHOW,)), "calendar.ics", CALENDAR), subject="x:1")
        await stage.bot.settle()
        assert chat.got == [(long, "", b""), ("", "calendar.ics", CALENDAR)]
        assert [bool(shown.buttons) for shown in stage.nora.screen[-2:]] == [False, True]
        await chat.tidies("x:1", "")
        assert not any(shown.buttons for shown in stage.nora.screen[-2:])
        await chat.brings("😀" * 512)
        assert chat.got[2:] == [("😀" * 512, "calendar.ics", CALENDAR)]


# Pictures


PICTURES = [
    (pictures.png(800, 600), "sendPhoto"),
    (pictures.png(9000, 1000), "sendPhoto"),
    (pictures.png(9000, 1001), "sendDocument"),
    (pictures.png(2100, 100), "sendDocument"),
    (pictures.png(800, 600, size=10 * MEGA + 1), "sendDocument"),
    (b"no picture", "sendDocument"),
]


@pytest.mark.parametrize(("content", "method"), PICTURES)
async def test_a_chart_is_a_photo_where_telegram_takes_it_as_one(
    database: Database, content: bytes, method: str
) -> None:
    async with telegram_stage(database) as stage:
        await stage.nora.writes_all(*SETTLE_IN)
        chat = Chat(stage)
        await chat.says((plain("Your year."), "chart.png", content), mime="image/png")
        await stage.bot.settle()
        assert chat.got[-1] == ("Your year.", "chart.png", content)
        assert len(stage.telegram.called(method, "ok")) == 1


async def test_what_telegram_refuses_as_a_photo_comes_as_a_document(database: Database) -> None:
    async with telegram_stage(database) as stage:
        await stage.nora.writes_all(*SETTLE_IN)
        stage.may_refuse, chat = True, Chat(stage)
        stage.telegram.fail_next("sendPhoto", 1, "400:PHOTO_INVALID_DIMENSIONS")
        await chat.says((plain("Your year."), "chart.png", pictures.png()), mime="image/png")
        await stage.bot.settle()
        assert chat.got[-1] == ("Your year.", "chart.png", pictures.png())


# Refused


NOT_TAKEN = "did not take the file. Ask for it once more."
ANNOUNCE = "files.getUploadURLExternal"
REFUSED = [
    ("telegram", "sendDocument", "400:WEBDOCUMENT_INVALID", f"Telegram {NOT_TAKEN}"),
    ("telegram", "sendDocument", "413:Request Entity Too Large", f"Telegram {NOT_TAKEN}"),
    ("slack", ANNOUNCE, "error:missing_scope", "Slack doesn't let me send files. Whoever installed me"),
    ("slack", ANNOUNCE, "error:file_uploads_disabled", "Slack takes no files from me here, or none of this size."),
    ("slack", ANNOUNCE, "error:storage_limit", f"Slack {NOT_TAKEN}"),
]


@pytest.mark.parametrize(("chat", "method", "kind", "said"), REFUSED, indirect=["chat"])
async def test_a_file_that_is_refused_leaves_its_words_and_a_line(
    chat: Chat, method: str, kind: str, said: str
) -> None:
    chat.stage.may_refuse = True
    chat.fails(method, kind)
    message = Message(("Copper Falls is on Friday.",), choices=(SHOW,))
    await chat.says((message, "calendar.ics", CALENDAR), (plain("After."), "", b""))
    await chat.stage.bot.settle()
    assert [words for words, _, _ in chat.got][1:] == ["After."]
    assert chat.got[0][0].split("\n")[0] == "Copper Falls is on Friday."
    assert said in chat.got[0][0]
    assert chat.stage.nora.screen[-2].buttons


async def test_a_file_that_is_gone_or_anothers_is_not_brought(chat: Chat) -> None:
    await chat.says((plain("The file."), "calendar.ics", CALENDAR))
    async with chat.stage.bot.database.write() as tx:
        (row,) = await outbox.claim(tx, [chat.sender.platform], chat.stage.clock(), (1, 1, 1))
        assert await documents.content(tx, row.document_id, row.address_id + 1) is None
        await tx.execute(document.delete())
        await outbox.reopen(tx, [chat.sender.platform])
    await chat.stage.bot.settle()
    ((words, name, _),) = chat.got
    assert words.split("\n")[-1] == "The file that belongs here is gone. Ask for it once more."
    assert name == ""


async def test_an_upload_address_that_ran_out_is_asked_for_anew_and_once(database: Database) -> None:
    async with slack_stage(database) as stage:
        await stage.nora.writes("/start")
        chat = Chat(stage)
        chat.fails("upload", "404")
        await chat.brings()
        assert chat.files == [("calendar.ics", CALENDAR)]
        assert len(stage.slack.called("files.getUploadURLExternal", "ok")) == 2
        chat.fails("upload", "400", times=2)
        await chat.brings("Another.", "other.ics")
        assert len(chat.files) == 1
        assert "Slack did not take the file." in stage.nora.last.text


@pytest.mark.parametrize("kind", ["429:3", "502"])
async def test_what_is_half_shown_is_finished_and_not_begun_anew(
    database: Database, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("bot.slack.uploads.asyncio", SimpleNamespace(sleep=sleep))
    async with slack_stage(database) as stage:
        await stage.nora.writes("/start")
        stage.may_refuse, chat = True, Chat(stage)
        chat.before = len(chat.got)
        chat.fails("files.completeUploadExternal", kind)
        await chat.brings()
        assert chat.got == [("Here it is.", "", b""), ("", "calendar.ics", CALENDAR)]
        assert slept == [3.0 if kind.startswith("429") else 1]


async def test_an_upload_that_breaks_off_is_begun_anew(database: Database) -> None:
    async with slack_stage(database) as stage:
        await stage.nora.writes("/start")
        chat = Chat(stage)
        chat.fails("upload", "reset")
        await chat.brings()
        assert chat.files == []
        await stage.passes(60)
        assert chat.files == [("calendar.ics", CALENDAR)]


async def test_the_bytes_go_to_slack_and_to_no_other_host(database: Database) -> None:
    async with slack_stage(database) as stage, ClientSession() as session:
        stage.slack.world.base_url = "http://elsewhere.example"
        await stage.slack.until(lambda: True)
        api = f"http://127.0.0.1:{stage.slack.port}/api/"
        at = Workspace("T0HOME", "", "", "", client(api, stage.slack.home.bot_token, session))
        with pytest.raises(FileRefused, match="another host"):
            await upload(session, at, api, Document("a.ics", "text/calendar", CALENDAR))
        stage.slack.world.base_url = f"http://127.0.0.1:{stage.slack.port}"


# On the way


@pytest.fixture
async def sink() -> AsyncIterator[str]:
    """A server that reads all and keeps nothing."""

    async def answer(request: web.Request) -> web.Response:
        async for _ in request.content.iter_chunked(64 * 1024):
            pass
        chat = {"id": 7, "type": "private"}
        return web.json_response({"ok": True, "result": {"message_id": 1, "date": 0, "chat": chat}})

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_three_megabytes_are_read_once_and_leave_without_a_copy(
    chat: Chat, sink: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytes(3 * MEGA)
    await chat.says((plain("The year."), "year.csv", content))
    wire = Telegram(TOKEN, sink)
    await wire._http.initialize()
    database = chat.stage.bot.database
    async with database.write() as tx:
        (row,) = await outbox.claim(tx, [chat.sender.platform], chat.stage.clock(), (1, 1, 1))
        parcel = await parcel_of(tx, row)
        await outbox.reopen(tx, [chat.sender.platform])
    assert parcel is not None
    assert parcel.document is None
    tracemalloc.start()
    whole = await with_file(database, row, parcel)
    await wire.send(Parcel(Sender("telegram", "7", "7"), whole.message, document=whole.document))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    await wire._http.shutdown()
    with capsys.disabled():
        print(f"\nbringing 3 MB cost {peak / MEGA:.1f} MB at most")
    assert peak < 2.4 * len(content)


async def test_what_breaks_off_on_the_way_surely_did_not_arrive() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(100_000)
        writer.transport.abort()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    wire = Telegram(TOKEN, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await wire._http.initialize()
    year = Document("year.csv", "text/csv", bytes(12 * MEGA))
    with pytest.raises(BrokenOff):
        await wire.send(Parcel(Sender("telegram", "7", "7"), plain("The year."), document=year))
    await wire._http.shutdown()
    server.close()
    await server.wait_closed()


async def test_what_breaks_off_time_and_again_is_said_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with telegram_stage(database) as stage:
        await stage.nora.writes_all(*SETTLE_IN)
        chat, send = Chat(stage), stage.wire.send
        chat.before = len(chat.got)

        async def breaks(parcel: Parcel) -> str:
            if parcel.document:
                raise BrokenOff
            return await send(parcel)

        monkeypatch.setattr(stage.wire, "send", breaks)
        await chat.brings()
        for _ in range(delivery.MOST_BROKEN_OFF):
            assert chat.got == []
            await stage.passes(60)
        (said,) = [words for words, _, _ in chat.got]
        assert said.endswith("the file did not get through to Telegram. Ask for it once more.")
