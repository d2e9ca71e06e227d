"""Buttons, menus and fields as Slack checks them."""

from __future__ import annotations

from itertools import chain

from tests.fakes.slack_rich_text import URL
from tests.fakes.slack_schema import (
    Check,
    also,
    array,
    boolean,
    by_type,
    mixed,
    one_of,
    plain,
    shape,
    string,
    whole,
    written,
)
from tests.fakes.slack_wire import Json

DATE = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"

_CONFIRM = shape(
    {"title": plain(100), "text": mixed(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
_ID: dict[str, Check] = {"action_id": string(255)}
_FOCUS: dict[str, Check] = {"focus_on_load": boolean}
_ASKS: dict[str, Check] = {**_ID, "confirm": _CONFIRM}
_FIELD: dict[str, Check] = {**_ASKS, **_FOCUS, "placeholder": plain(150)}
_DISPATCH = shape(
    {}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)}
)  # fmt: skip

_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
_RICHER = shape({"text": mixed(75), "value": string(150)}, {"description": mixed(75)})
_LINKED = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
_GROUP = shape({"label": plain(75), "options": array(_OPTION, 100)})
OPTIONS = array(_OPTION, 100, least=0)
OPTION_GROUPS = array(_GROUP, 100, least=0)
_MENU: dict[str, Check] = {**_FIELD, "options": array(_OPTION, 100), "option_groups": array(_GROUP, 100)}
_ONE: dict[str, Check] = {"initial_option": _OPTION}
_MANY: dict[str, Check] = {"initial_options": array(_OPTION, 100), "max_selected_items": whole(1, 100)}
_REMOTE: dict[str, Check] = {**_FIELD, "min_query_length": whole(0, 100)}


def _choice_rule(element: Json) -> str:
    """Options or groups, and the initial ones among them, word for word."""
    if element["type"].endswith("static_select") and ("options" in element) == ("option_groups" in element):
        return "must define either `options` or `option_groups`"
    groups = [group["options"] for group in element.get("option_groups", [])]
    known = [*element.get("options", []), *chain.from_iterable(groups)]
    chosen = [*element.get("initial_options", []), *filter(None, [element.get("initial_option")])]
    if any(one not in known for one in chosen):
        return "`initial_option` must match an option"
    values = [option["value"] for option in known]
    return "option values must be unique" if len(set(values)) < len(values) else ""


def _text_rule(element: Json) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if least > most:
        return "`min_length` must not exceed `max_length`"
    return "`initial_value` is out of range" if not _fits(element.get("initial_value"), least, most) else ""


def _fits(value: str | None, least: int, most: int) -> bool:
    return value is None or least <= len(value) <= most


_TYPED: dict[str, Check] = {
    **_ID, **_FOCUS, "placeholder": plain(150), "initial_value": string(3000, least=0),
    "dispatch_action_config": _DISPATCH,
}  # fmt: skip
_LENGTHS: dict[str, Check] = {"min_length": whole(0, 3000), "max_length": whole(1, 3000), "multiline": boolean}

BUTTON = shape(
    {"text": plain(75)},
    {**_ASKS, "value": string(2000), "url": URL, "style": one_of("primary", "danger"),
     "accessibility_label": plain(75)},
)  # fmt: skip
CHOICES: dict[str, Check] = {
    "static_select": also(shape({}, {**_MENU, **_ONE}), _choice_rule),
    "multi_static_select": also(shape({}, {**_MENU, **_MANY}), _choice_rule),
    "external_select": shape({}, {**_REMOTE, **_ONE}),
    "multi_external_select": shape({}, {**_REMOTE, **_MANY}),
    "datepicker": shape({}, {**_FIELD, "initial_date": written(DATE, "must be a date: YYYY-MM-DD")}),
    "timepicker": shape({}, {**_FIELD, "initial_time": written(TIME, "must be a time: HH:mm"), "timezone": string(64)}),
    "radio_buttons": also(
        shape({"options": array(_RICHER, 10)}, {**_ASKS, **_FOCUS, "initial_option": _RICHER}), _choice_rule
    ),
    "checkboxes": also(
        shape({"options": array(_RICHER, 10)}, {**_ASKS, **_FOCUS, "initial_options": array(_RICHER, 10)}),
        _choice_rule,
    ),
}
TYPED: dict[str, Check] = {
    "plain_text_input": also(shape({}, {**_TYPED, **_LENGTHS}), _text_rule),
    "email_text_input": shape({}, _TYPED),
    "url_text_input": shape({}, _TYPED),
    "number_input": shape({"is_decimal_allowed": boolean}, _TYPED),
}
_OVERFLOW = shape({"options": array(_LINKED, 5)}, _ASKS)
_IMAGE = shape({"image_url": URL, "alt_text": string(2000)})

IN_ACTIONS = by_type({**CHOICES, "button": BUTTON, "overflow": _OVERFLOW})
AS_ACCESSORY = by_type({**CHOICES, "button": BUTTON, "overflow": _OVERFLOW, "image": _IMAGE})
IN_CONTEXT = by_type({
    "image": _IMAGE,
    "mrkdwn": shape({"text": string(3000)}, {"verbatim": boolean}),
    "plain_text": shape({"text": string(3000)}, {"emoji": boolean}),
})  # fmt: skip
IN_INPUT = by_type({**CHOICES, **TYPED})
