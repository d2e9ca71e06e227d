"""A person at a modal: filling in, picking, searching, submitting."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_elements import OPTION_GROUPS, OPTIONS
from tests.fakes.slack_modal import Field, Modal
from tests.fakes.slack_payloads import action_of, chosen_in, in_view, option_by_text
from tests.fakes.slack_taps import Taps
from tests.fakes.slack_views import state_key
from tests.fakes.slack_wire import Json, Refused

if TYPE_CHECKING:
    from tests.fakes.slack_delivery import Delivery
    from tests.fakes.slack_view_methods import Views
    from tests.fakes.slack_views import View

NEEDED = "Please complete this required field."
NO_CONNECTION = "We had some trouble connecting. Try again?"


class Fields(Taps):
    """The acts on the open modal; fields are named by their labels."""

    views: Views

    @property
    def modal(self) -> Modal | None:
        """The modal on top, if one is open."""
        return Modal(self.stack[-1]) if self.stack else None

    def _at_modal(self) -> Modal:
        assert self.modal, f"no modal is open; {self.trouble}\n{self.transcript}"
        return self.modal

    # Filling in

    def fills(self, label: str, text: str, *, each: bool = False) -> list[Delivery]:
        """Type into a field (and Enter, where the app waits for that); `each` tells the app of every character.

        Refused where the field takes no more.
        """
        field = self._at_modal().field(label)
        if len(text) > field.element.get("max_length", 3000):
            raise Refused("Must be less than or equal to the maximum length")
        steps = [text[:end] for end in range(1, len(text))] if each and field.tells_characters else []
        return [told for step in [*steps, text] for told in self._put(field, {"value": step or None})]

    def picks(self, label: str, *options: str) -> list[Delivery]:
        """Pick from a menu by what the options show; a menu of many has just these then, none to clear it."""
        field = self._at_modal().field(label)
        found = [self._option(field, option) for option in options]
        return self._put(field, chosen_in(field.element, found))

    def _option(self, field: Field, text: str) -> Json:
        here = [*field.view.found.get(field.key, []), *field.chosen]
        option = option_by_text(field.element, text) or next((o for o in here if o["text"]["text"] == text), None)
        assert option, f"no option {text!r} in {field.label!r}"
        return option

    def picks_date(self, label: str, date: str | None) -> list[Delivery]:
        """Pick a date, YYYY-MM-DD; None clears it."""
        return self._put(self._at_modal().field(label), {"selected_date": date})

    def picks_time(self, label: str, time: str | None) -> list[Delivery]:
        """Pick a time, HH:mm; None clears it."""
        return self._put(self._at_modal().field(label), {"selected_time": time})

    def _put(self, field: Field, state: Json) -> list[Delivery]:
        assert state_key(field.element) in state, f"{field.label!r} is a {field.element['type']}"
        field.view.typed[field.key] = {"type": field.element["type"], **state}
        if not field.dispatches:
            return []
        action = action_of(field.block, field.element, state)
        return [self._interact(in_view(self, field.view, actions=[action]), field.label)]

    async def searches(self, label: str, text: str, seconds: float = 10.0) -> list[str]:
        """Type into a searching menu: the texts it offers, of which `picks` takes one. AssertionError if it fails."""
        field = self._at_modal().field(label)
        assert "external" in field.element["type"], f"{label!r} does not search"
        if len(text) < field.element.get("min_query_length", 3):
            return []
        action = {"action_id": field.key[1], "block_id": field.key[0], "value": text}
        payload = in_view(self, field.view, "block_suggestion", **action)
        delivery = self.world.deliver("interactive", payload)
        await delivery.acked(seconds)
        offered = _offered(delivery.response[1] if delivery.response else None)
        field.view.found[field.key] = offered
        return [option["text"]["text"] for option in offered]

    # Sending it off

    def submits(self) -> Delivery:
        """Press the submit button; Refused, with errors in the modal, while a needed field is empty."""
        modal = self._at_modal()
        view = modal.view
        assert view.wire.get("submit"), "this modal has no submit button"
        view.errors = {field.key[0]: NEEDED for field in modal.fields if field.is_input and field.lacks}
        if view.errors:
            raise Refused(NEEDED, *[field.label for field in modal.fields if field.key[0] in view.errors])
        payload = in_view(self, view, "view_submission", response_urls=[])
        return self.world.deliver(
            "interactive", payload, lambda body: self._submitted(view, body), lambda why: self._complain()
        )

    def _submitted(self, view: View, body: Json) -> None:
        try:
            self.views.submitted(view, body)
        except Refused as no:
            self._complain(f"{NO_CONNECTION} ({no})")

    def _complain(self, words: str = NO_CONNECTION) -> None:
        self.trouble.append(words)
        self.world.changed()

    def closes(self, *, everything: bool = False) -> Delivery | None:
        """Cancel the modal on top, or all of them; gives what the app is told, if it asked."""
        top = self._at_modal().view
        closed = [*self.stack] if everything or top.wire.get("clear_on_close") else [top]
        told = [one for one in reversed(closed) if one.wire.get("notify_on_close")]
        payloads = [in_view(self, one, "view_closed", is_cleared=len(closed) > 1) for one in told]
        self.stack = [one for one in self.stack if one not in closed]
        self.world.changed()
        return next(iter([self.world.deliver("interactive", payload) for payload in payloads]), None)


def _offered(body: Any) -> list[Json]:
    """The options of an acknowledged search; AssertionError where Slack would show none of them."""
    body = body if isinstance(body, dict) else {}
    groups = body.get("option_groups")
    wrong = list(OPTION_GROUPS(groups, "/option_groups") if groups else OPTIONS(body.get("options"), "/options"))
    assert not wrong, f"Slack does not show these options: {wrong}"
    return list(chain.from_iterable(group["options"] for group in groups)) if groups else list(body["options"])
