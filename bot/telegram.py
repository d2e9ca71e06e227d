"""Telegram: updates are stored before they are acknowledged, messages leave as the Bot API takes them."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")  # before the import: else reading RetryAfter.retry_after warns

import aiohttp
from telegram import Bot as TelegramBot
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram import Message as SentMessage
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from yarl import URL

from bot.assembly import Clock, system_clock
from bot.listening import DEAF_SECONDS, Beat, Deaf, Receives, RefusedToken
from bot.parts import has_words, label
from bot.telegram_files import CAPTION, send_file
from bot.telegram_http import SURELY_NOT_SENT, AiohttpRequest, NotWhole
from bot.telegram_text import LIMIT, html_parts, plain_text
from bot.telegram_updates import PLATFORM, read_update
from handlers.commands import COMMANDS
from handlers.messages import Received, Rows, Sender
from scheduler.wire import (
    Blocked,
    BrokenOff,
    Document,
    Elsewhere,
    HoldBack,
    Moved,
    Parcel,
    Refused,
    TooBig,
    Trouble,
    Unreachable,
    Unsure,
)

log = logging.getLogger(__name__)

POLL_SECONDS = 30
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
REFUSED = RefusedToken("TELEGRAM_BOT_TOKEN: Telegram does not know this token. BotFather has the right one.")
PRIVATE_BOT = "This Buttonhook is private."
MOST_REMEMBERED = 10_000
NUDGES_PER_SECOND = 25


class _Api(TelegramBot):
    async def updates(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """The raw updates: one that cannot be read must not stand in the way of the others."""
        data = {"timeout": seconds, "allowed_updates": ALLOWED_UPDATES} | ({"offset": offset} if offset else {})
        return list(await self._post("getUpdates", data, read_timeout=seconds + 10))


class Telegram:
    """The wire to Telegram, and the loop that listens to it."""

    platform = PLATFORM

    def __init__(self, token: str, api_url: str, allowed: Collection[str] = (), clock: Clock = system_clock) -> None:
        self._clock = clock
        self._http = AiohttpRequest(128)
        self._files_url = f"{api_url}/file/bot{token}"
        self._api = _Api(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._http,
            get_updates_request=AiohttpRequest(2),
        )
        self._allowed = allowed
        self._refused: set[str] = set()
        self._answering: set[asyncio.Task[None]] = set()
        self._next_nudge = 0.0

    async def start(self) -> None:
        """Wait for the network, check the token, set the menu; raises `RefusedToken`."""
        await self._until_reached(self._api.initialize)
        await self._until_reached(self._api.delete_webhook)  # one that was left there would shut the poller out
        commands = [BotCommand(c.word, c.description) for c in COMMANDS if c.listed]
        await self._until_reached(lambda: self._api.set_my_commands(commands))

    async def _until_reached(self, call: Callable[[], Awaitable[object]]) -> None:
        pause = 1.0
        while True:
            try:
                await call()
            except InvalidToken:
                raise REFUSED from None
            except (NetworkError, RetryAfter) as error:
                wait = _seconds(error.retry_after) if isinstance(error, RetryAfter) else pause
                log.warning("Telegram is not reached (%s); trying again in %.0f s", type(error).__name__, wait)
                await asyncio.sleep(wait)
                pause = min(pause * 2, 60)
            else:
                return

    async def stop(self) -> None:
        """Let go of the connections."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=5)
        await self._api.shutdown()

    async def listen(self, bot: Receives, beat: Beat) -> None:
        """Poll for ever: the next call, which acknowledges, is made only after the bot has stored the last.

        Raises `RefusedToken`, and `Deaf` after 90 seconds without a word.
        """
        offset: int | None = None
        pause = 1.0
        loop = asyncio.get_running_loop()
        heard = loop.time()
        while True:
            try:
                updates = await self._api.updates(offset, POLL_SECONDS)
                await self._take_in(updates, bot)
                await beat()
            except asyncio.CancelledError:
                raise
            except InvalidToken:
                raise REFUSED from None
            except Exception as error:  # noqa: BLE001 - whatever it is, listening goes on and nothing was acknowledged
                self._say_trouble(error)
                if loop.time() - heard > DEAF_SECONDS:
                    raise Deaf("Telegram") from None
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)
            else:
                pause, heard = 1.0, loop.time()
                offset = updates[-1]["update_id"] + 1 if updates else offset

    def _say_trouble(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            log.error("Telegram: another program uses this token. Stop one of the two.")
        elif isinstance(error, NetworkError):
            log.warning("Telegram is not reached (%s)", type(error).__name__)
        else:
            log.error("listening to Telegram failed", exc_info=error)

    async def _take_in(self, updates: Sequence[dict[str, Any]], bot: Receives) -> None:
        acts: list[Received] = []
        for update in updates:
            try:
                act = read_update(update, self._clock())
            except Exception as error:  # noqa: BLE001 - whatever is odd about one update must not block the others
                log.warning("update %s cannot be read: %s", update.get("update_id"), type(error).__name__)
                continue
            if act and self._may_come_in(act):
                acts.append(act)
        await bot.receive(acts)
        for update in updates:
            if isinstance(query := update.get("callback_query"), dict):
                self._in_background(self._answer(str(query.get("id"))))

    def _may_come_in(self, act: Received) -> bool:
        if not self._allowed or act.sender.user in self._allowed:
            return True
        if act.sender.user and act.sender.user not in self._refused and len(self._refused) < MOST_REMEMBERED:
            self._refused.add(act.sender.user)
            self._in_background(self._refuse(act.sender.chat))
        return False

    def _in_background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answer(self, query_id: str) -> None:
        """The wire's own acknowledgement of a tap: empty, so that the button stops spinning."""
        try:
            await self._api.answer_callback_query(query_id)
        except TelegramError as error:
            log.debug("a tap was not acknowledged: %s", type(error).__name__)

    async def _refuse(self, chat: str) -> None:
        try:
            await self._api.send_message(int(chat), PRIVATE_BOT)
        except TelegramError as error:
            log.debug("a stranger was not answered: %s", type(error).__name__)

    async def send(self, parcel: Parcel) -> str:
        """Say or edit; raises the exceptions of `scheduler.wire`."""
        if parcel.by_clock:
            await self._pace()
        try:
            return await self._change(parcel) if parcel.replaces else await self._say(parcel)
        except TelegramError as error:
            raise _trouble(error) from None

    async def fetch(self, to: Sender, reference: str, most: int) -> bytes:  # noqa: ARG002 - a file_id is the bot's own
        """The bytes of a file, by its file_id; raises the exceptions of `scheduler.wire`."""
        try:
            file = await self._api.get_file(reference)
        except TelegramError as error:
            raise _file_trouble(error) from None
        address = str(file.file_path or "")
        if not address.startswith(f"{self._files_url}/"):  # a server of one's own that keeps its files on its disk
            raise Elsewhere("a path, not an address")
        return await self._http.download(URL(address), most)

    async def _pace(self) -> None:
        """Nudges leave evenly below Telegram's limit of about 30 a second for all chats."""
        loop = asyncio.get_running_loop()
        at = max(self._next_nudge, loop.time())
        self._next_nudge = at + 1 / NUDGES_PER_SECOND
        await asyncio.sleep(at - loop.time())

    async def _say(self, parcel: Parcel) -> str:
        sends = self._sends(parcel)
        sent_id = ""
        for number, send in enumerate(sends):
            while True:
                try:
                    sent_id = str((await send()).message_id)
                    break
                except RetryAfter as error:
                    if number == 0:
                        raise
                    # The parts before are out already, so this one waits here instead of beginning anew.
                    await asyncio.sleep(_seconds(error.retry_after))
        return sent_id

    def _sends(self, parcel: Parcel) -> list[Callable[[], Awaitable[SentMessage]]]:
        """The calls that bring a message, one after the other; the buttons stand under the last."""
        options = {"chat_id": int(parcel.to.chat), "disable_notification": not parcel.sound}
        last = options | {"reply_markup": _keyboard(parcel.message.choices)}
        file = parcel.document
        parts = html_parts(parcel.message) if file is None or has_words(parcel.message) else []
        if file is None:
            sends = [partial(self._send_words, part, options) for part in parts[:-1]]
            return [*sends, partial(self._send_words, parts[-1], last)]
        caption = parts[0] if parts and len(html_parts(parcel.message, CAPTION)) == 1 else ""
        sends = [partial(self._send_words, part, options) for part in parts if not caption]
        return [*sends, partial(self._send_file, file, caption, last)]

    async def _send_words(self, part: str, options: Mapping[str, Any]) -> SentMessage:
        send = partial(self._api.send_message, link_preview_options=LinkPreviewOptions(is_disabled=True), **options)
        return await _readable(part, lambda text, mode: send(text=text, parse_mode=mode))

    async def _send_file(self, file: Document, caption: str, options: Mapping[str, Any]) -> SentMessage:
        send = partial(send_file, self._api, file, **options)
        return await _readable(caption, lambda text, mode: send(caption=text or None, parse_mode=mode))

    async def _change(self, parcel: Parcel) -> str:
        parts = html_parts(parcel.message, CAPTION if parcel.on_file else LIMIT)
        if len(parts) > 1 and not (parcel.quiet and parcel.on_file):
            return parcel.replaces if parcel.quiet else await self._say(parcel)
        where = {"chat_id": int(parcel.to.chat), "message_id": int(parcel.replaces)}
        edit = partial(self._edit, parts, on_file=parcel.on_file)
        try:
            await edit(where | {"reply_markup": _keyboard(parcel.message.choices)})
        except BadRequest as error:
            if "not modified" in error.message.lower() or parcel.quiet:
                return parcel.replaces
            if "chat not found" in error.message.lower():
                raise
            return await self._say(parcel)
        return parcel.replaces

    async def _edit(self, parts: Sequence[str], where: Mapping[str, Any], *, on_file: bool) -> None:
        """The words of a message; of a file its caption, or where the words stand before the file, its buttons."""
        if not on_file:
            preview = LinkPreviewOptions(is_disabled=True)
            await self._api.edit_message_text(parts[0], parse_mode="HTML", link_preview_options=preview, **where)
        elif len(parts) == 1:
            await self._api.edit_message_caption(caption=parts[0], parse_mode="HTML", **where)
        else:
            await self._api.edit_message_reply_markup(**where)


async def _readable(part: str, send: Callable[[str, str | None], Awaitable[SentMessage]]) -> SentMessage:
    """Send our HTML, and as plain text where Telegram cannot read it."""
    try:
        return await send(part, "HTML")
    except BadRequest as error:
        if "parse entities" not in error.message.lower():
            raise
        log.warning("Telegram could not read our HTML; the message goes as plain text")
        return await send(plain_text(part), None)


def _trouble(error: TelegramError) -> Trouble:
    """What an error of a call means for the message that was to leave."""
    match error:
        case RetryAfter():
            return HoldBack(_seconds(error.retry_after))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Blocked(error.message)
        case BadRequest():
            return (Blocked if "chat not found" in error.message.lower() else Refused)(error.message)
        case NetworkError():
            return _lost(error)
    raise error


def _lost(error: NetworkError) -> Trouble:
    """Whether a call that broke off may have been heard."""
    cause = error.__cause__
    if isinstance(cause, NotWhole):
        return BrokenOff()
    may_be = isinstance(error, TimedOut) or isinstance(cause, aiohttp.ClientError)
    return Unsure() if may_be and not isinstance(cause, SURELY_NOT_SENT) else Unreachable()


def _file_trouble(error: TelegramError) -> Trouble:
    """Its "wrong file_id or the file is temporarily unavailable" means both, so that is tried again."""
    words = error.message.lower()
    if "too big" in words:
        return TooBig(error.message)
    return Unreachable(error.message) if "temporarily" in words else _trouble(error)


def _seconds(retry_after: Any) -> float:
    return float(retry_after.total_seconds()) if hasattr(retry_after, "total_seconds") else float(retry_after)


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label(c.label), callback_data=c.data) for c in row] for row in rows if row]
    )
