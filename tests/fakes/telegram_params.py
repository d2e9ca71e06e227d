"""The parameters of a call, however they travel: query, form, multipart or JSON."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.fakes.telegram_wire import Json, bad

_STRUCTURES = frozenset({
    "reply_markup", "entities", "caption_entities", "allowed_updates", "commands", "scope", "reply_parameters",
    "link_preview_options",
})  # fmt: skip

Parts = dict[str, tuple[str, bytes]]


async def read_params(request: web.Request) -> tuple[Json, Parts]:
    """The parameters, those that are JSON in a string already read, and the files (name, bytes) by field."""
    files: Parts = {}
    body: Json = {}
    if request.content_type == "application/json":
        body = _json_object(await request.read())
    elif request.content_type == "multipart/form-data":
        body, files = await _multipart(request)
    elif request.content_type == "application/x-www-form-urlencoded":
        body = _form(await request.read())
    given = {**_form(request.rel_url.raw_query_string.encode()), **body}
    return {name: _decoded(name, value) for name, value in given.items()}, files


def _json_object(raw: bytes) -> Json:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise bad("can't parse request body as JSON object")
    return found


def _form(raw: bytes) -> Json:
    """Bytes that are not UTF-8 become lone surrogates, which are refused later."""
    text = raw.decode("ascii", "surrogateescape")
    return dict(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))


async def _multipart(request: web.Request) -> tuple[Json, Parts]:
    body: Json = {}
    files: Parts = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                files[name] = (value.filename, value.file.read())
        else:
            body[name] = value if isinstance(value, str) else bytes(value).decode(errors="surrogateescape")
    return body, files


def _decoded(name: str, value: Any) -> Any:
    """What cannot be read stays as it came: the method refuses it in its own words."""
    if name not in _STRUCTURES or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
