"""The app's manifest, made from the table of commands: to create the app is to paste it and to install.

Its shape and limits: https://docs.slack.dev/reference/app-manifest
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from bot.slack.acts import LOG_AUDITION, LOG_MESSAGE, OWN_COMMAND
from handlers.commands import COMMANDS

EVENTS_PATH = "/slack/events"
SCOPES = (
    "app_mentions:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
)
EVENTS = ("app_home_opened", "app_mention", "message.im", "user_change")
ABOUT = (
    "You leave an audition and tell it in a minute what it was, who was in the room and what was said. "
    "The next morning it brings the follow-up, ready to copy and send: a greeting by name, what you read for, what you "
    "are up to, and the one line that brings back what was talked about."
)
BUILT_IN = frozenset(files(__package__).joinpath("built_in_commands.txt").read_text(encoding="utf-8").split())
"""Commands of Slack's own, which no app may take."""


def manifest(url: str = "") -> dict[str, Any]:
    """The manifest; with the public address of our server for HTTP, without one for Socket Mode."""
    request = {"request_url": f"{url}{EVENTS_PATH}"} if url else {}
    command = {"url": f"{url}{EVENTS_PATH}"} if url else {}
    return {
        "display_information": {
            "name": "Buttonhook",
            "description": "For actors: log an audition in a minute, send the follow-up next morning.",
            "long_description": ABOUT,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Buttonhook", "always_online": True},
            "shortcuts": [
                _shortcut("Log an audition", "global", LOG_AUDITION, "What it was, who was there, what was said"),
                _shortcut("Log this as an audition", "message", LOG_MESSAGE, "With what the message tells"),
            ],
            "slash_commands": [
                {"command": f"/{word}", "description": about, "should_escape": False} | hint | command
                for word, about, hint in _commands()
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | request,
            "interactivity": {"is_enabled": True}
            | request
            | ({"message_menu_options_url": f"{url}{EVENTS_PATH}"} if url else {}),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _commands() -> list[tuple[str, str, dict[str, str]]]:
    """Every command whose word Slack leaves to apps; `/buttonhook` does all of them, whoever owns their words."""
    hint = {"usage_hint": "audition, followups, news, help ..."}
    all_of_them = (OWN_COMMAND, "everything, as /buttonhook audition", hint)
    words = [(c.word, c.description, dict[str, str]()) for c in COMMANDS if c.listed and c.word not in BUILT_IN]
    return [all_of_them, *words]


def _shortcut(name: str, kind: str, callback_id: str, description: str) -> dict[str, str]:
    return {"name": name, "type": kind, "callback_id": callback_id, "description": description}


def manifest_text(url: str = "") -> str:
    """The manifest as it is pasted."""
    return yaml.safe_dump(manifest(url), sort_keys=False, allow_unicode=True, width=100)
