"""The look-alike refuses what Slack refuses, seen through slack_sdk and slack_bolt."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person, Refused, Team
from tests.fakes.slack_http import signature
from tests.fakes.slack_mrkdwn import escaped, read_mrkdwn
from tests.fakes.slack_shown import read_blocks
from tests.fakes.slack_typed import typed

Json = dict[str, Any]
NORA = "U0NORA"


class Clock:
    """Seconds that pass when told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock=clock, patience=0.3, echoes=False) as fake:
        yield fake


@pytest.fixture
def nora(slack: FakeSlack) -> Person:
    return slack.person(NORA)


@pytest.fixture
def general(slack: FakeSlack, nora: Person) -> Channel:
    return slack.channel("C0GENERAL", members=[nora, slack.person("U0DANA", name="Dana Okafor")])


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.home.bot_token, base_url=slack.api_url, retry_handlers=[])


async def raw(slack: FakeSlack, method: str, token: str = "", **body: Any) -> Json:
    """A call as JSON by hand, for what the library would not let through."""
    headers = {"Authorization": f"Bearer {token or slack.home.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(slack.api_url + method, json=body) as answer,
    ):
        assert answer.status == 200
        found: Json = await answer.json()
        return found


async def outcome(slack: FakeSlack, method: str, **body: Any) -> str:
    """Slack's word for how a call ends."""
    answer = await raw(slack, method, **body)
    return "ok" if answer["ok"] else str(answer["error"])


# Blocks to try


def plain(text: str = "Save") -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "Saved.", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str = "Save", value: str = "save:1", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "value": value, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(text: str = "Self-tape", value: str = "tape") -> Json:
    return {"text": plain(text), "value": value}


def menu(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "kind", "options": list(options), **more}


def rich(*elements: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def said(text: str, **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def field(element: Json, label: str = "Project", block_id: str = "project", **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def typing(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "value", **more}


def modal(*blocks: Json, **more: Any) -> Json:
    usual = {"type": "modal", "callback_id": "form", "title": plain("Audition"), "submit": plain()}
    return {**usual, "blocks": list(blocks), **more}


def unsubmitted() -> Json:
    return {"type": "modal", "title": plain("Audition"), "blocks": []}


def many(what: Json, count: int) -> list[Json]:
    return [what] * count


# Who may call, and how


async def test_calls_need_a_known_token_that_still_lives(slack: FakeSlack) -> None:
    assert (await raw(slack, "auth.test", token="xoxb-unknown"))["error"] == "invalid_auth"
    assert (await raw(slack, "auth.test", token=slack.app_token))["error"] == "not_allowed_token_type"
    slack.home.revoke()
    assert await outcome(slack, "auth.test") == "token_revoked"
    async with aiohttp.ClientSession() as session, session.post(slack.api_url + "auth.test") as answer:
        assert (await answer.json())["error"] == "not_authed"


async def test_json_and_forms_are_read_alike(slack: FakeSlack, nora: Person) -> None:
    token = slack.home.bot_token
    form = {"token": token, "channel": NORA, "text": "Saved.", "blocks": json.dumps([section("From a *form*.")])}
    async with aiohttp.ClientSession() as session, session.post(slack.api_url + "chat.postMessage", data=form) as one:
        assert (await one.json())["ok"]
    assert await outcome(slack, "chat.postMessage", channel=NORA, text="From JSON.") == "ok"
    assert nora.said == ["From a form.", "From JSON."]
    assert "token" not in slack.calls[0].params
    assert [call.team for call in slack.called("chat.postMessage", "ok")] == ["T0HOME"] * 2


async def test_unknown_methods_and_missing_parameters(slack: FakeSlack) -> None:
    assert await outcome(slack, "chat.postTelepathy") == "unknown_method"
    answer = await raw(slack, "chat.postMessage", text="To whom?")
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


# Where the bot may write


async def test_a_person_stands_for_their_direct_message_when_it_is_written_to_and_only_then(
    slack: FakeSlack, nora: Person, client: AsyncWebClient
) -> None:
    opened = await client.conversations_open(users=NORA)
    assert opened["channel"]["id"] == nora.dm.id == "D0NORA"
    sent = await client.chat_postMessage(channel=NORA, text="Saved.")
    assert sent["channel"] == "D0NORA"
    for method in ("chat.update", "chat.delete"):
        assert await outcome(slack, method, channel=NORA, ts=sent["ts"], text="Kept.") == "channel_not_found"
    assert await outcome(slack, "chat.update", channel="D0NORA", ts=sent["ts"], text="Kept.") == "ok"
    assert await outcome(slack, "conversations.open", users="U0NOBODY") == "user_not_found"
    assert await outcome(slack, "conversations.open") == "users_list_not_supplied"


async def test_channels_the_bot_is_not_in_and_those_of_other_teams(slack: FakeSlack, nora: Person) -> None:
    studio = slack.team("T0STUDIO", name="Studio")
    slack.person("U0TESS", name="Tess Marlow", team=studio)
    slack.channel("C0OPEN", has_bot=False)
    slack.channel("C0SECRET", kind="group", has_bot=False)
    slack.channel("C0OLD").archived = True
    refused = {"C0OPEN": "not_in_channel", "C0OLD": "is_archived"}
    refused |= dict.fromkeys(("C0SECRET", "U0TESS", "D0TESS", "C0NOWHERE"), "channel_not_found")
    for channel, error in refused.items():
        assert await outcome(slack, "chat.postMessage", channel=channel, text="Saved.") == error
    assert (await raw(slack, "chat.postMessage", token=studio.bot_token, channel="U0TESS", text="Saved."))["ok"]


async def test_ephemeral_messages_reach_members_alone(slack: FakeSlack, nora: Person, general: Channel) -> None:
    dana, tess = slack.person("U0DANA"), slack.person("U0TESS", name="Tess Marlow")
    say = {"channel": "C0GENERAL", "text": "Only you see this."}
    assert await outcome(slack, "chat.postEphemeral", user=NORA, **say) == "ok"
    assert await outcome(slack, "chat.postEphemeral", user=tess.id, **say) == "user_not_in_channel"
    assert [one.ephemeral for one in nora.sees(general)] == [True]
    assert dana.sees(general) == []
    assert slack.public == []
    ts = nora.sees(general)[0].ts
    assert await outcome(slack, "chat.update", channel="C0GENERAL", ts=ts, text="Changed.") == "message_not_found"


async def test_what_the_bot_says_in_a_channel_is_public_whatever_becomes_of_it(
    slack: FakeSlack, general: Channel, nora: Person, client: AsyncWebClient
) -> None:
    sent = await client.chat_postMessage(channel="C0GENERAL", text="Nora has an audition.")
    await client.chat_update(channel="C0GENERAL", ts=sent["ts"], text="Never mind.")
    await client.chat_postMessage(channel=NORA, text="For you alone.")
    assert slack.public == ["Nora has an audition.", "Never mind."]
    assert [one.text for one in slack.person("U0DANA").sees(general)] == ["Never mind."]


async def test_only_own_messages_are_changed(slack: FakeSlack, nora: Person, client: AsyncWebClient) -> None:
    nora.write("Copper Falls")
    hers = nora.screen[-1].ts
    for method, error in (("chat.update", "cant_update_message"), ("chat.delete", "cant_delete_message")):
        assert await outcome(slack, method, channel="D0NORA", ts=hers, text="Kept.") == error
        assert await outcome(slack, method, channel="D0NORA", ts="1.000001", text="Kept.") == "message_not_found"
    sent = await client.chat_postMessage(channel=NORA, text="Saved.")
    await client.chat_delete(channel="D0NORA", ts=sent["ts"])
    assert nora.transcript == "> Copper Falls"


async def test_an_update_keeps_the_blocks_it_does_not_name(nora: Person, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel=NORA, text="Keep it?", blocks=[section("Keep it?"), actions(button())])
    ts = sent["ts"]
    await client.chat_update(channel="D0NORA", ts=ts, text="Kept.")
    assert (nora.screen[0].text, nora.screen[0].fallback) == ("Keep it?", "Kept.")
    await client.chat_update(channel="D0NORA", ts=ts, text="Kept.", blocks=[])
    assert (nora.transcript, nora.said) == ("  Kept.", ["Keep it?"])


async def test_replies_go_under_a_parent(slack: FakeSlack, nora: Person, client: AsyncWebClient) -> None:
    nora.write("Copper Falls")
    parent = nora.screen[0].ts
    reply = await client.chat_postMessage(channel=NORA, text="Saved.", thread_ts=parent)
    assert nora.screen[1].thread == parent
    refused = {reply["ts"]: "cannot_reply_to_message", "1.000001": "thread_not_found"}
    for ts, error in refused.items():
        assert await outcome(slack, "chat.postMessage", channel=NORA, text="Saved.", thread_ts=ts) == error


# Limits of messages: each refuses, and its neighbour passes


@pytest.mark.parametrize(
    ("method", "text", "ends"),
    [
        ("chat.postMessage", "", "no_text"),
        ("chat.postMessage", "a" * 40_000, "ok"),
        ("chat.postMessage", "a" * 40_001, "msg_too_long"),
        ("chat.update", "a" * 4000, "ok"),
        ("chat.update", "a" * 4001, "msg_too_long"),
    ],
)
async def test_lengths_of_texts(
    slack: FakeSlack, nora: Person, client: AsyncWebClient, method: str, text: str, ends: str
) -> None:
    sent = await client.chat_postMessage(channel=NORA, text="Saved.")
    assert await outcome(slack, method, channel="D0NORA", ts=sent["ts"], text=text) == ends


LIMITS: list[tuple[list[Json], list[Json], str]] = [
    (many(section(), 50), many(section(), 51), "no more than 50 items allowed [json-pointer:/blocks]"),
    ([section("a" * 3000)], [section("a" * 3001)],
     "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section("a")], [section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([{"type": "section", "fields": [plain()]}], [{"type": "section"}],
     "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    ([{"type": "section", "fields": many(plain("a" * 2000), 5)}], [{"type": "section", "fields": [plain("a" * 2001)]}],
     "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"),
    ([{"type": "header", "text": plain("a" * 150)}], [{"type": "header", "text": plain("a" * 151)}],
     "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
    ([{"type": "header", "text": plain()}], [{"type": "header", "text": {"type": "mrkdwn", "text": "a"}}],
     "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    ([actions(button("a" * 75))], [actions(button("a" * 76))],
     "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
    ([actions(button(value="a" * 2000))], [actions(button(value="a" * 2001))],
     "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"),
    ([actions(button(style="primary"))], [actions(button(style="success"))],
     "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]"),
    ([actions(*many(button(), 25))], [actions(*many(button(), 26))],
     "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
    ([actions(button())], [actions()], "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    ([actions(button(action_id="a"), button(action_id="b"))], [actions(button(action_id="a"), button(action_id="a"))],
     "`action_id` must be unique in its block [json-pointer:/blocks/0]"),
    ([section(block_id="a"), section(block_id="b")], [section(block_id="a"), section(block_id="a")],
     "`block_id` must be unique: a [json-pointer:/blocks/1/block_id]"),
    ([section(block_id="a" * 255)], [section(block_id="a" * 256)],
     "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    ([actions(menu(*(option(value=str(n)) for n in range(100))))],
     [actions(menu(*(option(value=str(n)) for n in range(101))))],
     "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"),
    ([actions(menu(option("a" * 75)))], [actions(menu(option("a" * 76)))],
     "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]"),
    ([actions(menu(option(value="a" * 150)))], [actions(menu(option(value="a" * 151)))],
     "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]"),
    ([actions(menu(option(), initial_option=option()))], [actions(menu(option(), initial_option=option("Tape")))],
     "`initial_option` must match an option [json-pointer:/blocks/0/elements/0]"),
    ([actions(menu(option()))], [actions({"type": "static_select"})],
     "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]"),
    ([{"type": "context", "elements": many(plain(), 10)}], [{"type": "context", "elements": many(plain(), 11)}],
     "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
    ([{"type": "divider"}], [{"type": "divider", "text": "—"}],
     "invalid additional property: text [json-pointer:/blocks/0]"),
    ([section()], [{"type": "carousel"}], "unsupported type: carousel [json-pointer:/blocks/0/type]"),
    ([section(accessory=button())], [section(accessory=typing())],
     "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]"),
    ([rich(said("a", style={"bold": True}))], [rich(said("a", style={"bold": "yes"}))],
     "must be a boolean [json-pointer:/blocks/0/elements/0/elements/0/style/bold]"),
    ([rich(said("a"))], [rich(said(""))],
     "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]"),
    ([rich({"type": "link", "url": "https://x.example/a"})], [rich({"type": "link", "url": "x"})],
     "must be a valid URL [json-pointer:/blocks/0/elements/0/elements/0/url]"),
    ([rich(said("a"), kind="rich_text_preformatted")],
     [rich({"type": "user", "user_id": NORA}, kind="rich_text_preformatted")],
     "unsupported type: user [json-pointer:/blocks/0/elements/0/elements/0/type]"),
    ([rich(said("a"))], [{"type": "rich_text", "elements": [said("a")]}],
     "unsupported type: text [json-pointer:/blocks/0/elements/0/type]"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "complaint"), LIMITS, ids=[limit[2] for limit in LIMITS])
async def test_limits_of_blocks(
    slack: FakeSlack, nora: Person, good: list[Json], bad: list[Json], complaint: str
) -> None:
    assert await outcome(slack, "chat.postMessage", channel=NORA, text="Saved.", blocks=good) == "ok"
    answer = await raw(slack, "chat.postMessage", channel=NORA, text="Saved.", blocks=bad)
    assert (answer["error"], answer["errors"]) == ("invalid_blocks", [complaint])
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {complaint}"]


async def test_the_text_of_all_blocks_together(slack: FakeSlack, nora: Person) -> None:
    say = {"channel": NORA, "text": "Saved."}
    full = many(section("a" * 3000), 4)
    assert await outcome(slack, "chat.postMessage", **say, blocks=[*full, section("a" * 1200)]) == "ok"
    assert await outcome(slack, "chat.postMessage", **say, blocks=[*full, section("a" * 1201)]) == "msg_blocks_too_long"
    assert await outcome(slack, "chat.postMessage", **say, blocks="[not json") == "invalid_blocks_format"
    assert await outcome(slack, "chat.postMessage", **say, blocks={"type": "divider"}) == "invalid_blocks_format"


# Modals: the same


async def opened(slack: FakeSlack, person: Person, view: Json) -> Json:
    """A try to open a modal with a fresh trigger."""
    return await raw(slack, "views.open", trigger_id=slack.world.trigger(person), view=view)


VIEWS: list[tuple[Json, Json, str]] = [
    (modal(title=plain("a" * 24)), modal(title=plain("a" * 25)), "must be less than 25 characters"),
    (modal(submit=plain("a" * 24)), modal(submit=plain("a" * 25)), "must be less than 25 characters"),
    (modal(close=plain("a" * 24)), modal(close=plain("a" * 25)), "must be less than 25 characters"),
    (modal(private_metadata="a" * 3000), modal(private_metadata="a" * 3001), "must be less than 3001 characters"),
    (modal(callback_id="a" * 255), modal(callback_id="a" * 256), "must be less than 256 characters"),
    (modal(*many(section(), 100)), modal(*many(section(), 101)), "no more than 100 items allowed"),
    (modal(notify_on_close=True), modal(on_close=True), "invalid additional property: on_close"),
    (modal(field(typing(), label="a" * 2000)), modal(field(typing(), label="a" * 2001)), "less than 2001"),
    (modal(field(typing(), hint=plain("a" * 2000))), modal(field(typing(), hint=plain("a" * 2001))), "less than 2001"),
    (modal(field(typing(placeholder=plain("a" * 150)))), modal(field(typing(placeholder=plain("a" * 151)))), "151"),
    (modal(field(typing(max_length=3000))), modal(field(typing(max_length=3001))), "between 1 and 3000"),
    (modal(field(typing(initial_value="ab", max_length=2))), modal(field(typing(initial_value="abc", max_length=2))),
     "`initial_value` is out of range"),
    (modal(field({"type": "datepicker", "action_id": "a", "initial_date": "2026-11-19"})),
     modal(field({"type": "datepicker", "action_id": "a", "initial_date": "19.11.2026"})), "must be a date"),
    (modal(field({"type": "timepicker", "action_id": "a", "initial_time": "16:10"})),
     modal(field({"type": "timepicker", "action_id": "a", "initial_time": "4pm"})), "must be a time"),
    (modal(field(typing(focus_on_load=True))),
     modal(field(typing(focus_on_load=True)), field(typing(focus_on_load=True), block_id="b")), "focus_on_load"),
    (modal(field(typing())), modal(field(button())), "unsupported type: button"),
    (modal(field(typing())), modal({"type": "input", "label": plain()}), "missing required field: element"),
    (modal(field(typing())), {**unsubmitted(), "blocks": [field(typing())]}, "`submit` is required"),
    (modal(section()), {"type": "home", "blocks": [section()]}, "unsupported type: home"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "complaint"), VIEWS)
async def test_limits_of_views(slack: FakeSlack, nora: Person, good: Json, bad: Json, complaint: str) -> None:
    assert (await opened(slack, nora, good))["ok"]
    answer = await opened(slack, nora, bad)
    assert answer["error"] == "invalid_arguments"
    (message,) = answer["response_metadata"]["messages"]
    assert complaint in message
    assert "[json-pointer:/view" in message


async def test_a_view_has_a_size(slack: FakeSlack, nora: Person) -> None:
    # menus of a hundred long values: each part is within its limits
    menus = [field(menu(*(option(value=f"{n:0100d}") for n in range(100)))) for _ in range(20)]
    blocks = [{**one, "block_id": f"b{number}"} for number, one in enumerate(menus)]
    assert (await opened(slack, nora, modal(*blocks[:10])))["ok"]
    assert (await opened(slack, nora, modal(*blocks)))["error"] == "view_too_large"


async def test_a_trigger_lives_three_seconds_and_opens_one_modal(slack: FakeSlack, nora: Person, clock: Clock) -> None:
    fresh, late = slack.world.trigger(nora), slack.world.trigger(nora)
    clock.now += 3.0
    assert await outcome(slack, "views.open", trigger_id=fresh, view=modal()) == "ok"
    assert await outcome(slack, "views.open", trigger_id=fresh, view=modal()) == "exchanged_trigger_id"
    clock.now += 0.1
    assert await outcome(slack, "views.open", trigger_id=late, view=modal()) == "expired_trigger_id"
    assert await outcome(slack, "views.open", trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"


async def test_a_modal_is_updated_by_its_id_and_hash_while_it_is_open(slack: FakeSlack, nora: Person) -> None:
    view = (await opened(slack, nora, modal(field(typing()))))["view"]
    nora.fills("Project", "Copper Falls")
    new = modal(field(typing()), field(typing(), label="Role", block_id="role"))
    answer = await raw(slack, "views.update", view_id=view["id"], hash=view["hash"], view=new)
    assert answer["view"]["state"]["values"]["project"]["value"]["value"] == "Copper Falls"
    assert await outcome(slack, "views.update", view_id=view["id"], hash=view["hash"], view=new) == "hash_conflict"
    assert nora.modal
    assert nora.modal.labels == ["Project", "Role"]
    nora.closes()
    assert nora.modal is None
    assert await outcome(slack, "views.update", view_id=view["id"], view=new) == "not_found"


async def test_external_ids_name_one_open_view(slack: FakeSlack, nora: Person) -> None:
    assert (await opened(slack, nora, modal(external_id="audition-1")))["ok"]
    new = modal(title=plain("New"), external_id="audition-1")
    assert await outcome(slack, "views.update", external_id="audition-1", view=new) == "ok"
    assert nora.modal
    assert nora.modal.title == "New"
    tess = slack.person("U0TESS", name="Tess Marlow")
    assert (await opened(slack, tess, modal(external_id="audition-1")))["error"] == "duplicate_external_id"
    nora.closes()
    assert (await opened(slack, tess, modal(external_id="audition-1")))["ok"]


async def test_three_modals_are_the_most(slack: FakeSlack, nora: Person) -> None:
    await opened(slack, nora, modal(title=plain("1")))
    for depth in ("2", "3"):
        trigger = slack.world.trigger(nora, nora.stack[-1])
        assert await outcome(slack, "views.push", trigger_id=trigger, view=modal(title=plain(depth))) == "ok"
    trigger = slack.world.trigger(nora, nora.stack[-1])
    assert await outcome(slack, "views.push", trigger_id=trigger, view=modal()) == "push_limit_reached"
    assert nora.modal
    assert nora.modal.title == "3"
    nora.closes()
    assert nora.modal.title == "2"


async def test_the_home_tab_is_published_with_a_hash(slack: FakeSlack, nora: Person) -> None:
    home = {"type": "home", "blocks": [section("*Due today*"), actions(button("Log an audition"), button("Undo"))]}
    first = await raw(slack, "views.publish", user_id=NORA, view=home)
    assert nora.home == "Due today\n[Log an audition] [Undo]"
    fresh = await raw(slack, "views.publish", user_id=NORA, view=home, hash=first["view"]["hash"])
    assert fresh["view"]["id"] == first["view"]["id"]
    stale = await outcome(slack, "views.publish", user_id=NORA, view=home, hash=first["view"]["hash"])
    assert stale == "hash_conflict"
    assert await outcome(slack, "views.publish", user_id="U0NOBODY", view=home) == "invalid_arguments"


# People


async def test_a_person_may_have_no_time_zone(slack: FakeSlack, nora: Person) -> None:
    slack.person("U0TESS", name="Tess Marlow", tz=None)
    slack.person("U0DANA", name="Dana Okafor", tz="Mars/Olympus")
    slack.person("U0STRANGER", team=slack.team("T0STUDIO"))
    told = {one: (await raw(slack, "users.info", user=one)).get("user", {}) for one in (NORA, "U0TESS", "U0DANA")}
    assert (told[NORA]["tz"], told[NORA]["profile"]["display_name"]) == ("America/Los_Angeles", "Nora")
    assert not {"tz", "tz_label", "tz_offset"} & told["U0TESS"].keys()
    assert told["U0DANA"]["tz"] == "Mars/Olympus"
    assert await outcome(slack, "users.info", user="U0NOBODY") == "user_not_found"
    assert await outcome(slack, "users.info", user="U0STRANGER") == "user_not_found"


# What a message says


@pytest.mark.parametrize(
    ("text", "reads", "fired"),
    [
        ("*Nora* met _Dana_ ~today~ `twice`", "Nora met Dana today twice", []),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4", []),
        ("<@U0NORA> &lt;@U0NORA&gt;", "@Nora Castellane <@U0NORA>", [("user", NORA)]),
        ("<!channel> &lt;!here&gt;", "@channel <!here>", [("broadcast", "channel")]),
        ("<https://x.example/a?b=1&amp;c|here>", "here", [("link", "https://x.example/a?b=1&c")]),
        ("see https://x.example/a.", "see https://x.example/a.", [("link", "https://x.example/a")]),
        ("tess@castco.example", "tess@castco.example", [("link", "tess@castco.example")]),
        ("<!date^1795132800^{date}|Nov 19>", "Nov 19", []),
        ("&gt; quoted &amp;lt;", "quoted &lt;", []),
    ],
)
async def test_markup_is_read_as_slack_reads_it(
    nora: Person, client: AsyncWebClient, text: str, reads: str, fired: list[tuple[str, str]]
) -> None:
    await client.chat_postMessage(channel=NORA, text="-", blocks=[section(text)])
    assert (nora.screen[-1].text, nora.screen[-1].fired) == (reads, fired)


async def test_in_rich_text_and_plain_text_nothing_fires_but_elements(nora: Person, client: AsyncWebClient) -> None:
    hostile = "<!channel> <@U0NORA> *x* https://x.example"
    link = {"type": "link", "url": "https://y.example", "text": "the page"}
    blocks = [{"type": "header", "text": plain(hostile)}, rich(said(hostile), said(" "), link),
              {"type": "context", "elements": [plain("a"), plain("b")]}, {"type": "divider"},
              section("c", accessory=button()),
              actions(menu(option()), button("Undo", url="https://z.example"))]  # fmt: skip
    await client.chat_postMessage(channel=NORA, text="Saved.", blocks=blocks)
    shown = nora.screen[0]
    assert shown.text == f"{hostile}\n{hostile} the page\na b\nc"
    assert shown.fired == [("link", "https://y.example")]
    assert (shown.buttons, shown.choices) == ([("Save", "save:1"), ("Undo", "url:https://z.example")],
                                              [("Self-tape", "tape")])  # fmt: skip
    assert shown.fallback == "Saved."


@given(st.text(min_size=1, max_size=200))
def test_what_is_typed_reads_as_typed_and_rings_nobody(text: str) -> None:
    body = typed(text)
    assert read_blocks(body["blocks"], str).text == text
    assert not [one for one in read_mrkdwn(body["text"], str).fired if one[0] != "link"]
    assert not [one for one in read_mrkdwn(escaped(text), str).fired if one[0] != "link"]


# An app at the other end, over a socket and over HTTP


class Heard:
    """What a small app of slack_bolt was told; it answers as the tests arrange."""

    def __init__(self, app: AsyncApp) -> None:
        self.app = app
        self.bodies: list[Json] = []
        self.requests: list[dict[str, Any]] = []
        self.answer: Callable[..., Awaitable[Any]] = _plainly
        for listens in (app.event("message"), app.event("app_mention"), app.event("app_home_opened"),
                        app.event("user_change"), app.event("app_uninstalled")):  # fmt: skip
            listens(self._hear)
        for listens in (app.command("/audition"), app.action({"action_id": "save"}), app.action("kind"),
                        app.action("value"), app.shortcut("log"), app.shortcut("turn"), app.view("form"),
                        app.view_closed("form"), app.options("who")):  # fmt: skip
            listens(self._answer)

    async def _hear(self, body: Json, request: Any) -> None:
        self.bodies.append(body)
        self.requests.append(dict(request.headers))

    async def _answer(self, body: Json, ack: Callable[..., Awaitable[Any]], request: Any) -> None:
        await self._hear(body, request)
        await self.answer(ack)

    @property
    def events(self) -> list[Json]:
        return [body["event"] for body in self.bodies]


async def _plainly(ack: Callable[..., Awaitable[Any]]) -> None:
    await ack()


async def _never(ack: Callable[..., Awaitable[Any]]) -> None:
    """Too late by far."""


def answering(*args: Any, **kwargs: Any) -> Callable[..., Awaitable[Any]]:
    async def answer(ack: Callable[..., Awaitable[Any]]) -> None:
        await ack(*args, **kwargs)

    return answer


@asynccontextmanager
async def by_socket(slack: FakeSlack, app: AsyncApp, ping_interval: float = 10) -> AsyncIterator[None]:
    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=ping_interval)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def by_http(slack: FakeSlack, app: AsyncApp) -> AsyncIterator[None]:
    runner = web.AppRunner(app.web_app("/slack/events"), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield
    finally:
        await runner.cleanup()


@pytest.fixture
def app(slack: FakeSlack, client: AsyncWebClient) -> AsyncApp:
    return AsyncApp(client=client, signing_secret=slack.signing_secret)


@pytest.fixture(params=["socket", "http"])
async def heard(request: pytest.FixtureRequest, slack: FakeSlack, app: AsyncApp) -> AsyncIterator[Heard]:
    ears = Heard(app)
    async with by_socket(slack, app) if request.param == "socket" else by_http(slack, app):
        yield ears


async def test_messages_arrive_in_their_envelope(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    await nora.write("Copper Falls & <b> x@y.com").acked()
    await slack.until(lambda: len(heard.bodies) == 1)
    body, event = heard.bodies[0], heard.events[0]
    assert event["text"] == "Copper Falls &amp; &lt;b&gt; <mailto:x@y.com|x@y.com>"
    assert (event["channel"], event["channel_type"], event["user"], event["team"]) == ("D0NORA", "im", NORA, "T0HOME")
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == slack.home.bot_user
    assert body["is_ext_shared_channel"] is False
    assert nora.transcript == "> Copper Falls & <b> x@y.com"


async def test_edits_deletions_files_and_threads_are_told(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    await nora.write("Coper Falls").acked()
    ts = nora.screen[0].ts
    await nora.edits(ts, "Copper Falls").acked()
    await nora.write("It is a pilot", thread=ts).acked()
    await nora.sends_file("headshot.jpg", b"jpeg", mimetype="image/jpeg", text="me").acked()
    await nora.deletes(ts).acked()
    await slack.until(lambda: len(heard.bodies) == 5)
    assert [event.get("subtype") for event in heard.events] == [
        None, "message_changed", None, "file_share", "message_deleted",
    ]  # fmt: skip
    changed, reply, shared, gone = heard.events[1:]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("Coper Falls", "Copper Falls")
    assert (reply["thread_ts"], reply["parent_user_id"]) == (ts, NORA)
    assert (shared["files"][0]["name"], shared["files"][0]["size"]) == ("headshot.jpg", 4)
    assert gone["deleted_ts"] == ts
    assert nora.transcript == "> It is a pilot\n> [headshot.jpg] me"


async def test_channels_are_told_of_when_the_app_asked(
    slack: FakeSlack, nora: Person, general: Channel, heard: Heard
) -> None:
    assert nora.write("lunch?", channel=general).status == "unsent"
    await nora.mention(general, "what is due?").acked()
    slack.subscriptions.add("message.channels")
    await nora.write("lunch?", channel=general).acked()
    general.has_bot = False
    assert nora.mention(general, "still there?").status == "unsent"
    await slack.until(lambda: len(heard.bodies) == 2)
    assert [event["type"] for event in heard.events] == ["app_mention", "message"]
    assert heard.events[0]["text"] == f"<@{slack.home.bot_user}> what is due?"
    assert len(nora.sees(general)) == 4


async def test_a_stranger_in_a_shared_channel_shows_as_one(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    tess = slack.person("U0TESS", name="Tess Marlow", team=slack.team("T0STUDIO"))
    both = slack.channel("C0BOTH", members=[nora, tess], shared=True)
    await tess.mention(both, "what is due?").acked()
    await slack.until(lambda: len(heard.bodies) == 1)
    assert heard.bodies[0]["is_ext_shared_channel"] is True
    assert (heard.bodies[0]["team_id"], heard.events[0]["user_team"]) == ("T0HOME", "T0STUDIO")
    assert await outcome(slack, "users.info", user="U0TESS") == "ok"


async def test_home_and_profile_are_told_of(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    await nora.opens_home().acked()
    await nora.opens_home("messages").acked()
    await nora.moves_to("Europe/London").acked()
    slack.subscriptions.add("app_uninstalled")
    await slack.until(lambda: len(heard.bodies) == 3)
    assert [event.get("tab") for event in heard.events] == ["home", "messages", None]
    assert heard.events[2]["user"]["tz"] == "Europe/London"


async def test_a_command_is_answered_in_its_acknowledgement(
    slack: FakeSlack, nora: Person, general: Channel, heard: Heard
) -> None:
    heard.answer = answering("Which *project*?")
    await nora.slash("/audition", "copper & falls").acked()
    assert nora.transcript == "* Which project?"
    told = heard.bodies[0]
    assert (told["command"], told["text"], told["channel_id"]) == ("/audition", "copper &amp; falls", "D0NORA")
    heard.answer = answering(text="Log it", response_type="in_channel")
    await nora.slash("/audition", channel=general).acked()
    assert slack.public == ["Log it"]
    with pytest.raises(Refused, match="/audition is not supported in threads"):
        nora.slash("/audition", thread=nora.screen[0].ts)


async def test_what_is_not_acknowledged_shows_to_the_member(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    heard.answer = _never
    command = nora.slash("/audition")
    shortcut = nora.shortcut("log")
    await slack.until(lambda: len(nora.trouble) == 2)
    assert command.status == shortcut.status == "failed"
    assert nora.trouble == [
        "/audition failed with the error operation_timeout", "log failed with the error operation_timeout",
    ]  # fmt: skip
    assert slack.retry_failed() == []


async def test_a_tap_tells_its_button_and_may_be_answered_five_times(
    slack: FakeSlack, nora: Person, client: AsyncWebClient, heard: Heard, clock: Clock
) -> None:
    blocks = [section("Keep it?", block_id="q"), actions(button(action_id="save"), menu(option()))]
    sent = await client.chat_postMessage(channel=NORA, text="Keep it?", blocks=blocks)
    await nora.tap("Save").acked()
    await nora.tap("Self-tape").acked()
    await nora.tap_data("save:999", ts="1.000001").acked()
    tapped, picked, forged = heard.bodies
    assert (tapped["actions"][0]["value"], tapped["message"]["ts"]) == ("save:1", sent["ts"])
    assert tapped["container"] == {
        "type": "message", "message_ts": sent["ts"], "channel_id": "D0NORA", "is_ephemeral": False,
    }  # fmt: skip
    assert picked["actions"][0]["selected_option"]["value"] == "tape"
    assert (forged["actions"][0]["value"], forged["actions"][0]["action_id"]) == ("save:999", "save")
    with pytest.raises(AssertionError, match="no button 'Delete' on the screen"):
        nora.tap("Delete")

    async def respond(url: str, **body: Any) -> Json:
        async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
            found: Json = await answer.json()
            return found

    assert await respond(tapped["response_url"], text="Kept.", replace_original=True) == {"ok": True}
    assert nora.transcript == "  Kept."
    for _ in range(4):
        assert (await respond(tapped["response_url"], text="Again."))["ok"]
    assert (await respond(tapped["response_url"], text="Once too often."))["error"] == "used_url"
    clock.now += 1801
    assert (await respond(picked["response_url"], text="Too late."))["error"] == "expired_url"
    assert len(nora.screen) == 5
    assert nora.screen[-1].ephemeral


async def test_shortcuts_tell_where_they_stood(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    await nora.write("Copper Falls").acked()
    await nora.shortcut("log").acked()
    await nora.message_shortcut("turn", "Copper Falls").acked()
    assert [body["type"] for body in heard.bodies[1:]] == ["shortcut", "message_action"]
    assert heard.bodies[2]["message"]["text"] == "Copper Falls"


# A modal, filled in


FORM = modal(
    field(typing(max_length=40)),
    field({"type": "datepicker", "action_id": "day"}, "Day", "day", optional=True),
    field({"type": "timepicker", "action_id": "hour"}, "Hour", "hour", optional=True),
    field(menu(option(), option("In person", "room")), "Kind", "kind", optional=True, dispatch_action=True),
    field({"type": "multi_external_select", "action_id": "who", "min_query_length": 1}, "Who", "who", optional=True),
    notify_on_close=True, private_metadata="note:5",
)  # fmt: skip


async def test_a_modal_is_filled_in_and_sent_off(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    await opened(slack, nora, FORM)
    assert nora.modal
    assert nora.modal.labels == ["Project", "Day", "Hour", "Kind", "Who"]
    with pytest.raises(Refused, match="Please complete this required field"):
        nora.submits()
    assert nora.modal.errors == {"Project": "Please complete this required field."}
    with pytest.raises(Refused, match="maximum length"):
        nora.fills("Project", "a" * 41)
    nora.fills("Project", "Copper <Falls>")
    nora.picks_date("Day", "2026-11-19")
    nora.picks_time("Hour", "16:10")
    await nora.picks("Kind", "Self-tape")[0].acked()
    heard.answer = answering(options=[option("Tess Marlow", "7"), option("Tess Okafor", "8")])
    assert await nora.searches("Who", "tess") == ["Tess Marlow", "Tess Okafor"]
    nora.picks("Who", "Tess Marlow")
    heard.answer = answering(response_action="errors", errors={"project": "Which season?"})
    await nora.submits().acked()
    assert nora.modal.errors == {"Project": "Which season?"}

    heard.answer = _plainly
    await nora.submits().acked()
    assert nora.modal is None
    picked, asked, *_, sent = heard.bodies
    assert picked["actions"][0]["selected_option"]["value"] == "tape"
    assert (asked["type"], asked["value"], asked["action_id"]) == ("block_suggestion", "tess", "who")
    assert sent["view"]["private_metadata"] == "note:5"
    values = sent["view"]["state"]["values"]
    assert values["project"]["value"] == {"type": "plain_text_input", "value": "Copper <Falls>"}
    assert (values["day"]["day"]["selected_date"], values["hour"]["hour"]["selected_time"]) == ("2026-11-19", "16:10")
    assert values["kind"]["kind"]["selected_option"] == option()
    assert [one["value"] for one in values["who"]["who"]["selected_options"]] == ["7"]


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({}, ["First"]),
        ({"response_action": "update", "view": modal(title=plain("Done"))}, ["First", "Done"]),
        ({"response_action": "push", "view": modal(title=plain("More"))}, ["First", "Audition", "More"]),
        ({"response_action": "clear"}, []),
    ],
)
async def test_what_an_acknowledged_submission_does(
    slack: FakeSlack, nora: Person, heard: Heard, answer: Json, titles: list[str]
) -> None:
    await opened(slack, nora, modal(title=plain("First")))
    trigger = slack.world.trigger(nora, nora.stack[-1])
    await raw(slack, "views.push", trigger_id=trigger, view=modal())
    heard.answer = answering(**answer)
    await nora.submits().acked()
    assert [view.wire["title"]["text"] for view in nora.stack] == titles


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"no such block": "Odd."}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
    ],
)
async def test_a_wrong_answer_to_a_submission_is_trouble(
    slack: FakeSlack, nora: Person, heard: Heard, answer: Json
) -> None:
    await opened(slack, nora, modal(field(typing())))
    nora.fills("Project", "Copper Falls")
    heard.answer = answering(answer)
    await nora.submits().acked()
    assert nora.modal
    assert nora.modal.value("Project") == "Copper Falls"
    assert [line.partition(" (")[0] for line in nora.trouble] == ["We had some trouble connecting. Try again?"]


async def test_fields_that_tell_at_once(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    eager = typing(dispatch_action_config={"trigger_actions_on": ["on_character_entered"]})
    await opened(slack, nora, modal(field(eager, dispatch_action=True), field(typing(), "Role", "role")))
    assert nora.fills("Role", "Dana") == []
    for told in [*nora.fills("Project", "Copper"), *nora.fills("Project", "Cop", each=True)]:
        await told.acked()
    assert [body["actions"][0]["value"] for body in heard.bodies] == ["Copper", "C", "Co", "Cop"]


async def test_a_closed_modal_tells_if_it_was_asked_to(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    await opened(slack, nora, FORM)
    closed = nora.closes()
    assert closed
    await closed.acked()
    assert (heard.bodies[0]["type"], heard.bodies[0]["is_cleared"]) == ("view_closed", False)
    await opened(slack, nora, modal())
    assert nora.closes() is None


async def test_options_slack_would_not_show_fail_the_search(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    await opened(slack, nora, FORM)
    heard.answer = answering(options=[option("a" * 76)])
    with pytest.raises(AssertionError, match="must be less than 76 characters"):
        await nora.searches("Who", "tess")


async def test_the_home_tab_is_tapped(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    home = {"type": "home", "blocks": [actions(button("Undo", action_id="save"))]}
    await raw(slack, "views.publish", user_id=NORA, view=home)
    await nora.home_tap("Undo").acked()
    assert (heard.bodies[0]["container"]["type"], heard.bodies[0]["view"]["type"]) == ("view", "home")


# Repeats, and connections that break


async def test_the_bot_hears_itself_where_it_listens(slack: FakeSlack, nora: Person, client: AsyncWebClient) -> None:
    slack.world.echoes = True
    sent = await client.chat_postMessage(channel=NORA, text="Saved.")
    await client.chat_update(channel="D0NORA", ts=sent["ts"], text="Kept.")
    await client.chat_delete(channel="D0NORA", ts=sent["ts"])
    events = [delivery.payload["event"] for delivery in slack.deliveries]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert events[0]["bot_id"] == slack.home.bot_id


async def test_an_envelope_comes_again_with_its_number(slack: FakeSlack, nora: Person, heard: Heard) -> None:
    first = await nora.write("Copper Falls").acked()
    again = await slack.redeliver(first).acked()
    await slack.until(lambda: len(heard.bodies) == 2)
    assert (first.attempts, again.original) == (2, first)
    assert heard.bodies[0]["event_id"] == heard.bodies[1]["event_id"]
    assert heard.requests[1]["x-slack-retry-num"] == ["1"]


async def test_events_are_repeated_until_they_are_acknowledged(slack: FakeSlack, nora: Person, app: AsyncApp) -> None:
    slack.deliver_to("http://127.0.0.1:9/nobody/listens")
    lost = await nora.write("Copper Falls").settled()
    assert (lost.status, lost.why) == ("failed", "connection_failed")
    heard = Heard(app)
    async with by_http(slack, app):
        (again,) = slack.retry_failed()
        await again.acked()
        assert (lost.status, lost.attempts, slack.retry_failed()) == ("acked", 2, [])
    assert len(heard.bodies) == 1


async def test_slack_gives_up_after_three_repeats(slack: FakeSlack, nora: Person) -> None:
    slack.deliver_to("http://127.0.0.1:9/nobody/listens")
    await nora.write("Copper Falls").settled()
    for _ in range(3):
        (again,) = slack.retry_failed()
        await again.settled()
    assert slack.retry_failed() == []


async def test_posts_are_signed(slack: FakeSlack, nora: Person, app: AsyncApp) -> None:
    heard = Heard(app)
    async with by_http(slack, app):
        assert await slack.verify_url()
        await nora.write("Copper Falls").acked()
        slack.posts.secret = "a wrong one"
        refused = await nora.write("Copper Falls").settled()
        assert refused.response
        assert (refused.why, refused.response[0]) == ("http_error", 401)
    assert len(heard.bodies) == 1


def test_a_signature_is_that_of_the_documentation() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = signature("8f742231b10e8888abcd99yyyzzz85a5", body, 1531420618)
    assert headers["X-Slack-Signature"] == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


async def test_deliveries_wait_for_a_connection(slack: FakeSlack, nora: Person, app: AsyncApp) -> None:
    waiting = nora.write("Copper Falls")
    assert (waiting.status, slack.connections) == ("waiting", 0)
    Heard(app)
    async with by_socket(slack, app):
        await waiting.acked()
        assert slack.connections == 1


async def test_a_polite_goodbye_brings_a_new_connection(slack: FakeSlack, nora: Person, app: AsyncApp) -> None:
    Heard(app)
    async with by_socket(slack, app):
        await slack.disconnect("refresh_requested")
        await slack.until(lambda: len(slack.called("apps.connections.open", "ok")) == 2 and slack.connections == 1)
        await nora.write("Copper Falls").acked()


async def test_a_cut_connection_comes_back(slack: FakeSlack, nora: Person, app: AsyncApp) -> None:
    Heard(app)
    async with by_socket(slack, app, ping_interval=0.05):
        slack.cut()
        await slack.until(lambda: slack.connections == 0)
        waiting = nora.write("Copper Falls")
        await waiting.acked()
        assert slack.connections == 1


async def test_in_a_blackhole_nothing_answers_until_it_heals(slack: FakeSlack, nora: Person, app: AsyncApp) -> None:
    heard = Heard(app)
    async with by_socket(slack, app, ping_interval=0.05):
        slack.blackhole()
        lost = await nora.write("Copper Falls").settled()
        assert (lost.status, lost.why, slack.connections) == ("failed", "timeout", 1)
        await slack.until(lambda: len(slack.called("apps.connections.open", "ok")) > 1)
        assert heard.bodies == []
        slack.heal()
        (again,) = slack.retry_failed()
        await again.acked()
        await slack.until(lambda: len(heard.bodies) == 1)


async def test_tickets_are_used_once(slack: FakeSlack, client: AsyncWebClient) -> None:
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as ws:
            assert (await ws.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.apps_connections_open(app_token=slack.home.bot_token)


async def test_an_eleventh_connection_is_one_too_many(slack: FakeSlack, client: AsyncWebClient) -> None:
    async with aiohttp.ClientSession() as session:
        greetings, sockets = [], []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
            sockets.append(await session.ws_connect(url))
            greetings.append(await sockets[-1].receive_json())
    assert [one["type"] for one in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[-1]["reason"] == "too_many_websockets"


async def test_it_stops_and_starts_on_the_same_port(slack: FakeSlack, nora: Person, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=NORA, text="Saved.")
    await slack.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await client.auth_test()
    await slack.start()
    await client.chat_postMessage(channel=NORA, text="Again.")
    assert nora.said == ["Saved.", "Again."]


# Faults on order


@pytest.mark.parametrize(
    ("kind", "raises", "words", "posted"),
    [
        ("429:3", SlackApiError, "ratelimited", False),
        ("500", SlackApiError, "status: 500", False),
        ("error:token_expired", SlackApiError, "token_expired", False),
        ("reset", aiohttp.ClientError, None, False),
        ("lost", aiohttp.ClientError, None, True),
        ("stall", TimeoutError, None, True),
    ],
)
async def test_faults_come_when_they_are_ordered(
    slack: FakeSlack, nora: Person, kind: str, raises: type[Exception], words: str | None, posted: bool
) -> None:
    client = AsyncWebClient(slack.home.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    slack.fail_next("chat.postMessage", 1, kind, after=1)
    await client.chat_postMessage(channel=NORA, text="Passes.")
    with pytest.raises(raises, match=words):
        async with asyncio.timeout(0.2):
            await client.chat_postMessage(channel=NORA, text="Fails.")
    await client.chat_postMessage(channel=NORA, text="Passes again.")
    assert nora.said == ["Passes.", *(["Fails."] if posted else []), "Passes again."]
    outcomes = [call.outcome for call in slack.called("chat.postMessage")]
    assert (outcomes[0], outcomes[2]) == ("ok", "ok")
    assert outcomes[1] != "ok"


def test_there_are_no_other_faults() -> None:
    with pytest.raises(ValueError, match="no such fault"):
        FakeSlack().fail_next("chat.postMessage", 1, "earthquake")


async def test_a_flood_is_slowed_in_each_channel(clock: Clock) -> None:
    async with FakeSlack(clock=clock, flood=True, echoes=False) as slack:
        slack.person(NORA)
        slack.person("U0DANA", name="Dana Okafor")
        client = AsyncWebClient(slack.home.bot_token, base_url=slack.api_url)
        for _ in range(20):
            await client.chat_postMessage(channel=NORA, text="Saved.")
        with pytest.raises(SlackApiError, match="ratelimited") as no:
            await client.chat_postMessage(channel=NORA, text="Saved.")
        assert (no.value.response.status_code, no.value.response.headers["Retry-After"]) == (429, "1")
        await client.chat_postMessage(channel="U0DANA", text="Saved.")
        clock.now += 1
        await client.chat_postMessage(channel=NORA, text="Saved.")


# Files


async def test_a_file_is_for_who_has_the_token(slack: FakeSlack, nora: Person) -> None:
    url = nora.sends_file("headshot.jpg", b"jpeg").payload["event"]["files"][0]["url_private_download"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, allow_redirects=False) as refused:
            assert refused.status == 302
        async with session.get(url) as page:
            assert (page.status, page.content_type) == (200, "text/html")
        bearer = {"Authorization": f"Bearer {slack.home.bot_token}"}
        async with session.get(url, headers=bearer) as got:
            assert await got.read() == b"jpeg"


async def test_the_bot_uploads_a_file_in_three_steps(slack: FakeSlack, nora: Person, client: AsyncWebClient) -> None:
    await client.files_upload_v2(
        filename="export.zip", content=b"PK", channel="D0NORA", initial_comment="All you told me."
    )
    assert nora.screen[0].files == [("export.zip", 2)]
    assert (nora.screen[0].text, nora.files) == ("All you told me.", {"export.zip": b"PK"})
    announced = await raw(slack, "files.getUploadURLExternal", filename="export.zip", length=3)
    async with aiohttp.ClientSession() as session, session.post(announced["upload_url"], data=b"PK") as answer:
        assert answer.status == 400
    unfinished = [{"id": announced["file_id"]}]
    assert await outcome(slack, "files.completeUploadExternal", files=unfinished) == "file_not_found"


async def test_an_upload_needs_an_address_of_the_last_minutes_and_no_token(slack: FakeSlack, clock: Clock) -> None:
    announced = await raw(slack, "files.getUploadURLExternal", filename="export.zip", length=2)
    unknown = f"{slack.world.base_url}/upload/v1/F0NOBODY"
    async with aiohttp.ClientSession() as session:
        async with session.post(unknown, data=b"PK", headers={"Authorization": "Bearer x"}) as answer:
            assert answer.status == 400
        clock.now += 601
        async with session.post(announced["upload_url"], data=b"PK") as answer:
            assert answer.status == 404
    assert slack.methods.files.with_token == ["F0NOBODY"]


async def test_until_tells_what_stood_on_the_screens(slack: FakeSlack, nora: Person) -> None:
    nora.write("Copper Falls")
    with pytest.raises(AssertionError, match="> Copper Falls"):
        await slack.until(lambda: False, seconds=0.01)


async def test_everybody_is_the_same_for_the_same_id(slack: FakeSlack, nora: Person) -> None:
    studio: Team = slack.team("T0STUDIO", name="Studio")
    assert slack.person(NORA) is nora
    assert slack.team("T0STUDIO") is studio
    assert slack.channel("C0GENERAL") is slack.channel("C0GENERAL")
    slack.subscriptions.add("app_uninstalled")
    assert slack.uninstalls(studio).status == "waiting"
    assert (await raw(slack, "auth.test", token=studio.bot_token))["error"] == "account_inactive"
