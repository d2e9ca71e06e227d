"""The vocabulary every chat shares: who writes, what came in, what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class Sender:
    """One person in one chat of one platform."""

    platform: str
    user: str
    chat: str
    team: str = ""


Kind = Literal[
    "text", "tap", "place", "edited", "file", "other", "group", "shortcut", "form", "home", "opened", "profile"
]
Values = dict[str, Any]
"""What stands in the fields of a form: a text, or of people a list of [label, value]."""


@dataclass(frozen=True)
class Attached:
    """A file that came with an act, as the platform tells of it: nothing of that need be true."""

    name: str
    size: int
    """In bytes; 0 where it is not told."""
    mime: str
    reference: str
    """What the platform gives it out for; empty where it does not."""


@dataclass(frozen=True)
class Incoming:
    """One act of a person, as every platform can tell it; `at` is UTC, when it was written."""

    kind: Kind
    at: datetime
    text: str = ""
    """What was typed; of a tap, the data of its button; of "other", what it is ("sticker"); of a form, what
    became of it: changed, sent, closed."""
    reply_to: str = ""
    """The platform's id of the message of ours that this one answers."""
    latitude: float = 0.0
    longitude: float = 0.0
    name: str = ""
    """The name in the platform's profile."""
    zone: str = ""
    """The time zone in the platform's profile."""
    is_unseen: bool = False
    """The chat does not show what was typed: a command of Slack's, words in a channel."""
    is_cut: bool = False
    """It was longer than a text may be."""
    opener: str = ""
    """What opens a form in answer to this act, as long as it is fresh."""
    talk: int = 0
    """Of a form, the talk whose answers it holds."""
    view: str = ""
    """Of a form, the platform's id of it."""
    values: Values = field(default_factory=dict)
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Received:
    """An act together with its sender and the platform's id of the event."""

    sender: Sender
    event: str
    incoming: Incoming


@dataclass(frozen=True)
class Code:
    """A block that one tap copies."""

    text: str


@dataclass(frozen=True)
class Mail:
    """An e-mail address; where the chat can, a tap on it opens a mail with subject and body ready."""

    to: str
    subject: str
    body: str

    @property
    def text(self) -> str:
        """What stands there."""
        return self.to


Piece = str | Code | Mail
Text = tuple[Piece, ...]


def words(piece: Piece) -> str:
    """A piece as one reads it."""
    return piece if isinstance(piece, str) else piece.text


def _piece_json(piece: Piece) -> Any:
    if isinstance(piece, Mail):
        return {"mail": piece.to, "subject": piece.subject, "body": piece.body}
    return {"code": piece.text} if isinstance(piece, Code) else piece


def _piece(data: Any) -> Piece:
    if isinstance(data, str):
        return data
    return Mail(data["mail"], data["subject"], data["body"]) if "mail" in data else Code(data["code"])


@dataclass(frozen=True)
class Choice:
    """A button: what it says, and what a tap on it sends back (64 bytes at most)."""

    label: str
    data: str


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True)
class Message:
    """What one message shows; `under` is the line of news below a card that stays."""

    body: Text
    under: str = ""
    choices: Rows = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for a database row."""
        return {
            "body": [_piece_json(piece) for piece in self.body],
            "under": self.under,
            "choices": [[[c.label, c.data] for c in row] for row in self.choices],
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Message:
        """The message that `to_json` wrote."""
        return Message(
            body=tuple(_piece(piece) for piece in data["body"]),
            under=data["under"],
            choices=tuple(tuple(Choice(*c) for c in row) for row in data["choices"]),
        )


def plain(text: str, *rows: tuple[Choice, ...]) -> Message:
    """A message of one piece of text with its buttons."""
    return Message((text,), choices=rows)


@dataclass(frozen=True)
class Field:
    """One field of a form; `value` is a text, or of people a list of [label, value]."""

    key: str
    label: str
    kind: Literal["line", "text", "people", "date", "time"]
    value: Any = ""
    hint: str = ""
    is_optional: bool = True


@dataclass(frozen=True)
class Form:
    """The questions of a talk on one sheet: opened by what the act gave us for it, or put in the place of a view."""

    talk: int
    title: str
    fields: tuple[Field, ...]
    opener: str = ""
    view: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the home page."""

    head: str
    message: Message


@dataclass(frozen=True)
class Home:
    """The page that a chat keeps beside the messages: how things stand."""

    sections: tuple[Section, ...]


Surface = Form | Home
"""What a chat can show beside its messages."""


def surface_json(surface: Surface) -> dict[str, Any]:
    """Plain data for a database row."""
    if isinstance(surface, Form):
        return asdict(surface)
    return {"sections": [{"head": s.head, "message": s.message.to_json()} for s in surface.sections]}


def read_surface(data: Mapping[str, Any]) -> Surface:
    """The surface that `surface_json` wrote."""
    if "fields" in data:
        return Form(**{**data, "fields": tuple(Field(**field) for field in data["fields"])})
    return Home(tuple(Section(s["head"], Message.from_json(s["message"])) for s in data["sections"]))


@dataclass(frozen=True)
class Outgoing:
    """A message on its way: said anew, or put in the place of the last one that showed a subject."""

    subject: str
    """What it shows from now on ("talk:3", "note:5"); empty: nothing that will be shown again."""
    message: Message
    replaces: str = ""
    """The subject whose last message it takes the place of; empty: it is said anew."""
    to: int | None = None
    """The address it goes to, where that is not the one of who acted."""
    sound: bool = True
    quiet: bool = False
    """A change that only tidies up: without a body of its own it keeps the words that stand there, and where
    it cannot be made, it is not said anew."""
    good_until: datetime | None = None
    due: int | None = None
    document: int | None = None
    """The row of the file that goes with it; such a message is always said anew."""
    thread: str = ""
    """The message in whose thread it is said."""
    surface: Surface | None = None
    """What is shown beside the messages; where it cannot be, or not in time, the message is said instead."""
