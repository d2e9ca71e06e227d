"""Messages, forms and the home page as Block Kit; words of a person stand where nothing in them can fire.

Limits: https://docs.slack.dev/reference/block-kit
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any
from urllib.parse import quote

from bot.parts import label, parts, plain, units
from handlers.messages import Choice, Code, Field, Form, Home, Mail, Message, Rows, Text

Block = dict[str, Any]
LIMIT = 3000  # of the text of one message; Slack would take 4,000 in a change, and counts escapes
LONGEST_URL = 2990
MOST_BUTTONS, MOST_ROWS, MOST_PEOPLE = 75, 5, 20
LONGEST_URL = 2990
_TYPED = "on_character_entered"


def message_parts(message: Message) -> list[Block]:
    """The arguments `text` and `blocks` of one or more messages, the buttons under the last."""
    texts = parts(message, LIMIT)
    made: list[Block] = [{"text": _notice(part), "blocks": list(_words(part))} for part in texts]
    made[-1]["blocks"] += list(_buttons(message.choices))
    return made


def escaped(text: str) -> str:
    """Text in which no mention, channel call or link fires."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _notice(part: Text) -> str:
    """What a notification reads."""
    words = plain(part).strip()
    return escaped(words if len(words) <= LIMIT // 4 else words[: LIMIT // 4 - 1] + "…")


def _words(part: Text) -> Iterator[Block]:
    """Rich text is taken letter by letter: no markup, no links, no mentions."""
    elements: list[Block] = []
    for is_code, pieces in groupby(part, lambda piece: isinstance(piece, Code)):
        kind = "rich_text_preformatted" if is_code else "rich_text_section"
        if inside := list(_in_a_row(tuple(pieces), is_code=is_code)):
            elements.append({"type": kind, "elements": inside})
    if elements:
        yield {"type": "rich_text", "elements": elements}


def _in_a_row(pieces: Text, *, is_code: bool) -> Iterator[Block]:
    """What stands in one section."""
    runs = [tuple(run) for _, run in groupby(pieces, lambda piece: isinstance(piece, Mail))]
    for number, run in enumerate(runs):
        text = plain(run)
        if not is_code:  # a section stands apart from the next one anyway, so no line need be left free between them
            text = text.lstrip("\n") if number == 0 else text
            text = text.rstrip("\n") if number == len(runs) - 1 else text
        if isinstance(run[0], Mail):
            yield from (_mail_link(piece) for piece in run if isinstance(piece, Mail))
        elif text:
            yield {"type": "text", "text": text}


def _mail_link(mail: Mail) -> Block:
    """A tap opens a mail that is ready; without the body where that makes the address too long."""
    to = f"mailto:{quote(mail.to, safe='@')}"
    ready = f"{to}?subject={_quoted(mail.subject)}"
    with_body = f"{ready}&body={_quoted(mail.body)}"
    url = next((url for url in (with_body, ready) if len(url) <= LONGEST_URL), to)
    return {"type": "link", "url": url, "text": mail.to}


def _quoted(text: str) -> str:
    """Each letter in the alphabet of addresses, and the ends of lines as a mail wants them."""
    return quote("\r\n".join(text.splitlines()), safe="", errors="replace")


def _buttons(rows: Rows) -> Iterator[Block]:
    rows = tuple(row for row in rows if row)
    if len(rows) > MOST_ROWS and all(len(row) == 1 and row[0].data.startswith("t:") for row in rows):
        yield {"type": "actions", "elements": [_select([row[0] for row in rows])]}
        return
    for number, row in enumerate(rows):
        yield {"type": "actions", "elements": [_button(choice, f"{number}:{n}") for n, choice in enumerate(row)]}


def _button(choice: Choice, action_id: str) -> Block:
    return {"type": "button", "action_id": action_id, "text": _plain(choice.label, MOST_BUTTONS), "value": choice.data}


def _select(choices: list[Choice]) -> Block:
    options = [{"text": _plain(choice.label, MOST_BUTTONS), "value": choice.data} for choice in choices]
    return {"type": "static_select", "action_id": "pick", "placeholder": _plain("Choose", 150), "options": options}


def _plain(text: str, most: int) -> Block:
    words = label(text)
    while units(words) > most:
        words = words[: most - 1 - (units(words) - len(words))] + "…"
    return {"type": "plain_text", "text": words, "emoji": False}


def home_view(home: Home) -> Block:
    """The view of the Home tab."""
    blocks: list[Block] = []
    for number, section in enumerate(home.sections):
        divider: list[Block] = [{"type": "divider"}] if number else []
        head: list[Block] = [{"type": "header", "text": _plain(section.head, 150)}] if section.head else []
        blocks += [*divider, *head, *_words(section.message.body), *_buttons(section.message.choices)]
    return {"type": "home", "blocks": _unlike_ids(blocks)}


def _unlike_ids(blocks: list[Block]) -> list[Block]:
    return [block | {"block_id": f"b{number}"} for number, block in enumerate(blocks)]


def modal_view(form: Form) -> Block:
    """The view of a form; what is typed into it is reported letter by letter, so that closing it loses nothing."""
    return {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": str(form.talk),
        "title": _plain(form.title, 24),
        "submit": _plain("Save", 24),
        "close": _plain("Later", 24),
        "notify_on_close": True,
        "blocks": [_input(field) for field in form.fields],
    }


def _input(field: Field) -> Block:
    block = {
        "type": "input",
        "block_id": field.key,
        "optional": field.is_optional,
        "dispatch_action": True,
        "label": _plain(field.label, 200),
        "element": {"action_id": "field"} | _ELEMENTS[field.kind](field),
    }
    return block | ({"hint": _plain(field.hint, 200)} if field.hint else {})


def _line(field: Field, *, is_multiline: bool = False) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "multiline": is_multiline,
        "max_length": LIMIT if is_multiline else 300,
        "dispatch_action_config": {"trigger_actions_on": [_TYPED]},
    }
    return element | ({"initial_value": field.value[: element["max_length"]]} if field.value else {})


def _people(field: Field) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "min_query_length": 0,
        "max_selected_items": MOST_PEOPLE,
        "placeholder": _plain("Search, or type a new name", 150),
    }
    return element | ({"initial_options": people_options(field.value)} if field.value else {})


def people_options(people: Any) -> list[Block]:
    """The options of a search, from pairs of label and value."""
    return [{"text": _plain(name, MOST_BUTTONS), "value": value} for name, value in people]


def _date(field: Field) -> Block:
    return {"type": "datepicker"} | ({"initial_date": field.value} if field.value else {})


def _time(field: Field) -> Block:
    return {"type": "timepicker"} | ({"initial_time": field.value} if field.value else {})


_ELEMENTS: Mapping[str, Any] = {
    "line": _line,
    "text": lambda field: _line(field, is_multiline=True),
    "people": _people,
    "date": _date,
    "time": _time,
}
