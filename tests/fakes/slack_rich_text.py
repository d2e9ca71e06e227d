"""Rich text blocks as Slack checks them."""

from __future__ import annotations

from tests.fakes.slack_schema import Check, array, boolean, by_type, one_of, shape, string, whole, written

URL = written(r"[A-Za-z][A-Za-z0-9+.-]*:\S{1,2990}", "must be a valid URL")

_STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))
_STYLED: dict[str, Check] = {"style": _STYLE}
_INLINE = by_type({
    "text": shape({"text": string(13_200)}, _STYLED),
    "link": shape({"url": URL}, {**_STYLED, "text": string(3000), "unsafe": boolean}),
    "emoji": shape({"name": string(255)}, {"unicode": string(255), "skin_tone": whole(1, 6), **_STYLED}),
    "user": shape({"user_id": string(255)}, _STYLED),
    "channel": shape({"channel_id": string(255)}, _STYLED),
    "usergroup": shape({"usergroup_id": string(255)}, _STYLED),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "date": shape(
        {"timestamp": whole(0, 2**40), "format": string(255)}, {"url": URL, "fallback": string(3000), **_STYLED}
    ),
    "color": shape({"value": string(16)}, _STYLED),
})  # fmt: skip
_PLAINER = by_type({
    "text": shape({"text": string(13_200)}, _STYLED),
    "link": shape({"url": URL}, {**_STYLED, "text": string(3000), "unsafe": boolean}),
})  # fmt: skip
_BORDER: dict[str, Check] = {"border": whole(0, 1)}
_SECTION = shape({"elements": array(_INLINE, 1000)})
_ELEMENT = by_type({
    "rich_text_section": _SECTION,
    "rich_text_list": shape(
        {"style": one_of("bullet", "ordered"), "elements": array(by_type({"rich_text_section": _SECTION}), 1000)},
        {"indent": whole(0, 8), "offset": whole(0, 10_000), **_BORDER},
    ),
    "rich_text_preformatted": shape({"elements": array(_PLAINER, 1000)}, {"language": string(64), **_BORDER}),
    "rich_text_quote": shape({"elements": array(_INLINE, 1000)}, _BORDER),
})  # fmt: skip

RICH_TEXT = shape({"elements": array(_ELEMENT, 1000)}, {"block_id": string(255)})
