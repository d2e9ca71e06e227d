"""Blocks of messages and views as Slack checks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.fakes.slack_elements import AS_ACCESSORY, IN_ACTIONS, IN_CONTEXT, IN_INPUT
from tests.fakes.slack_rich_text import RICH_TEXT, URL
from tests.fakes.slack_schema import Check, also, array, at, boolean, by_type, mixed, plain, shape, string
from tests.fakes.slack_wire import Json, Refused, structure

ALL_TEXT = 13_200

_ID: dict[str, Check] = {"block_id": string(255)}


def _section_rule(block: Json) -> str:
    return "" if "text" in block or "fields" in block else "must define either `text` or `fields`"


def _unique_actions(block: Json) -> str:
    ids = [element["action_id"] for element in block["elements"] if "action_id" in element]
    return "`action_id` must be unique in its block" if len(set(ids)) < len(ids) else ""


_EVERYWHERE: dict[str, Check] = {
    "section": also(
        shape({}, {**_ID, "text": mixed(3000), "fields": array(mixed(2000), 10), "accessory": AS_ACCESSORY,
                   "expand": boolean}),
        _section_rule,
    ),
    "header": shape({"text": plain(150)}, _ID),
    "divider": shape({}, _ID),
    "context": shape({"elements": array(IN_CONTEXT, 10)}, _ID),
    "actions": also(shape({"elements": array(IN_ACTIONS, 25)}, _ID), _unique_actions),
    "image": shape({"image_url": URL, "alt_text": string(2000)}, {**_ID, "title": plain(2000)}),
    "input": shape(
        {"label": plain(2000), "element": IN_INPUT},
        {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
}  # fmt: skip
IN_MESSAGES = {**_EVERYWHERE, "markdown": shape({"text": string(12_000)}, _ID)}
IN_VIEWS = _EVERYWHERE


def complaints(blocks: Any, allowed: dict[str, Check], most: int, pointer: str = "/blocks") -> list[str]:
    """All that is wrong with a list of blocks, in Slack's words."""
    wrong = list(array(by_type(allowed), most, least=0)(blocks, pointer))
    return wrong or list(_repeated(blocks, pointer))


def _repeated(blocks: list[Json], pointer: str) -> Iterator[str]:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        if block.get("block_id") in seen:
            yield at(f"`block_id` must be unique: {block['block_id']}", f"{pointer}/{number}/block_id")
        seen |= {block["block_id"]} if "block_id" in block else set()


def check_blocks(value: Any) -> list[Json] | None:
    """The blocks of a message, None when there are none given; raises Refused."""
    blocks = structure(value, "invalid_blocks_format") if value != [] else []
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if wrong := complaints(blocks, IN_MESSAGES, 50):
        raise Refused("invalid_blocks", *wrong)
    if characters(blocks) > ALL_TEXT:
        raise Refused("msg_blocks_too_long")
    return blocks


def characters(value: Any) -> int:
    """How much text stands in blocks, labels and options with it."""
    if isinstance(value, list):
        return sum(map(characters, value))
    if not isinstance(value, dict):
        return 0
    return sum(len(one) if name == "text" and isinstance(one, str) else characters(one) for name, one in value.items())


def with_ids(blocks: list[Json], count: Callable[[], int]) -> list[Json]:
    """The blocks with ids for those that came without, as the server gives them."""
    return [_with_ids(block, count) for block in blocks]


def _with_ids(block: Json, count: Callable[[], int]) -> Json:
    named = {**block, "block_id": block.get("block_id") or f"b{count():04d}"}
    if block["type"] == "actions":
        named["elements"] = [_with_action_id(one, count) for one in block["elements"]]
    for place in ("accessory", "element"):
        if place in block and block[place]["type"] != "image":
            named[place] = _with_action_id(block[place], count)
    return named


def _with_action_id(element: Json, count: Callable[[], int]) -> Json:
    return {**element, "action_id": element.get("action_id") or f"a{count():04d}"}
