"""Slack: what comes in is stored before it is acknowledged, messages leave as the Web API takes them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.assembly import Bot, Clock, system_clock
from bot.download import download
from bot.listening import DEAF_SECONDS, Beat, Deaf, RefusedToken
from bot.parts import has_words
from bot.slack.acts import PLATFORM, UNREADABLE, asker, in_direct_message, person, read_body, read_profile
from bot.slack.blocks import Block, home_view, message_parts, modal_view, people_options
from bot.slack.calls import BAD_TOKEN, Workspace, client, error_name, new_session, quiet, trouble
from bot.slack.door import Door
from bot.slack.files import own_address
from bot.slack.in_order import InOrder
from bot.slack.manifest import EVENTS_PATH
from bot.slack.uploads import share, upload
from handlers.messages import Form, Home, Received, Sender
from handlers.outside import Profile
from handlers.worker import WRITTEN_THERE
from scheduler.wire import Blocked, Document, HoldBack, Parcel, Trouble, Unreachable

log = logging.getLogger(__name__)

LISTENING_SECONDS, PROFILE_SECONDS = 5.0, 1.0
NUDGES_PER_SECOND = 5
_NO_THREAD = ("thread_not_found", "cannot_reply_to_message")  # its first message was taken away
_NOT_CHANGED = ("message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_inactive")


class Slack:
    """The wire to Slack's workspaces, and the doors through which they reach us."""

    platform = PLATFORM
    path = EVENTS_PATH

    def __init__(
        self,
        tokens: Sequence[str],
        api_url: str,
        app_token: str = "",
        secret: str = "",
        *,
        allowed: Collection[str] = (),
        clock: Clock = system_clock,
    ) -> None:
        self._tokens = tokens
        self._api_url = api_url
        self._app_token = app_token
        self._allowed = allowed
        self._clock = clock
        self._workspaces: dict[str, Workspace] = {}
        self.teams: dict[tuple[str, str], str] = {}
        self._direct: dict[tuple[str, str], str] = {}
        self._bot: Bot | None = None
        self._order = InOrder(self._store)
        self._door: Door | None = None
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None
        self._next_nudge = 0.0

    async def start(self) -> None:
        """Wait for the network and learn the workspaces; raises `RefusedToken`."""
        self._session = new_session()
        for token in self._tokens:
            at = await self._until_reached(client(self._api_url, token, self._session))
            self._workspaces[at.team] = at
            self.teams[PLATFORM, at.team] = at.name
        self._door = Door(self._answer, self._order, self._workspaces, self._secret)

    async def _until_reached(self, web_client: AsyncWebClient) -> Workspace:
        pause = 1.0
        while True:
            try:
                told = await web_client.auth_test()
                return Workspace(told["team_id"], told["team"], told["user_id"], told["bot_id"], web_client)
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                if isinstance(error, SlackApiError) and error_name(error) in BAD_TOKEN:
                    raise RefusedToken(
                        "SLACK_BOT_TOKEN: Slack does not know this token. The app's page, OAuth & Permissions, has it."
                    ) from None
                what = trouble(error)
                wait = what.seconds if isinstance(what, HoldBack) else pause
                log.warning("Slack is not reached (%s); trying again in %.0f s", type(error).__name__, wait)
                await asyncio.sleep(wait)
                pause = min(pause * 2, 60)

    async def stop(self) -> None:
        """Let go of the connections."""
        if self._door:
            await self._door.close()
        if self._session:
            await self._session.close()

    # What comes in

    async def listen(self, bot: Bot, beat: Beat) -> None:
        """Take in what comes; raises `Deaf` after 90 seconds without an open socket."""
        self._bot = bot
        if self._door is None or self._session is None:
            raise RuntimeError("listens before it was started")
        if self._app_token:
            await self._check_app_token()
            await self._door.connect(self._app_token, client(self._api_url, "", self._session))
        loop = asyncio.get_running_loop()
        heard = loop.time()
        while True:
            if not self._app_token or await self._door.is_open():
                heard = loop.time()
                await beat()
            elif loop.time() - heard > DEAF_SECONDS:
                raise Deaf("Slack")
            await asyncio.sleep(LISTENING_SECONDS)

    async def _check_app_token(self) -> None:
        """Ask once for a socket: the library would ask for ever."""
        assert self._session is not None  # noqa: S101
        try:
            await client(self._api_url, "", self._session).apps_connections_open(app_token=self._app_token)
        except SlackApiError as error:
            if error_name(error) in (*BAD_TOKEN, "not_allowed_token_type"):
                raise RefusedToken(
                    "SLACK_APP_TOKEN: Slack does not know this token. It begins with xapp- and needs connections:write."
                ) from None
        except (aiohttp.ClientError, TimeoutError):
            quiet.debug("not reached yet; the socket keeps trying")

    async def http(self, request: web.Request) -> web.StreamResponse:
        """A request of Slack's."""
        return await self._door.http(request) if self._door and self._bot else web.Response(status=503)

    async def _store(self, acts: Sequence[Received]) -> None:
        if self._bot is None:
            raise RuntimeError("nobody listens yet")
        await self._bot.receive(acts)

    async def _answer(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Store what a payload tells; what it returns stands in the acknowledgement."""
        if body.get("type") == "block_suggestion":
            return await self._suggest(body)
        acts = [act for act in self._read(body) if await self._may_come_in(act)]
        if body.get("type") == "view_submission" and acts and (errors := await self._errors(acts[0])):
            return {"response_action": "errors", "errors": errors}
        await self._order.keep(acts)
        return await self._in_public(body) if acts else None

    def _read(self, body: Mapping[str, Any]) -> list[Received]:
        try:
            acts = read_body(body, self._clock())
            event = body.get("event") or {}
            if acts and (event.get("channel_type") == "im" or event.get("type") == "app_home_opened"):
                self._direct[acts[0].sender.team, acts[0].sender.user] = str(event["channel"])
        except UNREADABLE as error:
            log.warning("a payload of Slack's cannot be read: %s", type(error).__name__)
            return []
        return acts

    async def _may_come_in(self, act: Received) -> bool:
        sender = act.sender
        if sender.team not in self._workspaces or (self._allowed and sender.user not in self._allowed):
            return False
        if act.incoming.kind not in ("profile", "opened") or self._bot is None:
            return True
        # Profiles of the whole workspace are told to us: whom we do not know stays unknown. And whom we know has
        # been greeted already.
        return await self._bot.knows(sender) == (act.incoming.kind == "profile")

    async def _in_public(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """A command given in a channel is answered in the direct message, and that is said where it was given."""
        channel = str(body.get("channel_id", ""))
        if "command" not in body or (in_direct_message(channel) and await self._is_ours(body, channel)):
            return None
        return {"response_type": "ephemeral", "text": WRITTEN_THERE}

    async def _is_ours(self, body: Mapping[str, Any], channel: str) -> bool:
        """Whether a direct message is that with us, and not with somebody else; where nothing tells, it is."""
        sender = person(str(body.get("team_id")), str(body.get("user_id")))
        known = self._direct.get((sender.team, sender.user))
        if known is None and self._bot:
            known = (await self._bot.last_sent(sender)).partition(":")[0]
        return not known or known == channel

    async def _suggest(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            sender = asker(body)
        except UNREADABLE:
            return {"options": []}
        people = await self._bot.suggest(sender, str(body.get("value", ""))) if self._bot else ()
        return {"options": people_options(people)}

    async def _errors(self, act: Received) -> Mapping[str, str]:
        return await self._bot.form_errors(act.sender, act.incoming) if self._bot else {}

    async def profile(self, sender: Sender) -> Profile | None:
        """Name and zone as the profile tells them; None where Slack does not say in time."""
        at = self._workspaces.get(sender.team)
        try:
            async with asyncio.timeout(PROFILE_SECONDS):
                told = await at.client.users_info(user=sender.user) if at else None
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.info("a profile was not to be had: %s", type(error).__name__)
            return None
        return Profile(*read_profile(told["user"])) if told else None

    async def fetch(self, to: Sender, reference: str, most: int) -> bytes:
        """The bytes of a file, by its address; raises the exceptions of `scheduler.wire`."""
        url = own_address(reference, self._api_url)
        at = self._workspaces.get(to.team)
        if at is None or self._session is None:
            raise Unreachable("no token for this workspace")
        return await download(self._session, url, most, {"Authorization": f"Bearer {at.client.token}"})

    # What goes out

    async def send(self, parcel: Parcel) -> str:
        """Say, change or show; raises the exceptions of `scheduler.wire`."""
        if parcel.by_clock:
            await self._pace()
        at = self._workspaces.get(parcel.to.team)
        if at is None:
            raise Blocked("no token for this workspace")
        try:
            return await self._hand_over(at, parcel)
        except Trouble:
            raise
        except Exception as error:  # noqa: BLE001 - sorted there, and raised again where it is not Slack's
            raise trouble(error) from None

    async def _hand_over(self, at: Workspace, parcel: Parcel) -> str:
        if isinstance(parcel.surface, Home):
            await at.client.views_publish(user_id=parcel.to.user, view=home_view(parcel.surface))
            return ""
        if isinstance(parcel.surface, Form):
            return await self._show_form(at, parcel.surface)
        if parcel.document:  # comes to the person alone, wherever it was asked for
            return await self._bring(at, parcel, parcel.document)
        if parcel.to.chat != parcel.to.user:
            return await self._whisper(at, parcel)
        return await self._change(at, parcel) if parcel.replaces else await self._say(at, parcel)

    async def _show_form(self, at: Workspace, form: Form) -> str:
        if form.opener:
            await at.client.views_open(trigger_id=form.opener, view=modal_view(form))
            return ""
        try:
            await at.client.views_update(view_id=form.view, view=modal_view(form))
        except SlackApiError as error:
            if error_name(error) != "not_found":  # closed meanwhile; what it held was reported as it was typed
                raise
        return ""

    async def _whisper(self, at: Workspace, parcel: Parcel) -> str:
        """In a channel, to one person alone."""
        for part in message_parts(parcel.message):
            await at.client.chat_postEphemeral(channel=parcel.to.chat, user=parcel.to.user, **part)
        return ""

    async def _bring(self, at: Workspace, parcel: Parcel, document: Document) -> str:
        """The words with their buttons, which can be changed since their id is known, and under them the file.

        Slack tells no id of the message in which it shows a file.
        """
        if self._session is None:
            raise Unreachable("not started")
        file_id = await upload(self._session, at, self._api_url, document)
        has_more = has_words(parcel.message) or parcel.message.choices
        sent_id = await self._say(at, parcel) if has_more else ""
        channel = await self._direct_message(at, parcel.to)
        await share(at, channel, file_id, document.name, _thread(parcel, channel))
        return sent_id

    async def _say(self, at: Workspace, parcel: Parcel) -> str:
        channel = await self._direct_message(at, parcel.to)
        thread = _thread(parcel, channel)
        sent_id = ""
        for number, part in enumerate(message_parts(parcel.message)):
            sent_id = await self._post(at, channel, part | {"thread_ts": thread}, is_first=number == 0)
        return f"{channel}:{sent_id}"

    async def _post(self, at: Workspace, channel: str, part: Block, *, is_first: bool) -> str:
        while True:
            try:
                sent = await at.client.chat_postMessage(
                    channel=channel, unfurl_links=False, unfurl_media=False, link_names=False, parse="none", **part
                )
                return str(sent["ts"])
            except SlackApiError as error:
                if error_name(error) in _NO_THREAD and part.get("thread_ts"):
                    return await self._post(at, channel, part | {"thread_ts": None}, is_first=is_first)
                what = trouble(error)
                if is_first or not isinstance(what, HoldBack):
                    raise
                # The parts before are out already, so this one waits here instead of beginning anew.
                await asyncio.sleep(what.seconds)

    async def _change(self, at: Workspace, parcel: Parcel) -> str:
        parts = message_parts(parcel.message)
        channel, _, ts = parcel.replaces.partition(":")
        if len(parts) > 1:
            return parcel.replaces if parcel.quiet else await self._say(at, parcel)
        try:
            await at.client.chat_update(channel=channel, ts=ts, parse="none", link_names=False, **parts[0])
        except SlackApiError as error:
            if error_name(error) not in _NOT_CHANGED:
                raise
            return parcel.replaces if parcel.quiet else await self._say(at, parcel)
        return parcel.replaces

    async def _direct_message(self, at: Workspace, to: Sender) -> str:
        """The channel in which we and they are alone."""
        if (to.team, to.user) not in self._direct:
            opened = await at.client.conversations_open(users=to.user)
            self._direct[to.team, to.user] = str(opened["channel"]["id"])
        return self._direct[to.team, to.user]

    async def _pace(self) -> None:
        """Nudges leave evenly, below what a workspace takes in a minute."""
        loop = asyncio.get_running_loop()
        at = max(self._next_nudge, loop.time())
        self._next_nudge = at + 1 / NUDGES_PER_SECOND
        await asyncio.sleep(at - loop.time())


def _thread(parcel: Parcel, channel: str) -> str | None:
    """The message in whose thread it is said, where that is in this channel."""
    return parcel.thread.partition(":")[2] if parcel.thread.startswith(f"{channel}:") else None
