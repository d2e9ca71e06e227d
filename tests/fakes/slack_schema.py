"""Checks of JSON shapes that tell what is wrong, and where, in Slack's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fakes.slack_wire import Json

Check = Callable[[Any, str], Iterator[str]]


def at(message: str, pointer: str) -> str:
    """A complaint with its place."""
    return f"{message} [json-pointer:{pointer}]"


def string(most: int, least: int = 1) -> Check:
    """Text of so many characters."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield at("must provide a string", pointer)
        elif len(value) < least:
            yield at(f"must be more than {least - 1} characters", pointer)
        elif len(value) > most:
            yield at(f"must be less than {most + 1} characters", pointer)

    return check


def boolean(value: Any, pointer: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield at("must be a boolean", pointer)


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield at("must provide an integer", pointer)
        elif not least <= value <= most:
            yield at(f"must be between {least} and {most}", pointer)

    return check


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield at(f"must be one of: {', '.join(allowed)}", pointer)

    return check


def written(pattern: str, words: str) -> Check:
    """Text in a certain form."""
    form = re.compile(pattern)

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str) or not form.fullmatch(value):
            yield at(words, pointer)

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """So many of something."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield at("must provide an array", pointer)
            return
        if len(value) > most:
            yield at(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield at(f"no fewer than {least} items allowed", pointer)
        for number, one in enumerate(value):
            yield from item(one, f"{pointer}/{number}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these fields and no others; its `type` is checked by who chose the shape."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield at("must provide an object", pointer)
            return
        for name in required.keys() - value.keys():
            yield at(f"missing required field: {name}", pointer)
        for name, one in value.items():
            if name in known:
                yield from known[name](one, f"{pointer}/{name}")
            elif name != "type":
                yield at(f"invalid additional property: {name}", pointer)

    return check


def by_type(table: Mapping[str, Check]) -> Check:
    """An object that says what it is."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(value, dict):
            yield at("must provide an object", pointer)
        elif kind is None:
            yield at("missing required field: type", pointer)
        elif not isinstance(kind, str) or kind not in table:
            yield at(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            yield from table[kind](value, pointer)

    return check


def also(check: Check, rule: Callable[[Json], str]) -> Check:
    """A shape with a rule about the whole of it; the rule gives a complaint, or "", and sees sound shapes only."""

    def whole_check(value: Any, pointer: str) -> Iterator[str]:
        wrong = list(check(value, pointer))
        yield from wrong
        if not wrong and (complaint := rule(value)):
            yield at(complaint, pointer)

    return whole_check


def plain(most: int) -> Check:
    """A plain_text object."""
    return by_type({"plain_text": shape({"text": string(most)}, {"emoji": boolean})})


def mixed(most: int) -> Check:
    """A text object of either kind."""
    mrkdwn = shape({"text": string(most)}, {"verbatim": boolean})
    return by_type({"mrkdwn": mrkdwn, "plain_text": shape({"text": string(most)}, {"emoji": boolean})})
