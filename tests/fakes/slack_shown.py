"""A message as a person reads it: its blocks in lines, its buttons, and what in it rings or opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from tests.fakes.slack_mrkdwn import Fired, Names, Read, read_mrkdwn
from tests.fakes.slack_wire import Json

Labels = list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """One message as it stands now; `buttons` are (label, value), `choices` (option text, value).

    A button that opens a page has `url:URL` for its value. `fired` are the mentions and links a person would meet,
    `fallback` is what a notification shows, `thread` the parent's ts, `files` (name, size).
    """

    ts: str
    text: str
    mine: bool
    buttons: Labels
    blocks: list[Json]
    fallback: str
    ephemeral: bool = False
    thread: str = ""
    fired: list[Fired] = field(default_factory=list)
    choices: Labels = field(default_factory=list)
    files: list[tuple[str, int]] = field(default_factory=list)
    edited: bool = False
    by: str = ""

    def __str__(self) -> str:
        said = " ".join([*(f"[{name}]" for name, _ in self.files), *filter(None, [self.text])])
        labels = [f"[{label}]" for label, _ in self.buttons] + [f"({label})" for label, _ in self.choices]
        under = ["   " + " ".join(labels)] if labels else []
        mark = "> " if self.mine else "* " if self.ephemeral else "  "
        return "\n".join([mark + said.replace("\n", "\n  "), *under])


def read_message(wire: Json, names: Names) -> Read:
    """What stands in the bubble: the blocks, else the text."""
    if blocks := wire.get("blocks"):
        return read_blocks(blocks, names)
    text = str(wire.get("text", ""))
    return Read(text, []) if wire.get("mrkdwn") is False else read_mrkdwn(text, names)


def read_blocks(blocks: list[Json], names: Names) -> Read:
    """The lines of blocks, top to bottom."""
    return _together([_block(block, names) for block in blocks])


def _together(parts: list[Read], glue: str = "\n") -> Read:
    return Read(
        glue.join(part.text for part in parts if part.text), list(chain.from_iterable(part.fired for part in parts))
    )


def _block(block: Json, names: Names) -> Read:
    kind = block["type"]
    if kind == "rich_text":
        return _together([_rich(element, names) for element in block["elements"]])
    if kind == "context":
        return _together([_text(one, names) for one in block["elements"]], " ")
    if kind == "markdown":
        return read_mrkdwn(block["text"], names)
    if kind == "image":
        return Read(f"[{block['alt_text']}]", [])
    texts = [block.get("text"), *block.get("fields", []), block.get("label"), block.get("hint")]
    return _together([_text(one, names) for one in texts if one])


def _text(one: Json, names: Names) -> Read:
    if one["type"] == "image":
        return Read(f"[{one['alt_text']}]", [])
    if one["type"] == "plain_text":
        return Read(one["text"], [])
    return read_mrkdwn(one["text"], names, links=not one.get("verbatim", False))


def _rich(element: Json, names: Names) -> Read:
    if element["type"] == "rich_text_list":
        ordered = element["style"] == "ordered"
        lines = [_rich(one, names) for one in element["elements"]]
        marks = [f"{number}. " if ordered else "• " for number in range(1, len(lines) + 1)]
        return _together([Read(mark + line.text, line.fired) for mark, line in zip(marks, lines, strict=True)])
    parts = [_inline(one, names) for one in element["elements"]]
    return Read("".join(part.text for part in parts), list(chain.from_iterable(part.fired for part in parts)))


def _inline(one: Json, names: Names) -> Read:
    kind = one["type"]
    if kind == "link":
        return Read(one.get("text") or one["url"], [("link", one["url"])])
    if kind in ("user", "channel"):
        found = one[f"{kind}_id"]
        return Read(("@" if kind == "user" else "#") + names(found), [(kind, found)])
    if kind == "broadcast":
        return Read(f"@{one['range']}", [("broadcast", one["range"])])
    if kind == "emoji":
        return Read(_emoji(one), [])
    return Read(str(one.get("text") or one.get("fallback") or one.get("value") or ""), [])


def _emoji(one: Json) -> str:
    codes = one.get("unicode", "")
    return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else f":{one['name']}:"


def elements_of(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """What can be touched, each with its block."""
    found: list[tuple[Json, Json]] = []
    for block in blocks:
        inside = block["elements"] if block["type"] == "actions" else [block.get("accessory") or block.get("element")]
        found += [(block, one) for one in inside if one and one["type"] != "image"]
    return found


def buttons_of(blocks: list[Json]) -> Labels:
    """Label and value of each button."""
    return [(one["text"]["text"], _told(one)) for _, one in elements_of(blocks) if one["type"] == "button"]


def _told(button: Json) -> str:
    return f"url:{button['url']}" if "url" in button else str(button.get("value", ""))


def options_of(element: Json) -> list[Json]:
    """All options of a menu, those in groups too."""
    groups = chain.from_iterable(group["options"] for group in element.get("option_groups", []))
    return [*element.get("options", []), *groups]


def choices_of(blocks: list[Json]) -> Labels:
    """Text and value of each option of each menu."""
    options: list[Any] = [option for _, one in elements_of(blocks) for option in options_of(one)]
    return [(option["text"]["text"], option["value"]) for option in options]
