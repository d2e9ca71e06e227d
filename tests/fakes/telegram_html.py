"""Telegram's HTML as its server reads it: a few tags, four named references, no forgiveness."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.fakes.telegram_wire import Json, bad, utf16

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "span": "spoiler", "tg-spoiler": "spoiler", "tg-emoji": "custom_emoji",
    "tg-time": "date_time", "blockquote": "blockquote",
}  # fmt: skip
_SHOWN_AS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre",
    "text_link": "a", "text_mention": "a", "spoiler": "tg-spoiler", "custom_emoji": "tg-emoji",
    "date_time": "tg-time", "blockquote": "blockquote", "expandable_blockquote": "blockquote",
}  # fmt: skip

_PLAIN = re.compile(r"[^<&]+")
_NUMBER = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})(?![0-9a-fA-F])|([0-9]{1,7})(?![0-9]));?")
_NAMED = re.compile(r"&(lt|gt|amp|quot)(?![A-Za-z]);?")
_TAG_NAME = re.compile(r"[^\s>]*")
_TAG_END = re.compile(r"\s*>")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9.\-]+)(?=[\s>])))?""")
_LINK = re.compile(r"(?:(?:https?|tg|ton|mailto):(?://)?\S+|[^\s/.]+\.\S+)", re.IGNORECASE)


@dataclass
class _Open:
    tag: str
    argument: str
    units: int
    chars: int


@dataclass
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    units: int = 0
    nested: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self.close()
            elif self.source[self.at] == "<":
                self.open()
            elif self.source[self.at] == "&":
                self.reference()
            else:
                self.take(re_match(_PLAIN, self.source, self.at))
        if self.nested:
            self.refuse(f'Can\'t find end tag corresponding to start tag "{self.nested[-1].tag}"')
        if any("\ud800" <= char <= "\udfff" for char in self.text):
            self.refuse("Text contains invalid Unicode characters after decoding HTML entities")
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self.text, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def refuse(self, why: str, begin: int | None = None) -> NoReturn:
        where = "" if begin is None else f" at byte offset {len(self.source[:begin].encode())}"
        raise bad(f"can't parse entities: {why}{where}")

    def take(self, plain: str) -> None:
        self.at += len(plain)
        self.emit(plain)

    def emit(self, text: str) -> None:
        self.text += text
        self.units += utf16(text)

    def reference(self) -> None:
        char, end = decode_reference(self.source, self.at)
        self.at = end
        self.emit(char)

    def open(self) -> None:
        begin = self.at
        name = re_match(_TAG_NAME, self.source, begin + 1)
        self.at = begin + 1 + len(name)
        if self.at >= len(self.source):
            self.refuse("Unclosed start tag", begin)
        tag = name.lower()
        if tag not in TAGS:
            self.refuse(f'Unsupported start tag "{tag}"', begin)
        given = self.attributes(tag, begin)
        if tag == "span" and given.get("class") != "tg-spoiler":
            self.refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.nested.append(_Open(tag, _argument(tag, given), self.units, len(self.text)))

    def attributes(self, tag: str, begin: int) -> dict[str, str]:
        given: dict[str, str] = {}
        while not (end := _TAG_END.match(self.source, self.at)):
            found = _ATTRIBUTE.match(self.source, self.at)
            if not found or found.end() >= len(self.source):
                self.refuse(f'Unclosed start tag "{tag}"', begin)
            name = found[1].lower()
            if found[2] is None and self.source[found.end() :].lstrip().startswith("="):
                self.refuse(f'Unclosed value of an attribute of the tag "{tag}"', begin)
            if found[2] is None and (tag, name) != ("blockquote", "expandable"):
                self.refuse(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
            value = next((part for part in found.group(3, 4, 5) if part is not None), "")
            given[name] = _decoded(value)
            self.at = found.end()
        self.at = end.end()
        return given

    def close(self) -> None:
        begin = self.at
        if not self.nested:
            self.refuse("Unexpected end tag", begin)
        name = re_match(_TAG_NAME, self.source, self.at + 2)
        end = _TAG_END.match(self.source, self.at + 2 + len(name))
        if not end:
            self.refuse("Unclosed end tag", begin)
        opened = self.nested.pop()
        if name and name.lower() != opened.tag:
            self.refuse(f'Unmatched end tag, expected "</{opened.tag}>", found "</{name.lower()}>",', begin)
        self.at = end.end()
        if self.units > opened.units:
            self.entities += self.entity(opened)

    def entity(self, opened: _Open) -> list[Json]:
        made: Json = {"type": TAGS[opened.tag], "offset": opened.units, "length": self.units - opened.units}
        if opened.tag == "a":
            return _link(made, opened.argument or self.text[opened.chars :])
        if opened.tag == "blockquote" and opened.argument:
            made["type"] = "expandable_blockquote"
        if opened.tag == "tg-emoji":
            if not re.fullmatch(r"[0-9]{1,19}", opened.argument):
                self.refuse("Invalid custom emoji identifier specified")
            made["custom_emoji_id"] = opened.argument
        if opened.tag == "tg-time":
            if not re.fullmatch(r"[0-9]{1,10}", opened.argument):
                self.refuse("Invalid date specified")
            made["unix_time"] = int(opened.argument)
        if opened.tag in ("pre", "code"):
            return self.code(made, opened)
        return [made]

    def code(self, made: Json, opened: _Open) -> list[Json]:
        """`<pre><code class="language-x">` is one entity with a language; alone the class says nothing."""
        around = self.nested[-1] if self.nested else None
        if opened.tag == "code" and opened.argument and around and around.tag == "pre" and around.units == opened.units:
            return [{**made, "language": opened.argument}]
        last = self.entities[-1] if self.entities else {}
        if opened.tag == "pre" and last.get("language") and last["length"] == made["length"]:
            last["type"] = "pre"
            return []
        return [made]


def re_match(pattern: re.Pattern[str], source: str, at: int) -> str:
    """What `pattern` finds right at `at`, or nothing."""
    found = pattern.match(source, at)
    return found[0] if found else ""


def decode_reference(source: str, at: int) -> tuple[str, int]:
    """The character behind the `&` at `at` and where it ends; one the server does not know stays an `&`."""
    if named := _NAMED.match(source, at):
        return html.unescape(f"&{named[1]};"), named.end()
    if number := _NUMBER.match(source, at):
        code = int(number[1], 16) if number[1] else int(number[2])
        if 0 < code < 0x10FFFF:
            return chr(code), number.end()
    return "&", at + 1


def _decoded(value: str) -> str:
    found, at = "", 0
    while at < len(value):
        char, at = decode_reference(value, at) if value[at] == "&" else (value[at], at + 1)
        found += char
    return found


def _argument(tag: str, given: dict[str, str]) -> str:
    if tag == "code":
        before, _, language = given.get("class", "").partition("language-")
        return "" if before else language
    if tag == "blockquote":
        return "yes" if "expandable" in given else ""
    return given.get({"a": "href", "tg-emoji": "emoji-id", "tg-time": "unix"}.get(tag, ""), "")


def _link(made: Json, url: str) -> list[Json]:
    """A link the server cannot use is dropped without a word; one to a user becomes a mention."""
    if user := re.fullmatch(r"tg://user\?id=([0-9]{1,15})", url):
        mentioned = {"id": int(user[1]), "is_bot": False, "first_name": "?"}
        return [{**made, "type": "text_mention", "user": mentioned}]
    return [{**made, "url": url}] if _LINK.fullmatch(url) else []


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities (offsets in UTF-16 units); raises Refused 400 as Telegram does."""
    return _Reader(source).read()


def check_entities(text: str, entities: list[Json]) -> list[Json]:
    """Entities given beside the text, in order; raises Refused 400 when they do not fit it."""
    starts = _character_starts(text)
    for entity in entities:
        offset, length = entity.get("offset"), entity.get("length")
        if entity.get("type") not in {*_SHOWN_AS, "mention", "hashtag", "cashtag", "bot_command", "url", "email"}:
            raise bad(f'can\'t parse entities: Unsupported type "{entity.get("type")}"')
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 0:
            raise bad("can't parse entities: receive an entity with incorrect offset or length")
        if offset + length > max(starts):
            raise bad("entity ends after the end of the text")
        if not {offset, offset + length} <= starts:
            raise bad("entity begins or ends in a middle of a UTF-16 symbol")
    kept = [entity for entity in entities if entity["length"]]
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def _character_starts(text: str) -> set[int]:
    starts, units = {0}, 0
    for char in text:
        units += utf16(char)
        starts.add(units)
    return starts


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text as it is kept: blanks at its ends are cut, but those an entity begins with stay."""
    first = entities[0]["offset"] if entities else len(text)
    lead = min(len(text) - len(text.lstrip()), first)
    kept = text[lead:].rstrip()
    moved = [{**e, "offset": e["offset"] - lead, "length": min(e["length"], utf16(kept) + lead - e["offset"])}
             for e in entities]  # fmt: skip
    return kept, [entity for entity in moved if entity["length"] > 0]


def to_html(text: str, entities: list[Json]) -> str:
    """The message as HTML again, as a test may want to read it."""
    shown, units, opened = "", 0, list[Json]()
    waiting = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    for char in [*text, ""]:
        while opened and opened[-1]["offset"] + opened[-1]["length"] <= units:
            shown += f"</{_SHOWN_AS[opened.pop()['type']]}>"
        while waiting and waiting[0]["offset"] <= units:
            entity = waiting.pop(0)
            if entity["type"] in _SHOWN_AS:
                shown += _start_tag(entity)
                opened.append(entity)
        shown += html.escape(char, quote=False)
        units += utf16(char)
    return shown + "".join(f"</{_SHOWN_AS[entity['type']]}>" for entity in reversed(opened))


def _start_tag(entity: Json) -> str:
    attributes: dict[str, Any] = {
        "text_link": f' href="{html.escape(str(entity.get("url", "")))}"',
        "text_mention": f' href="tg://user?id={entity.get("user", {}).get("id")}"',
        "expandable_blockquote": " expandable",
        "custom_emoji": f' emoji-id="{entity.get("custom_emoji_id")}"',
        "date_time": f' unix="{entity.get("unix_time")}"',
    }
    return f"<{_SHOWN_AS[entity['type']]}{attributes.get(entity['type'], '')}>"
