"""Slack's door for HTTP: who is not Slack, and what Slack would not send, comes to nothing."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import pytest

from bot.web import MOST_BYTES
from storage.database import Database
from tests.bot.slack_posts import MESSAGE, PING, Headers, Slacks, counts, every_kind, head
from tests.bot.slack_stage import slack_stage

BODY = json.dumps(PING).encode()
NOON = 1_795_118_400.0
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@pytest.fixture
async def door(database: Database, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Slacks]:
    """The web server; in the end nothing is stored, and no failure stands in the log."""
    async with slack_stage(database, over_http=True) as stage:
        slack = Slacks(stage)
        yield slack
        print(slack.told())
        assert not any((await counts(database)).values())
        assert [record.getMessage() for record in caplog.get_records("call") if record.exc_info] == []


# Who is not Slack


def false_signatures(slack: Slacks) -> Mapping[str, Headers]:
    right = slack.signed(BODY)
    stamp, signature = right[STAMP], right[SIGNATURE]
    turned = signature[:-1] + ("0" if signature[-1] != "0" else "1")
    shapes = {
        "empty": "", "only its name": "v0=", "without its name": signature[3:], "cut short": signature[:-1],
        "another version": f"v1={signature[3:]}", "capitals": f"v0={signature[3:].upper()}", "long": f"{signature}0",
        "letters of no number": f"v0={'z' * 64}", "other digits": "v0=" + "٣" * 64, "8,000 characters": "a" * 8000,
    }  # fmt: skip
    stamps = {
        "none": "", "a word": "abc", "below zero": "-1", "400 digits": "1" * 400, "a fraction": f"{stamp}.5",
        "other digits": "١٧٩٥١١٨٤٠٠", "signed": f"+{stamp}", "far ahead": "99999999999", "of 1970": "0",
    }  # fmt: skip
    return {
        "no headers": (),
        "only a signature": ((SIGNATURE, signature),),
        "only a time": ((STAMP, stamp),),
        "of another secret": slack.signed(BODY, secret="8f742231b10e8888abcd99yyyzzz85a6").items(),
        "one digit wrong": ((STAMP, stamp), (SIGNATURE, turned)),
        "another second": ((STAMP, str(int(stamp) - 1)), (SIGNATURE, signature)),
        "twice, the first wrong": ((STAMP, stamp), (SIGNATURE, turned), (SIGNATURE, signature)),
        "not ASCII": ((STAMP, stamp), (SIGNATURE, b"v0=" + b"\xff" * 64)),
    } | {
        f"signature {name}": ((STAMP, stamp), (SIGNATURE, shape)) for name, shape in shapes.items()
    } | {f"time {name}": ((STAMP, shape), (SIGNATURE, signature)) for name, shape in stamps.items()}  # fmt: skip


async def test_who_has_not_the_secret_is_sent_away(door: Slacks) -> None:
    answers = {name: await door.posts(BODY, headers) for name, headers in false_signatures(door).items()}
    assert [name for name, status in answers.items() if status not in (401, 403)] == []
    assert await door.gives(PING) == 200, "and Slack is not"


async def test_a_signature_is_good_for_five_minutes(door: Slacks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slack_sdk.signature.Clock.now", lambda _: NOON)
    ages = (0, 299, -299, 301, -301, 86_400)
    answers = [await door.posts(BODY, door.signed(BODY, age, now=NOON).items()) for age in ages]
    assert answers == [200, 200, 200, 403, 403, 403]


async def test_what_was_acknowledged_is_not_taken_again(door: Slacks) -> None:
    headers = door.signed(BODY).items()
    assert [await door.posts(BODY, headers) for _ in range(3)] == [200, 403, 403]


async def test_what_could_not_be_stored_may_come_again_as_it_is(database: Database) -> None:
    async with slack_stage(database, over_http=True) as stage:
        slack, body = Slacks(stage), json.dumps(MESSAGE).encode()
        headers = slack.signed(body).items()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(stage.bot.worker, "_database", None)
            assert await slack.posts(body, headers) == 503
        assert await slack.posts(body, headers) == 200
        assert (await counts(database))["inbox"] == 1


async def test_one_byte_changed_is_noticed(door: Slacks) -> None:
    headers = door.signed(BODY).items()
    for at in range(0, len(BODY), 7):
        changed = BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :]
        assert await door.posts(changed, headers) == 403


async def test_other_doors_are_shut(door: Slacks) -> None:
    signed = list(door.signed(BODY).items())
    assert [await door.posts(BODY, signed, method=method) for method in ("GET", "PUT", "DELETE")] == [405] * 3
    assert [await door.posts(BODY, signed, path=path) for path in ("/", "/slack", "/slack/events/", "/%2e%2e")] == [
        404
    ] * 4
    assert await door.posts(BODY, [*signed, ("X-Long", "a" * 9000)]) == 400
    assert await door.sends(b"\x16\x03\x01\x02\x00\r\n\r\n") == 400, "TLS, where none is spoken"


# Odd bodies


async def test_the_content_type_does_not_matter(door: Slacks) -> None:
    kinds = ("text/plain", "application/json; charset=klingon", "multipart/form-data", "ÿ", "")
    signed = [door.signed(BODY, seconds).items() for seconds in range(len(kinds))]
    answers = [await door.posts(BODY, headers, kind=kind) for kind, headers in zip(kinds, signed, strict=True)]
    assert answers == [200] * len(kinds)


ODD: dict[str, bytes] = {
    "nothing": b"", "a list": b"[1, 2]", "a number": b"17", "null": b"null", "text": b'"hello"', "no JSON": b"{nothing",
    "two": b"{}{}", "a lone surrogate": b'{"command": "\\ud800"}', "not a number": b'{"a": NaN}',
    "form without words": b"&&&", "payload that is none": b"payload=%7Bno", "payload a list": b"payload=[]",
    "payload a number": b"payload=5", "empty payload": b"payload=", "null payload": b"payload=null",
    "two payloads": b"payload=%7B%7D&payload=%7B%7D", "half an escape": b"payload=%F0%9F", "NUL": b"\x00\x00",
    "null event": b'{"type": "event_callback", "event": null}',
    "event a list": b'{"type": "event_callback", "event": []}', "type a list": b'{"type": []}',
    "event without type": b'{"type": "event_callback", "event": {}}',
    "command null": b'{"command": null}', "user a number": b'{"type": "block_actions", "user": 5, "actions": [{}]}',
    "team a list": b'{"type": "event_callback", "team_id": [], "event": {"type": "message"}}',
    "search by nobody": b'{"type": "block_suggestion", "value": "tess"}', "not UTF-8": b"\xff\xfe{}",
    "10,000 fields": b"&".join(b"a%d=1" % n for n in range(10_000)), "5,000 digits": b'{"a": %s}' % (b"9" * 5000),
    "deep": b'{"a":' * 100_000, "deep lists": b"payload=" + b"[" * 100_000,
    "deep, well formed": b'{"a":' * 900 + b"1" + b"}" * 900,
}  # fmt: skip


async def test_what_slack_would_not_send_is_no_failure(door: Slacks) -> None:
    answers = {name: await door.posts(body, door.signed(body).items()) for name, body in ODD.items()}
    assert {name: status for name, status in answers.items() if status not in (200, 400)} == {}


async def test_deep_blocks_are_no_failure(door: Slacks) -> None:
    block: Any = {"type": "emoji"}
    for _ in range(400):
        block = {"type": "rich_text", "elements": [block]}
    event = {"type": "message", "channel_type": "im", "channel": "D0NORA", "ts": "1.1", "text": "hi", "blocks": [block]}
    assert await door.gives(PING | {"event": event | {"user": "U0NOBODY"}, "team_id": "T0ELSE"}) in (200, 400)


async def test_too_much_is_refused(door: Slacks) -> None:
    big = b"a" * (10 * 1024 * 1024)
    signed = list(door.signed(big).items())
    assert await door.posts(big, signed) == 413
    assert await door.sends(head([*signed, ("Content-Length", str(len(big)))]), big[: MOST_BYTES + 1]) == 413
    piece = b"%x\r\n%s\r\n" % (65536, big[:65536])
    assert await door.sends(head([*signed, ("Transfer-Encoding", "chunked")]), *[piece] * 17) == 413


# Slow ones


async def test_a_body_in_pieces_is_read(door: Slacks) -> None:
    signed, length = list(door.signed(BODY).items()), ("Content-Length", str(len(BODY)))
    assert await door.sends(head([*signed, length]), *(BODY[at : at + 9] for at in range(0, len(BODY), 9))) == 200
    spaced = BODY + b" "
    pieces = [b"%x\r\n%c\r\n" % (1, byte) for byte in spaced]
    chunked = head([*door.signed(spaced).items(), ("Transfer-Encoding", "chunked")])
    assert await door.sends(chunked, *pieces, b"0\r\n\r\n") == 200


async def test_a_body_that_drips_is_not_waited_for(door: Slacks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.door.BODY_SECONDS", 0.1)
    signed = list(door.signed(BODY).items())
    dripping = [bytes([byte]) for byte in BODY]
    assert await door.sends(head([*signed, ("Content-Length", str(len(BODY)))]), *dripping, breath=0.01) == 408
    assert await door.sends(head([*signed, ("Content-Length", str(len(BODY)))])) == 408


@pytest.mark.parametrize("beginning", [b"", b"POST /slack", b"POST /slack/events HTTP/1.1\r\nX-Drip: "])
async def test_a_head_that_drips_is_not_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    monkeypatch.setattr("bot.web.IDLE_SECONDS", 0.1)
    async with slack_stage(database, over_http=True) as stage:
        assert await Slacks(stage).sends(beginning, *[beginning and b"a"] * 50, breath=0.01) == 0


# Payloads with something missing


def paths(payload: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each key, three levels down and into the first of each list."""
    if isinstance(payload, dict):
        for key, value in payload.items():
            yield (*at, key)
            yield from paths(value, (*at, key)) if len(at) < 2 and key != "blocks" else ()
    elif isinstance(payload, list):
        yield from paths(payload[0], (*at, 0)) if payload else ()


MISSING = object()
ODD_VALUES = {
    "nothing there": MISSING,
    "null": None,
    "a number": 5,
    "a list": [1],
    "an object": {"a": 1},
    "a word": "x",
}


def damaged(payload: Any, path: tuple[Any, ...], value: Any, number: int) -> Any:
    """The payload with another value at one place, and ids that were never met."""
    payload = copy.deepcopy(payload)
    payload |= {"number": number}  # no two alike: they would be taken for one that is played again
    payload |= {key: f"{number}.{number}.9" for key in ("event_id", "trigger_id") if key in payload}
    place = payload
    for step in path[:-1]:
        place = place[step]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return payload


@pytest.mark.parametrize(
    ("what", "every"), [("nothing there", 5), *(pytest.param(name, 1, marks=pytest.mark.chaos) for name in ODD_VALUES)]
)
async def test_a_payload_with_something_odd_is_no_failure(
    database: Database, caplog: pytest.LogCaptureFixture, what: str, every: int
) -> None:
    async with slack_stage(database, over_http=True) as stage:
        kinds, slack = await every_kind(stage), Slacks(stage)
        assert len(kinds) == 17, list(kinds)
        caplog.clear()
        odd = [(kind, path) for kind, delivery in kinds.items() for path in paths(delivery.payload)][::every]
        answers = []
        for number, (kind, path) in enumerate(odd):
            payload = damaged(kinds[kind].payload, path, ODD_VALUES[what], number)
            answers.append((await slack.gives(payload), kind, path))
        assert [answer for answer in answers if answer[0] not in (200, 400)] == []
        async with asyncio.timeout(60):
            await stage.bot.settle()
        print(f"{len(odd)} payloads; {slack.told()}")
        stage.may_refuse = True
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
