"""The people's side: who writes, taps and blocks."""

from __future__ import annotations

import time
from itertools import chain
from typing import TYPE_CHECKING, Any

from tests.fakes import telegram_markup as keyboards
from tests.fakes.telegram_chats import Chat, text_body
from tests.fakes.telegram_wire import Json, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.telegram_updates import World


JPEG = b"\xff\xd8\xff\xc0\x00\x11\x08\x03\x20\x03\x20" + bytes(10) + b"\xff\xd9"
"""The head of a picture of 800 x 800, which is all that anybody here reads of it."""


class Person(Chat):
    """Somebody with a phone; their private chat has their own id. The acts give the id of the update they cause."""

    def __init__(self, world: World, user_id: int, first_name: str, last_name: str) -> None:
        names = {"first_name": first_name, **({"last_name": last_name} if last_name else {})}
        super().__init__(world, {"id": user_id, "type": "private", **names})
        self.user: Json = {"id": user_id, "is_bot": False, **names, "language_code": "en"}
        self.trouble = Refused(403, "bot can't initiate conversation with a user")
        self.toasts: list[str] = []
        self.blocked = False

    def send(self, body: Json, *, reply_to: int | None = None, at: datetime | None = None) -> int:
        """Any message at all; whoever writes has started the bot and unblocked it."""
        if self.blocked:
            self.unblock()
        self.trouble = None
        return self.receive(self, body, reply_to=reply_to, at=at)

    def write(self, text: str, *, reply_to: int | None = None, at: datetime | None = None) -> int:
        """Type a text."""
        return self.send(text_body(text), reply_to=reply_to, at=at)

    def tap(self, label_or_data: str, message_id: int | None = None) -> int:
        """Tap a button of the last message that shows it; on the reply keyboard this types its label."""
        if message_id is None and label_or_data in chain.from_iterable(self.reply_keyboard):
            assert not self._asks_place(label_or_data), "this button sends a place: use share_location"
            return self.write(label_or_data)
        where, button = self.find_button(label_or_data, message_id)
        assert "callback_data" in button, f"{label_or_data!r} tells the bot nothing: {button}"
        return self.tap_data(button["callback_data"], where)

    def tap_data(self, data: str, message_id: int) -> int:
        """Tap a button that may be long gone or never was; an unknown message is an inaccessible one."""
        return self.pressed(self, message_id, data)

    def copy(self, label: str) -> str:
        """What a copy button puts on the clipboard; the bot hears nothing of it."""
        return str(self.find_button(label, None)[1]["copy_text"]["text"])

    @property
    def reply_keyboard(self) -> list[list[str]]:
        """The keyboard at the foot of the phone now, rows of labels."""
        return keyboards.labels(self._last_keyboard())

    def _last_keyboard(self) -> Json:
        return next((kept.keyboard for kept in reversed(self.kept.values()) if kept.keyboard), {})

    def _asks_place(self, label: str) -> bool:
        listed = chain.from_iterable(self._last_keyboard()["keyboard"])
        return any(isinstance(one, dict) and one["text"] == label and one.get("request_location") for one in listed)

    def edit(self, message_id: int, text: str) -> int:
        """Correct an own message."""
        kept = self.kept[message_id]
        assert not kept.by_bot, "a person edits only their own messages"
        kept.wire = {**kept.wire, "edit_date": int(time.time())}
        kept.wire.pop("entities", None)
        kept.wire.update(text_body(text))
        return self.world.updates.add("edited_message", dict(kept.wire))

    def share_location(self, lat: float, lon: float) -> int:
        """Send a place on the map."""
        return self.send({"location": {"latitude": lat, "longitude": lon}})

    def send_sticker(self) -> int:
        """A sticker."""
        look = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👏"}
        return self.send({"sticker": self.world.file("sticker.webp", b"RIFF", **look)})

    def send_voice(self, seconds: int = 4) -> int:
        """A voice message."""
        return self.send({"voice": self.world.file("voice.ogg", b"OggS", duration=seconds, mime_type="audio/ogg")})

    def send_photo(self, caption: str = "", body: bytes = JPEG) -> int:
        """A picture; `body` is that of its largest size."""
        bodies = {90: JPEG, 800: body}
        sizes = [self.world.file("photo.jpg", bodies[side], width=side, height=side) for side in bodies]
        return self.send({"photo": sizes, **({"caption": caption} if caption else {})})

    def send_document(
        self, name: str = "sides.pdf", body: bytes = b"%PDF-1.7", caption: str = "", mime: str = "application/pdf",
        **told: Any,
    ) -> int:  # fmt: skip
        """A file; what is `told` of it need not be true."""
        document = {**self.world.file(name, body, file_name=name, mime_type=mime), **told}
        return self.send({"document": document, **({"caption": caption} if caption else {})})

    def send_contact(self, phone: str = "+13105550142", first_name: str = "Dana") -> int:
        """A card of the address book."""
        return self.send({"contact": {"phone_number": phone, "first_name": first_name}})

    def send_poll(self, question: str = "Blazer or cardigan?") -> int:
        """A poll of two answers."""
        answers = ("Blazer", "Cardigan")
        choices = [{"text": one, "voter_count": 0, "persistent_id": str(n)} for n, one in enumerate(answers)]
        poll: Json = {
            "id": self.world.name("poll-"), "question": question, "options": choices, "total_voter_count": 0,
            "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
            "allows_revoting": False, "members_only": False,
        }  # fmt: skip
        return self.send({"poll": poll})

    def block(self) -> int:
        """Stop the bot: sends are refused from now on."""
        self.blocked, self.trouble = True, Refused(403, "bot was blocked by the user")
        return self._membership("member", "kicked")

    def unblock(self) -> int:
        """Let the bot write again."""
        self.blocked, self.trouble = False, None
        return self._membership("kicked", "member")

    def deactivate(self) -> None:
        """Delete the account; nobody tells the bot. Writing again brings it back."""
        self.trouble = Refused(403, "user is deactivated")

    def vanish(self) -> None:
        """Be a chat the server no longer finds, until the person writes."""
        self.trouble = Refused(400, "chat not found")

    def _membership(self, old: str, new: str) -> int:
        change = {"chat": self.wire, "from": self.user, "date": int(time.time())}
        return self.world.updates.add(
            "my_chat_member", {**change, "old_chat_member": self._bot_as(old), "new_chat_member": self._bot_as(new)}
        )

    def _bot_as(self, status: str) -> Json:
        more: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
        return {"user": {key: self.world.bot[key] for key in ("id", "is_bot", "first_name", "username")},
                "status": status, **more}  # fmt: skip


class Group(Chat):
    """A group the bot is in and reads all of (as an administrator does)."""

    def __init__(self, world: World, chat_id: int, title: str, kind: str = "group") -> None:
        super().__init__(world, {"id": chat_id, "type": kind, "title": title})

    def write(self, person: Person, text: str, *, reply_to: int | None = None, at: datetime | None = None) -> int:
        """`person` types a text here; gives the update's id."""
        return self.receive(person, text_body(text), reply_to=reply_to, at=at)

    def tap(self, person: Person, label_or_data: str, message_id: int | None = None) -> int:
        """`person` taps a button here; gives the update's id."""
        where, button = self.find_button(label_or_data, message_id)
        return self.pressed(person, where, button["callback_data"])

    def migrate(self, person: Person, new_id: int) -> Group:
        """`person` makes it a supergroup: sends to the old id are refused with the new one."""
        assert new_id < -1_000_000_000_000, "a supergroup's id begins with -100"
        successor = Group(self.world, new_id, self.wire["title"], "supergroup")
        self.receive(person, {"migrate_to_chat_id": new_id})
        successor.receive(person, {"migrate_from_chat_id": self.id})
        moved = "group chat was upgraded to a supergroup chat"
        self.trouble = Refused(400, moved, {"migrate_to_chat_id": new_id})
        return successor
