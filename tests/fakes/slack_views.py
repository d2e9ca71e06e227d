"""Modals and Home tabs: how they are checked, what was typed into them, and what the app may do with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_blocks import IN_VIEWS, complaints, with_ids
from tests.fakes.slack_schema import array, at, boolean, plain, shape, string
from tests.fakes.slack_shown import elements_of
from tests.fakes.slack_wire import Json, Refused, structure

if TYPE_CHECKING:
    from tests.fakes.slack_members import Member
    from tests.fakes.slack_schema import Check

LARGEST = 250_000


def _anything(value: Any, pointer: str) -> Any:
    return iter(())


_IDS: dict[str, Check] = {
    "private_metadata": string(3000, least=0), "callback_id": string(255, least=0), "external_id": string(255, least=0),
}  # fmt: skip
_FORMS = {
    "modal": shape(
        {"title": plain(24), "blocks": array(_anything, 100, least=0)},
        {**_IDS, "submit": plain(24), "close": plain(24), "clear_on_close": boolean, "notify_on_close": boolean,
         "submit_disabled": boolean},
    ),
    "home": shape({"blocks": array(_anything, 100, least=0)}, _IDS),
}  # fmt: skip


def check_view(value: Any, *kinds: str) -> Json:
    """A view as the methods take it; raises Refused invalid_arguments."""
    view = structure(value, "invalid_arguments")
    kind = view.get("type") if isinstance(view, dict) else None
    if kind not in kinds:
        raise Refused("invalid_arguments", at(f"unsupported type: {kind}", "/view/type"))
    wrong = list(_FORMS[kind](view, "/view"))
    if wrong := wrong or complaints(view["blocks"], IN_VIEWS, 100, "/view/blocks") or _rules(view):
        raise Refused("invalid_arguments", *wrong)
    if len(json.dumps(view)) > LARGEST:
        raise Refused("view_too_large")
    checked: Json = view
    return checked


def _rules(view: Json) -> list[str]:
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    focused = [one for _, one in elements_of(view["blocks"]) if one.get("focus_on_load")]
    wrong = [at("only one element may have `focus_on_load`", "/view/blocks")] if len(focused) > 1 else []
    if view["type"] == "modal" and inputs and "submit" not in view:
        wrong.append(at("`submit` is required when a view has an input block", "/view"))
    return wrong


class View:
    """A view on somebody's screen; `typed` is the state by (block_id, action_id), `errors` stand by block_id."""

    def __init__(self, person: Member, wire: Json) -> None:
        self.world, self.person = person.world, person
        self.id = self.world.name("V")
        self.typed: dict[tuple[str, str], Json] = {}
        self.errors: dict[str, str] = {}
        self.root, self.previous = self.id, ""
        self.found: dict[tuple[str, str], list[Json]] = {}
        self.world.views[self.id] = self
        self.show(wire)

    def show(self, wire: Json) -> None:
        """Stand so from now on: what was typed stays where block_id and action_id are the same."""
        self.wire = {**wire, "blocks": with_ids(wire["blocks"], self.world.count)}
        self.hash = f"{self.world.count()}.{self.world.count():08x}"
        here = {(block["block_id"], one["action_id"]): one for block, one in elements_of(self.blocks)}
        self.typed = {key: self.typed.get(key) or _initial(one) for key, one in here.items() if _is_field(one)}
        self.errors = {}
        self.world.changed()

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, each with an id."""
        blocks: list[Json] = self.wire["blocks"]
        return blocks

    @property
    def is_open(self) -> bool:
        """Whether it still stands on the screen."""
        return self in self.person.stack or self is self.person.home_view

    def as_json(self) -> Json:
        """The view object."""
        team = self.person.team
        values: Json = {}
        for (block_id, action_id), state in self.typed.items():
            values.setdefault(block_id, {})[action_id] = state
        return {
            "callback_id": "", "private_metadata": "", "title": None, "close": None, "submit": None, "external_id": "",
            "clear_on_close": False, "notify_on_close": False, **self.wire, "id": self.id, "team_id": team.id,
            "state": {"values": values}, "hash": self.hash, "previous_view_id": self.previous or None,
            "root_view_id": self.root, "app_id": self.world.app_id, "app_installed_team_id": team.id,
            "bot_id": team.bot_id,
        }  # fmt: skip


def _is_field(element: Json) -> bool:
    return element["type"] not in ("button", "overflow")


_STATE = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
}


def state_key(element: Json) -> str:
    """Where the state of a field tells what is in it."""
    return _STATE.get(element["type"], ("value", ""))[0]


def _initial(element: Json) -> Json:
    key, given = _STATE.get(element["type"], ("value", "initial_value"))
    nothing: Any = [] if key == "selected_options" else None
    return {"type": element["type"], key: element.get(given, nothing)}
