"""The manifest that the Slack app is made from: within Slack's limits, and true to what the bot does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack.acts import OWN_COMMAND, read_body
from bot.slack.manifest import BUILT_IN, EVENTS, EVENTS_PATH, manifest, manifest_text
from handlers.commands import COMMANDS
from storage.database import Database
from tests.bot.slack_stage import slack_stage
from tests.readme import ROOT
from tests.stage import at

NEEDED_FOR = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "user_change": "users:read",
    "app_home_opened": "chat:write",
}
CALLED = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write",
    "users.info": "users:read",
    "auth.test": "",
    "views.open": "",
    "views.publish": "",
    "apps.connections.open": "",
}
HTTP = "https://buttonhook.example"


def commands(made: dict[str, Any]) -> list[str]:
    return [command["command"] for command in made["features"]["slash_commands"]]


def test_the_file_is_as_the_code_makes_it() -> None:
    text = (ROOT / "manifest.yaml").read_text(encoding="utf-8")
    assert text == manifest_text(), "python -m tests.readme writes it anew"
    assert yaml.safe_load(text) == manifest()


@pytest.mark.parametrize("url", ["", HTTP])
def test_it_keeps_to_slacks_limits(url: str) -> None:
    made = manifest(url)
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    slash, shortcuts = made["features"]["slash_commands"], made["features"]["shortcuts"]
    assert 1 <= len(slash) <= 50
    assert 1 <= len(shortcuts) <= 10
    for command in slash:
        assert re.fullmatch(r"/[a-z0-9_-]{1,32}", command["command"])
        assert 1 <= len(command["description"]) <= 2000
        assert len(command.get("usage_hint", "-")) in range(1, 1001)
    for shortcut in shortcuts:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
        assert len(shortcut["callback_id"]) <= 255


def test_every_command_is_there_but_slacks_own() -> None:
    listed = {f"/{command.word}" for command in COMMANDS if command.listed}
    assert set(commands(manifest())) == {f"/{OWN_COMMAND}", *listed} - {f"/{word}" for word in BUILT_IN}
    assert listed - set(commands(manifest())) == {"/help"}


def test_each_event_has_its_scope() -> None:
    scopes = manifest()["oauth_config"]["scopes"]["bot"]
    assert set(EVENTS) == set(NEEDED_FOR)
    assert set(NEEDED_FOR.values()) <= set(scopes)


def test_over_http_every_address_is_ours_and_there_is_no_socket() -> None:
    made, address = manifest(HTTP), f"{HTTP}{EVENTS_PATH}"
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["interactivity"]["message_menu_options_url"] == address
    assert not made["settings"]["socket_mode_enabled"]
    assert HTTP not in manifest_text()


def test_its_shortcuts_are_those_that_are_understood() -> None:
    for shortcut in manifest()["features"]["shortcuts"]:
        body = {"type": "shortcut", "callback_id": shortcut["callback_id"], "trigger_id": "1.2", "team": {"id": "T0"}}
        (act,) = read_body(body | {"user": {"id": "U0", "team_id": "T0"}}, at("2026-11-19 16:10"))
        assert act.incoming.kind == "shortcut"


async def test_a_day_calls_nothing_that_it_has_no_scope_for(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        await nora.does(nora.client.opens_home())
        for line in ("/audition copper falls, nurse ray", "tess quillan", "the banjo"):
            await nora.writes(line)
        await nora.taps("Save")
        await nora.does(nora.client.shortcut("log_audition"))
        called = {call.method for call in stage.slack.calls}
    scopes = {"", *manifest()["oauth_config"]["scopes"]["bot"]}
    assert called <= set(CALLED)
    assert {CALLED[method] for method in called} <= scopes


def test_the_readme_names_the_file() -> None:
    assert "(manifest.yaml)" in Path(ROOT / "README.md").read_text(encoding="utf-8")
