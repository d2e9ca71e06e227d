"""The parameters of a call, however they travel: query, form, multipart or JSON; and its token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from tests.fakes.slack_wire import Json, Refused, check_unicode

if TYPE_CHECKING:
    from aiohttp import web


async def read_params(request: web.Request) -> Json:
    """The parameters; structures in a string are read by the methods that expect them."""
    body: Json = {}
    if request.content_type == "application/json":
        body = _json_object(await request.read())
    elif request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        body = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    params = {**dict(parse_qsl(request.rel_url.raw_query_string, keep_blank_values=True)), **body}
    check_unicode(params)
    return params


def take_token(request: web.Request, params: Json) -> str:
    """The token of the header, else of the parameters, where it is left out from now on."""
    given = str(params.pop("token", ""))
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token if kind.lower() == "bearer" else given
    if not token:
        raise Refused("not_authed")
    return token


def _json_object(raw: bytes) -> Json:
    try:
        found = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        raise Refused("invalid_json") from None
    if not isinstance(found, dict):
        raise Refused("json_not_object")
    return found
