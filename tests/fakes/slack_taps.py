"""What a finger does: buttons and menus in messages, on the Home tab and in modals."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tests.fakes.slack_channels import Channel, Kept
from tests.fakes.slack_members import Member
from tests.fakes.slack_payloads import action_of, chosen_in, in_view, option_by_text, pressed
from tests.fakes.slack_shown import elements_of

if TYPE_CHECKING:
    from tests.fakes.slack_delivery import Delivery
    from tests.fakes.slack_views import View
    from tests.fakes.slack_wire import Json

Touched = tuple[Kept, "Json", "Json", "Json"]


class Taps(Member):
    """The acts give the Delivery they cause."""

    def tap(self, label: str, ts: str = "", *, channel: Channel | None = None) -> Delivery:
        """Tap a button, or pick an option of a menu, in the newest message of the bot that shows it (or the given)."""
        place = channel or self.dm
        found = self._touchable(place, label, ts)
        assert found, f"no button {label!r} on the screen:\n" + "\n".join(map(str, place.seen_by(self)))
        kept, block, element, chosen = found
        payload = pressed(self, place, kept.wire["ts"], kept, action_of(block, element, chosen))
        return self._interact(payload, label)

    def tap_data(self, value: str, ts: str = "", *, action_id: str = "", channel: Channel | None = None) -> Delivery:
        """Tap a button that may be long gone or never was; without an action_id it has that of the newest button."""
        place = channel or self.dm
        messages = [kept for kept in reversed(place.kept.values()) if kept.by_bot]
        every = chain.from_iterable(elements_of(kept.wire.get("blocks") or []) for kept in messages)
        block, button = next(((b, e) for b, e in every if e["type"] == "button"), ({}, {"action_id": "forged"}))
        element = {"type": "button", "text": {"type": "plain_text", "text": "…"}, "value": value,
                   "action_id": action_id or button["action_id"]}  # fmt: skip
        where = ts or (messages[0].wire["ts"] if messages else self.world.ts())
        action = action_of({"block_id": block.get("block_id", "forged")}, element, {})
        return self._interact(pressed(self, place, where, place.kept.get(where), action), "…")

    def home_tap(self, label: str) -> Delivery:
        """Tap a button, or pick an option, on the Home tab."""
        assert self.home_view, "no Home tab was published"
        return self._tap_in(self.home_view, label)

    def modal_tap(self, label: str) -> Delivery:
        """Tap a button, or pick an option, in the open modal."""
        assert self.stack, "no modal is open"
        return self._tap_in(self.stack[-1], label)

    def _tap_in(self, view: View, label: str) -> Delivery:
        found = _touch(view.blocks, label)
        assert found, f"no button {label!r} in {view.blocks}"
        block, element, chosen = found
        if chosen:
            view.typed[block["block_id"], element["action_id"]] = {"type": element["type"], **chosen}
        return self._interact(in_view(self, view, actions=[action_of(block, element, chosen)]), label)

    def _touchable(self, channel: Channel, label: str, ts: str) -> Touched | None:
        for kept in reversed(channel.kept.values()):
            if kept.by_bot and kept.seen_by(self.id) and ts in ("", kept.wire["ts"]):
                found = _touch(kept.wire.get("blocks") or [], label)
                if found:
                    return (kept, *found)
        return None

    def _interact(self, payload: Json, what: str) -> Delivery:
        return self.world.deliver("interactive", payload, failed=lambda why: self.complain(what, why))


def _touch(blocks: list[Json], label: str) -> tuple[Json, Json, Json] | None:
    """The block, the element and what was chosen, for a button's label or an option's text."""
    for block, element in elements_of(blocks):
        if element["type"] == "button" and element["text"]["text"] == label:
            return block, element, {}
        option = option_by_text(element, label)
        if option:
            return block, element, chosen_in(element, [option])
    return None
