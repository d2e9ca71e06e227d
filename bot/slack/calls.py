"""Calls to Slack's Web API, one client a workspace; what goes wrong is told in the words of `scheduler.wire`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import ClientConnectorError, ClientSession, ClientTimeout, ConnectionTimeoutError, TCPConnector
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.wire import Blocked, HoldBack, Refused, Trouble, Unreachable, Unsure

log = logging.getLogger(__name__)
quiet = logging.getLogger("slack_sdk")  # with a level of its own: else each call writes out a line that nobody reads
quiet.setLevel(logging.CRITICAL)

SURELY_NOT_SENT = (ClientConnectorError, ConnectionTimeoutError)
BAD_TOKEN = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope")
_GONE = (
    "channel_not_found",
    "not_in_channel",
    "user_not_found",
    "user_not_in_channel",
    "user_disabled",
    "users_not_found",
    "is_archived",
    "cannot_dm_bot",
    "messages_tab_disabled",
    "restricted_action",
    "not_allowed_token_type",
)
_UNSURE = ("internal_error", "fatal_error", "request_timeout")
TOKEN_PAUSE = 60.0


@dataclass(frozen=True)
class Workspace:
    """A workspace that we are installed in."""

    team: str
    name: str
    bot_user: str
    bot_id: str
    client: AsyncWebClient


def new_session() -> ClientSession:
    """The connections to Slack; the proxy of the environment is honoured."""
    wait = ClientTimeout(total=15, sock_connect=5)
    return ClientSession(connector=TCPConnector(limit=128), timeout=wait, trust_env=True)


def client(api_url: str, token: str, session: ClientSession) -> AsyncWebClient:
    """A client that tries each call once: what becomes of a failed one is the outbox's to say."""
    return AsyncWebClient(token, api_url, session=session, retry_handlers=[], logger=quiet)


def trouble(error: Exception) -> Trouble:
    """What an error of a call means for the message that was to leave."""
    if isinstance(error, SlackApiError):
        return _refusal(error)
    if isinstance(error, SURELY_NOT_SENT):
        return Unreachable(type(error).__name__)
    if isinstance(error, aiohttp.ClientError | TimeoutError):
        return Unsure(type(error).__name__)
    raise error


def error_name(error: SlackApiError) -> str:
    """Slack's word for what went wrong, as "channel_not_found"."""
    return str(error.response.get("error", "")) if isinstance(getattr(error.response, "data", None), dict) else ""


def _refusal(error: SlackApiError) -> Trouble:
    name, status = error_name(error), int(getattr(error.response, "status_code", 0) or 0)
    if status == 429 or name in ("ratelimited", "rate_limited"):
        return HoldBack(_seconds(error.response.headers))
    if name in BAD_TOKEN:
        log.error("Slack does not take the token any more (%s); what is to leave waits", name)
        return HoldBack(TOKEN_PAUSE)
    if name in _GONE:
        return Blocked(name)
    if name in _UNSURE:
        return Unsure(name)
    return Unreachable(str(status)) if status >= 500 or not name else Refused(f"{name} {_details(error)}".strip())


def _seconds(headers: Any) -> float:
    after = str(headers.get("Retry-After", headers.get("retry-after", "1")))
    return float(after) if after.isdecimal() and len(after) < 6 else 30.0


def _details(error: SlackApiError) -> str:
    """Where in the blocks Slack saw a fault; its messages name shapes, not words."""
    told = error.response.get("response_metadata") or {}
    return "; ".join(str(message) for message in told.get("messages", ())[:3])[:300]
