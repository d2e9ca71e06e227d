"""Chats as both sides see them: what was sent, and how it stands on the phone now."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tests.fakes import telegram_markup as keyboards
from tests.fakes.telegram_html import to_html
from tests.fakes.telegram_updates import Query, World
from tests.fakes.telegram_wire import Json, Refused, utf16

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.telegram_people import Person

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?")


@dataclass(frozen=True)
class Shown:
    """One message as it stands on the phone now; `buttons` are rows of (label, data), `reply_keyboard` rows of labels.

    A button that tells the bot nothing has `copy:TEXT` or `url:URL` for its data.
    """

    message_id: int
    mine: bool
    text: str
    html: str
    buttons: list[list[tuple[str, str]]]
    reply_keyboard: list[list[str]]
    silent: bool
    edited: bool
    file: str = ""

    def __str__(self) -> str:
        said = " ".join(filter(None, (self.file and f"[{self.file}]", self.text)))
        rows = [[label for label, _ in row] for row in self.buttons] + self.reply_keyboard
        under = ["   " + " ".join(f"[{label}]" for label in row) for row in rows]
        return "\n".join([("> " if self.mine else "  ") + said.replace("\n", "\n  "), *under])


@dataclass
class Kept:
    """A message as the server keeps it: its JSON, whose it is, and what the JSON does not tell."""

    wire: Json
    by_bot: bool
    keyboard: Json
    silent: bool = False

    def shown(self) -> Shown:
        """How it looks on the phone."""
        wire = self.wire
        text: str = wire.get("text") or wire.get("caption") or ""
        entities: list[Json] = wire.get("entities") or wire.get("caption_entities") or []
        return Shown(
            wire["message_id"], not self.by_bot, text, to_html(text, entities),
            keyboards.buttons(wire.get("reply_markup", {})), keyboards.labels(self.keyboard),
            self.silent, "edit_date" in wire, _attached(wire),
        )  # fmt: skip


def _attached(wire: Json) -> str:
    if "document" in wire:
        return str(wire["document"].get("file_name", "document"))
    return next((kind for kind in ("sticker", "voice", "photo", "location", "contact", "poll") if kind in wire), "")


class Chat:
    """Messages of one chat, both sides'."""

    def __init__(self, world: World, wire: Json) -> None:
        self.world, self.wire = world, wire
        self.kept: dict[int, Kept] = {}
        self.trouble: Refused | None = None
        world.chats[wire["id"]] = self

    @property
    def id(self) -> int:
        """The chat's id."""
        return int(self.wire["id"])

    @property
    def private(self) -> bool:
        """Whether it is a talk with one person."""
        return bool(self.wire["type"] == "private")

    @property
    def screen(self) -> list[Shown]:
        """The chat as it reads now, oldest first."""
        return [kept.shown() for kept in self.kept.values()]

    @property
    def transcript(self) -> str:
        """The chat in plain lines; the person's own begin with `>`."""
        return "\n".join(map(str, self.screen))

    @property
    def said(self) -> list[str]:
        """The texts of the bot's messages, as they stand now."""
        return [
            str(kept.wire.get("text") or kept.wire.get("caption") or "") for kept in self.kept.values() if kept.by_bot
        ]

    def keep(self, body: Json, sender: Json, *, keyboard: Json | None = None, at: datetime | None = None) -> Kept:
        """File a new message of either side; the moment is now unless given."""
        written = int(at.timestamp() if at else time.time())
        wire = {"message_id": self.world.count(), "from": sender, "chat": self.wire, "date": written, **body}
        kept = Kept(wire, by_bot=bool(sender["is_bot"]), keyboard=keyboard or {})
        self.kept[wire["message_id"]] = kept
        return kept

    def receive(self, person: Person, body: Json, *, reply_to: int | None = None, at: datetime | None = None) -> int:
        """A message of a person: kept and told to the bot; gives the update's id."""
        if reply_to is not None:
            body = {**body, "reply_to_message": _without_reply(self.kept[reply_to].wire)}
        kept = self.keep(body, person.user, at=at)
        return self.world.updates.add("message", dict(kept.wire))

    def pressed(self, person: Person, message_id: int, data: str) -> int:
        """A tap of `person` on an inline button, real or forged."""
        query_id = self.world.name("query-")
        self.world.queries[query_id] = Query(self.world.clock(), person)
        known = self.kept.get(message_id)
        message = dict(known.wire) if known else {"chat": self.wire, "message_id": message_id, "date": 0}
        body = {"id": query_id, "from": person.user, "message": message, "chat_instance": f"i{self.id}", "data": data}
        return self.world.updates.add("callback_query", body)

    def find_button(self, label_or_data: str, message_id: int | None) -> tuple[int, Json]:
        """The last message that shows such an inline button (or the given message), and the button."""
        for kept in reversed(self.kept.values()):
            if message_id in (None, kept.wire["message_id"]):
                rows = kept.wire.get("reply_markup", {}).get("inline_keyboard", [])
                for button in chain.from_iterable(rows):
                    if label_or_data in (button["text"], button.get("callback_data")):
                        return kept.wire["message_id"], button
        raise AssertionError(f"no button {label_or_data!r} on the screen:\n{self.transcript}")


def _without_reply(wire: Json) -> Json:
    return {key: value for key, value in wire.items() if key != "reply_to_message"}


def text_body(text: str) -> Json:
    """A typed text with the entities a phone's server finds: the commands in it."""
    assert 1 <= utf16(text) <= 4096, "a phone sends 1 to 4096 units at a time"
    found = [
        {"type": "bot_command", "offset": utf16(text[: one.start()]), "length": len(one[0])}
        for one in _COMMAND.finditer(text)
    ]
    return {"text": text, **({"entities": found} if found else {})}
