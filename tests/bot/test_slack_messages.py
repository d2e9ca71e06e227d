"""Everything that a few days bring to Slack fits into what Slack takes, and nothing in it can fire."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from bot.slack.acts import LOG_AUDITION, LOG_MESSAGE
from handlers.commands import command_named
from handlers.taps import TAPS
from storage.database import Database
from tests.bot.slack_stage import Person, SlackStage, slack_stage
from tests.fakes.slack import Call
from tests.some import first

Json = dict[str, Any]
Play = Callable[[SlackStage], Awaitable[None]]

SAID = ("chat.postMessage", "chat.update", "chat.postEphemeral")
SHOWN = ("views.open", "views.update", "views.publish")
BLOCKS = {"rich_text", "actions", "header", "divider", "input"}
LONGEST_TEXT, LONGEST_MESSAGE, LARGEST_VIEW = 4000, 13_200, 250_000
LABEL, TITLE, HEADER, HINT, PLACEHOLDER, FIELD_LABEL = 75, 24, 150, 200, 150, 200
OURS, ID, OPTION = 64, 255, 150
WHO, ROOM = "Who was in the room?", "What was said in the room? A line to remember."
LONG = "Of a very long night at sea and of the whale they never saw " * 60


# What Slack takes


def complaints(call: Call) -> Iterator[str]:
    """What is wrong with one call, whatever Slack said to it."""
    params = call.params
    if call.method in SAID:
        yield from _message(params)
    elif call.method in SHOWN:
        yield from _view(params["view"])
    yield from _everywhere(params)


def _message(params: Json) -> Iterator[str]:
    text, blocks = params.get("text", ""), params.get("blocks", [])
    yield from _when(not text.strip(), "no words for the notification")
    yield from _when(len(text) > LONGEST_TEXT, "the words for the notification are too long")
    yield from _when(_fires(text), f"not escaped: {text!r}")
    start = text.removesuffix("…").strip()
    yield from _when(not _same(_escaped(_words_of(blocks))).startswith(_same(start)), f"other words: {text!r}")
    yield from _when(len(blocks) > 50, "too many blocks")
    yield from _when(_units(_words_of(blocks)) > LONGEST_MESSAGE, "too many words")
    yield from _blocks(blocks)


def _view(view: Json) -> Iterator[str]:
    yield from _when(len(view["blocks"]) > 100, "too many blocks")
    yield from _when(len(json.dumps(view)) > LARGEST_VIEW, "too large")
    if view["type"] == "modal":
        for name in ("title", "submit", "close"):
            yield from _fits(view[name]["text"], TITLE, name)
        yield from _when(not re.fullmatch(r"[0-9]{1,9}", view["private_metadata"]), "the form names no talk")
        yield from _when(not view.get("notify_on_close"), "we would not hear that it was closed")
        yield from _when(any("block_id" not in block for block in view["blocks"]), "a field without a name")
    yield from _blocks(view["blocks"])


def _blocks(blocks: list[Json]) -> Iterator[str]:
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from _when(max(ids.values(), default=1) > 1, f"block_ids are not unlike: {ids}")
    for block in blocks:
        yield from _when(block["type"] not in BLOCKS, f"a block of an odd type: {block['type']}")
        yield from _block(block)


def _block(block: Json) -> Iterator[str]:
    if block["type"] == "actions":
        elements = block["elements"]
        ids = [element["action_id"] for element in elements]
        yield from _when(len(set(ids)) < len(ids), "action_ids are not unlike")
        yield from _when(not 1 <= len(elements) <= 25, "too many buttons in a row")
    if block["type"] == "header":
        yield from _fits(block["text"]["text"], HEADER, "header")
    if block["type"] == "input":
        yield from _fits(block["label"]["text"], FIELD_LABEL, "label of a field")
        hint = block.get("hint", {"text": "none"})
        yield from _fits(hint["text"], HINT, "hint")


def _everywhere(value: Any) -> Iterator[str]:
    """What holds of every object, however deep it lies."""
    if isinstance(value, list):
        for one in value:
            yield from _everywhere(one)
    if not isinstance(value, dict):
        return
    yield from _object(value)
    for one in value.values():
        yield from _everywhere(one)


def _object(value: Json) -> Iterator[str]:
    kind = value.get("type")
    if kind == "mrkdwn":
        yield f"words may fire here: {value['text']!r}"
    if kind == "plain_text":
        yield from _when(value.get("emoji") is not False, "names of emoji would become pictures")
        yield from _when(not value["text"].strip(), "an empty label")
    if kind == "text":
        yield from _when(not value["text"], "an empty text")
    if kind == "button":
        yield from _fits(value["text"]["text"], LABEL, "button")
        yield from _when(not is_ours(value["value"]), f"a tap nobody understands: {value['value']!r}")
    if kind in ("static_select", "multi_external_select"):
        yield from _options(value)
    if "action_id" in value:
        yield from _fits(value["action_id"], ID, "action_id")
    if "placeholder" in value:
        yield from _fits(value["placeholder"]["text"], PLACEHOLDER, "placeholder")
    if "initial_value" in value:
        yield from _when(len(value["initial_value"]) > value["max_length"], "more in a field than it holds")


def _options(menu: Json) -> Iterator[str]:
    options: list[Json] = menu.get("options") or menu.get("initial_options") or []
    least = 1 if "options" in menu else 0
    yield from _when(not least <= len(options) <= 100, f"{len(options)} options")
    yield from _when(len({one["value"] for one in options}) < len(options), "options are not unlike")
    for one in options:
        yield from _fits(one["text"]["text"], LABEL, "option")
        yield from _when(not 1 <= _units(one["value"]) <= OPTION, "value of an option")
        is_choice = menu["type"] == "static_select"
        yield from _when(is_choice and not is_ours(one["value"]), f"a choice nobody understands: {one['value']!r}")


def is_ours(value: str) -> bool:
    """Whether a tap with this value does something, and fits into every chat."""
    does = re.fullmatch(r"do:([a-z]{1,20})", value)
    known = bool(does and command_named(does[1])) or any(shape.fullmatch(value) for shape, _ in TAPS)
    return known and 1 <= len(value.encode()) <= OURS


def _when(wrong: object, words: str) -> Iterator[str]:
    if wrong:
        yield words


def _fits(text: str, most: int, what: str) -> Iterator[str]:
    yield from _when(not 1 <= _units(text) <= most, f"{what}, {_units(text)} of {most}: {text[:80]!r}")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fires(text: str) -> bool:
    return bool(re.search(r"[<>]|&(?!amp;|lt;|gt;)", text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _same(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _words_of(blocks: Any) -> str:
    """The words in rich text, top to bottom."""
    if isinstance(blocks, list):
        return "".join(map(_words_of, blocks))
    if not isinstance(blocks, dict) or blocks.get("type") == "actions":
        return ""
    return str(blocks["text"]) if blocks.get("type") == "text" else _words_of(blocks.get("elements"))


def calls_that_show(stage: SlackStage) -> list[Call]:
    """The calls that put something before somebody's eyes."""
    return [call for call in stage.slack.calls if call.method in (*SAID, *SHOWN)]


def assert_all_fits(stage: SlackStage) -> None:
    """Every message, form and page that was sent."""
    wrong = [f"{call.method}: {why}" for call in calls_that_show(stage) for why in complaints(call)]
    assert not wrong, "\n".join(wrong)


# The checks can fail

_TEXT = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}]}


def _button(label: str = "Save", value: str = "t:1:1:0", action_id: str = "0:0") -> Json:
    text = {"type": "plain_text", "text": label, "emoji": False}
    return {"type": "button", "action_id": action_id, "text": text, "value": value}


def _said(*blocks: Json, text: str = "Hi") -> Json:
    return {"text": text, "blocks": [_TEXT, *blocks]}


def _row(*buttons: Json) -> Json:
    return {"type": "actions", "elements": [*buttons]}


@pytest.mark.parametrize(
    ("params", "why"),
    [
        (_said(text=" "), "no words"),
        (_said(text="<!channel>"), "not escaped"),
        (_said(text="AT&T"), "not escaped"),
        (_said(text="Bye"), "other words"),
        (_said({"type": "section", "text": {"type": "mrkdwn", "text": "*Hi*"}}), "may fire"),
        (_said(_row(_button("x" * 76))), "button, 76"),
        (_said(_row(_button("\U0001f4a9" * 38))), "button, 76"),
        (_said(_row(_button(" "))), "an empty label"),
        (_said(_row(_button(value="erase:1"))), "nobody understands"),
        (_said(_row(_button(value="do:everything"))), "nobody understands"),
        (_said(_row(_button(), _button())), "not unlike"),
        (_said(_row()), "too many buttons"),
        (_said(_row(*(_button(action_id=str(n)) for n in range(26)))), "too many buttons"),
        (_said(*[_row(_button())] * 50), "too many blocks"),
        (_said(*[_row(_button()) | {"block_id": "b"}] * 2), "block_ids"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_is_seen(params: Json, why: str) -> None:
    found = list(complaints(Call("chat.postMessage", params, "ok", 0.0, "T0HOME")))
    assert any(why in words for words in found), found
    assert not list(complaints(Call("chat.postMessage", _said(_row(_button())), "ok", 0.0, "T0HOME")))


# The days


async def meets(person: Person, *names: str) -> None:
    """Choose these people in the open form, as the search offers them."""
    client = person.client
    for name in names:
        assert client.modal
        found = await client.searches(WHO, name)
        await person.does(client.picks(WHO, *client.modal.value(WHO), found[-1]))


async def fills(person: Person, **fields: str) -> None:
    """Type into the open form; a field by the first words of its label."""
    for start, words in fields.items():
        assert person.client.modal
        label = next(one for one in person.client.modal.labels if one.startswith(start.replace("_", " ")))
        await person.does(person.client.fills(label, words))


async def in_the_chat(stage: SlackStage) -> None:
    nora = stage.nora
    await nora.does(nora.client.opens_home("messages"))
    for line in ("/start", "/help", "/settings", "/followups", "/auditions", "/undo", "/nonsense", "/cancel"):
        await nora.writes(line)
    await nora.writes("/audition copper falls, nurse ray, co-star, callback")
    for line in ("tess quillan, cd and jo fenwick, reader", "turkey trot thurs w her dad", "banjo /private"):
        await nora.writes(line)
    await nora.taps("Look")
    await nora.writes("blue scrubs top")
    for label in ("Save", "Fix", "When"):
        await nora.taps(label)
    for line in ("tomorrow", "yesterday 3 pm", "save", "/undo"):
        await nora.writes(line)
    await nora.writes("/audition")
    await nora.does(nora.client.closes() or [])


async def on_the_form(stage: SlackStage) -> None:
    nora, client = stage.nora, stage.nora.client
    await nora.does(client.opens_home())
    await nora.does(client.home_tap("Log an audition"))
    await nora.does(client.submits())
    await fills(nora, Project="Copper Falls", Role="Nurse Ray, co-star")
    await meets(nora, "tess quillan, cd", "jo fenwick", "tess marlowe", "red glasses, producer")
    await nora.does(client.picks_date(WHEN, "2026-12-24"))
    await nora.does(client.submits())
    await nora.does(client.picks_date(WHEN, "2026-11-18"), client.picks_time(AT, None))
    await fills(nora, What_you_wore="blue scrubs top, hair up, headshot #2", Anything="callback, slower please, felt 4")
    await nora.does(client.submits())
    await nora.does(client.shortcut(LOG_AUDITION))
    await meets(nora, "tes quilan")
    await fills(nora, Role="Dana")
    await nora.does(client.closes() or [])
    await nora.writes("someone new")
    await nora.does(client.message_shortcut(LOG_MESSAGE, "someone new"))


async def the_mornings(stage: SlackStage) -> None:
    nora, client = stage.nora, stage.nora.client
    await nora.does(client.opens_home())
    for line in ("/audition copper falls, nurse ray", "tess quillan, jo fenwick, bea hartnell", "turkey trot thurs"):
        await nora.writes(line)
    for label in ("Nothing", "Nothing", "Save"):
        await nora.taps(label)
    await stage.comes("2026-11-20 09:05")
    for label in ("Another line", "Sent", "Undo", "Tonight", "Show", "Skip", "Undo", "Edit"):
        await nora.taps(label)
    await nora.writes("Hope the trot went well!")
    await nora.taps("Last line")
    await nora.writes("/news just wrapped a guest star on Harbor Lights")
    for label in ("Show", "Sent", "Skip", "News", "Auditions", "Settings"):
        await nora.does(client.home_tap(label))
    await stage.comes("2026-11-21 09:05")
    await nora.writes("/followups")
    await nora.does(client.moves_to("Europe/London"))
    await nora.writes("/skip")


async def of_great_length(stage: SlackStage) -> None:
    nora, client = stage.nora, stage.nora.client
    await nora.does(client.opens_home())
    await nora.writes(f"/audition {LONG[:200]}, {LONG[:200]}")
    await nora.writes("tess quillan")
    await nora.writes(LONG)
    await nora.writes("save")
    await nora.writes(f"/news {LONG[:1000]}")
    await nora.writes("/audition")
    await fills(nora, Project=LONG[:300], Role="\U0001f4a9" * 150)
    await meets(nora, "Wolfeschlegelsteinhausenbergerdorff-Maximilianopolis " * 2)
    await fills(nora, What_did=LONG[:3000], Anything=LONG[:300])
    await nora.does(client.submits())
    for line in ("/auditions", "/followups", "/settings", LONG):
        await nora.writes(line)
    await stage.comes("2026-11-20 09:05")


async def of_many_things(stage: SlackStage) -> None:
    nora, client = stage.nora, stage.nora.client
    for name in PEOPLE:
        told = (client.slash("/audition", f"general with {name}"), client.write("nothing"), client.write("save"))
        await nora.does(*told)
    await nora.writes("/auditions")
    for label in ("Older", "Newer"):
        await nora.taps(label)
    await stage.comes("2026-11-20 09:05")
    await nora.writes("/followups")


WHEN, AT = "When was it?", "At what time?"
PEOPLE = (
    "Tess Quillan", "Jo Fenwick", "Bea Hartnell", "Marcus Thornbury", "Odette Marsh", "Delphine Ferrow", "Felix Abara",
    "Gwen Pike", "Hugo Lindqvist", "Ines Calloway",
)  # fmt: skip


@pytest.mark.parametrize(
    ("play", "least"),
    first([(in_the_chat, 25), (of_great_length, 20), (of_many_things, 30), (on_the_form, 15), (the_mornings, 40)], 3),
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_everything_that_comes_fits(database: Database, play: Play, least: int) -> None:
    async with slack_stage(database) as stage:
        await play(stage)
        assert len(calls_that_show(stage)) >= least
        assert_all_fits(stage)


async def test_what_is_found_by_the_search_fits(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        for line in ("/audition general with Tess Quillan", "nothing", "save", "/audition"):
            await nora.writes(line)
        for words in ("", "e", "tess", "maximiliana " * 12, "\U0001f4a9" * 70, "x" * 4000, "<!channel>", "a, b, c"):
            offered = await client.searches(WHO, words)
            assert all(1 <= _units(label) <= LABEL and label.strip() for label in offered)
            assert len(offered) <= 100
        assert client.modal
        found = [one for options in client.modal.view.found.values() for one in options]
        assert not list(_everywhere(found))


async def test_a_long_message_comes_whole(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        for line in ("/audition copper falls, nurse ray", "tess quillan", LONG.strip()):
            await nora.writes(line)
        assert _same(LONG) in _same("".join(shown.text for shown in nora.screen[-2:]))
        assert [label for label, _ in nora.screen[-2].buttons] == []
        assert nora.last.buttons[0][0] == "Save"
        assert_all_fits(stage)


# What fits and yet should not be sent


async def settled_morning(stage: SlackStage) -> list[str]:
    """Two cards on the screen; the ts of each."""
    nora = stage.nora
    for line in ("/audition copper falls, nurse ray", "tess quillan and jo fenwick", "nothing", "nothing", "save"):
        await nora.writes(line)
    await stage.comes("2026-11-20 09:05")
    return [shown.ts for shown in nora.screen if " of 2 · " in shown.text]


async def test_what_was_asked_in_a_channel_is_echoed_where_it_is_answered(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora, client = stage.nora, stage.nora.client
        channel = stage.slack.channel("C0STUDY", members=[client])
        (said,) = await nora.does(client.mention(channel, "audition copper falls, nurse ray"))
        assert said == "Copper Falls, Nurse Ray. Who was in the room?"


async def test_all_that_was_understood_of_a_command_is_echoed(database: Database) -> None:
    async with slack_stage(database) as stage:
        (said,) = await stage.nora.writes("/audition copper falls, nurse ray, co-star, callback, self-tape")
        assert [
            word for word in ("Copper Falls", "Nurse Ray", "co-star", "callback", "self-tape") if word not in said
        ] == []


async def test_nobody_is_asked_for_what_slack_cannot_do(database: Database) -> None:
    async with slack_stage(database) as stage:
        await stage.nora.writes("/settings")
        await stage.nora.taps("Zone")
        assert "location" not in stage.nora.last.text


async def test_what_a_command_took_back_is_said(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        first, _ = await settled_morning(stage)
        await nora.taps("Edit", first)
        await nora.writes("Hi Tess,\n\nLovely to read for you.\n\nNora")
        (said,) = await nora.writes("/undo")
        assert "your words" in said.lower()


async def test_in_the_thread_of_a_card_a_question_can_be_answered(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        first, _ = await settled_morning(stage)
        await nora.writes("Lovely to read for you.", thread=first)
        assert nora.last.text == "What do they replace?"
        (said,) = await nora.writes("all of it", thread=first)
        assert "Lovely to read for you." in said
        assert "all of it" not in said.lower()


async def test_in_the_thread_of_a_card_an_audition_can_be_begun(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        first, _ = await settled_morning(stage)
        (said,) = await nora.writes("audition harbor lights, dana", thread=first)
        assert said.endswith("Who was in the room?")


async def test_another_open_question_does_not_follow_into_a_thread(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        _, second = await settled_morning(stage)
        await nora.writes("/audition harbor lights, dana")
        await nora.writes("sent", thread=second)
        (in_thread,) = [shown for shown in nora.screen if shown.thread]
        assert in_thread.text == "Sent to Jo Fenwick by e-mail, today, 9:05 am."


async def test_a_question_that_comes_back_says_what_it_is_about(database: Database) -> None:
    async with slack_stage(database) as stage:
        nora = stage.nora
        for line in ("/audition copper falls, nurse ray", "/audition harbor lights, dana", "/cancel"):
            await nora.writes(line)
        assert nora.last.text == "Copper Falls. Who was in the room?"
