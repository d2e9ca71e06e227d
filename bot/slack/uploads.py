"""Files to Slack: announced, uploaded, and shared under the words that bring them.

Until a file is shared nothing of it shows, so whatever fails before that may be begun anew.
"""

from __future__ import annotations

import asyncio

from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError

from bot.slack.calls import Workspace, error_name, trouble
from bot.slack.files import own_address
from bot.upload import Upload, patience
from scheduler.wire import BrokenOff, Document, FileRefused, HoldBack, Refused, Trouble, Unreachable, Unsure

ANSWER_SECONDS = 15.0
MOST_PAUSES = 6
_WHY = {
    "missing_scope": "access",
    "no_permission": "access",
    "file_uploads_disabled": "off",
    "file_upload_size_restricted": "off",
    "file_uploads_except_images_disabled": "off",
}
_NO_THREAD = ("thread_not_found", "invalid_thread_ts", "cannot_reply_to_message")


async def upload(session: ClientSession, at: Workspace, api_url: str, document: Document) -> str:
    """Bring the bytes there; returns Slack's id of the file. Raises the exceptions of `scheduler.wire`, never `Unsure`.

    An address lives for minutes: where it is refused there is one more, and then the file is.
    """
    for _ in range(2):
        try:
            told = await at.client.files_getUploadURLExternal(filename=document.name, length=len(document.content))
            status = await _post(session, str(told["upload_url"]), api_url, document)
        except Exception as error:  # noqa: BLE001 - sorted there, and raised again where it is not Slack's
            raise _not_shown(error) from None
        if status == 200:
            return str(told["file_id"])
        if status == 429 or status >= 500:
            raise Unreachable(str(status))
    raise FileRefused("refused", f"upload {status}")


async def _post(session: ClientSession, address: str, api_url: str, document: Document) -> int:
    """The address itself is the permission: no token goes there, and it leads nowhere else."""
    url, body = own_address(address, api_url), Upload(document.content, "application/octet-stream")
    wait = patience(len(document.content), ANSWER_SECONDS)
    async with session.post(url, data=body, timeout=wait, allow_redirects=False) as answer:
        return answer.status


def _not_shown(error: Exception) -> Trouble:
    """What went wrong before anything was to be seen, so that nothing is unsure."""
    if isinstance(error, SlackApiError) and (why := _WHY.get(error_name(error))):
        return FileRefused(why, error_name(error))
    what = error if isinstance(error, Trouble) else trouble(error)
    if isinstance(what, Unsure):
        return BrokenOff(str(what))
    return FileRefused("refused", str(what)) if isinstance(what, Refused) else what


async def share(at: Workspace, channel: str, file_id: str, name: str, thread: str | None) -> None:
    """Show it. Its words are out already, so what surely failed is tried again here instead of beginning anew."""
    files: list[dict[str, str | None]] = [{"id": file_id, "title": name}]
    for pause in range(MOST_PAUSES + 1):
        try:
            await at.client.files_completeUploadExternal(files=files, channel_id=channel, thread_ts=thread)
        except (SlackApiError, ClientError, TimeoutError) as error:
            what = trouble(error)
            if isinstance(error, SlackApiError) and error_name(error) in _NO_THREAD and thread:
                thread = None
            elif pause == MOST_PAUSES or not isinstance(what, HoldBack | Unreachable):
                raise
            else:
                await asyncio.sleep(what.seconds if isinstance(what, HoldBack) else 2**pause)
        else:
            return
