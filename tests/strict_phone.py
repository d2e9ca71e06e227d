"""A phone behind Telegram's own checks, without the network between."""

from __future__ import annotations

import json

from bot.telegram import _keyboard
from bot.telegram_text import html_parts
from handlers.messages import Message
from scheduler.wire import Parcel
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_wire import Refused
from tests.stage import Phone


class StrictPhone(Phone):
    """Takes all that is sent, and notes what Telegram would have refused."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self._telegram = FakeTelegram(flood=False)
        self._telegram.person(1).trouble = None

    async def send(self, parcel: Parcel) -> str:
        try:
            self._check(parcel.message)
        except Refused as error:
            self.refused.append(f"{error}: {parcel.message!r:.300}")
        return await super().send(parcel)

    def _check(self, message: Message) -> None:
        parts = html_parts(message)
        for number, part in enumerate(parts, 1):
            keyboard = _keyboard(message.choices) if number == len(parts) else None
            markup = {"reply_markup": json.dumps(keyboard.to_dict())} if keyboard else {}
            call = {"chat_id": 1, "text": part, "parse_mode": "HTML", **markup}
            self._telegram.methods.table["sendMessage"](call, {})
