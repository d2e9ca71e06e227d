"""Slack's markup: how a text with it reads, and what in it would ring or open."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

Fired = tuple[str, str]
Names = Callable[[str], str]

_TOKEN = re.compile(r"<([@#!]?[^<>\n]{1,3000})>")
_ADDRESS = re.compile(r"(?<![\w.@/-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_WEB = re.compile(r"(?:https?://[^\s<>|]{1,2000}[^\s<>|.,;:!?'\")\]])", re.IGNORECASE)
_TOPS = "com|net|org|io|co|tv|me|edu|gov|info|app|dev|biz|uk|us|de|fr|example|test"
_BARE = re.compile(rf"(?<![\w.@/-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_TOPS})\b(?:/[^\s<>|]{{0,500}})?", re.IGNORECASE)
_STYLES = [
    re.compile(rf"(?<![\w{mark}]){mark}(?=[^\s{mark}])([^{mark}\n]{{0,2999}}?[^\s{mark}\n]){mark}(?![\w{mark}])")
    for mark in ("`", r"\*", "_", "~")
]
_QUOTE = re.compile(r"^(?:&gt;|>) ?", re.MULTILINE)
_FENCE = re.compile(r"```\n?(.*?)```", re.DOTALL)


class Read(NamedTuple):
    """What a person reads; `fired` is what rings or opens: ("user", "U…"), ("broadcast", "channel"), ("link", url)."""

    text: str
    fired: list[Fired]


def unescaped(text: str) -> str:
    """The three characters Slack wants escaped, as they read."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escaped(text: str) -> str:
    """A typed text as it travels in events."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read_mrkdwn(text: str, names: Names, *, links: bool = True) -> Read:
    """A mrkdwn text as it reads; `links` is whether bare addresses become links."""
    fired: list[Fired] = []
    pieces: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        pieces.append(_plain_stretch(text[end : token.start()], fired, links))
        pieces.append(_token(token[1], fired, names))
        end = token.end()
    pieces.append(_plain_stretch(text[end:], fired, links))
    return Read(unescaped(_unstyled("".join(pieces))), fired)


def _plain_stretch(text: str, fired: list[Fired], links: bool) -> str:
    if links:
        fired.extend(("link", unescaped(found)) for found in _bare_links(text))
    return text


def _bare_links(text: str) -> list[str]:
    found = _WEB.findall(text)
    rest = _WEB.sub(" ", text)
    return [*found, *_ADDRESS.findall(rest), *_BARE.findall(_ADDRESS.sub(" ", rest))]


def _token(inside: str, fired: list[Fired], names: Names) -> str:
    target, _, label = inside.partition("|")
    if target[0] in "@#":
        fired.append(("user" if target[0] == "@" else "channel", target[1:]))
        return target[0] + names(target[1:])
    if target[0] == "!":
        return _special(target[1:], label, fired)
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", target):
        return f"<{inside}>"
    fired.append(("link", unescaped(target)))
    return label or target


def _special(target: str, label: str, fired: list[Fired]) -> str:
    kind, _, _ = target.partition("^")
    if kind == "date":
        return label
    fired.append(("broadcast", kind if kind in ("here", "channel", "everyone") else target))
    return label or f"@{kind}"


def _unstyled(text: str) -> str:
    text = _QUOTE.sub("", _FENCE.sub(r"\1", text))
    for style in _STYLES:
        text = style.sub(r"\1", text)
    return text
