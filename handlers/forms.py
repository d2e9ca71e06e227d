"""A talk on a form: what was typed into it is kept as it is made, and when it goes away the talk is in the chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.conversation import GIVEN
from handlers.desk import Desk, OpenTalk
from handlers.messages import Form, Incoming, Message, Outgoing
from handlers.scripts import FORM, Begin, Sheet, kept_on_form, without_form
from handlers.stage import STAGE
from handlers.talks.audition_form import found
from storage import talks

GO_ON = "Go on here?"
SAVED = "Already saved. Nothing changed."
CLOSED = "That one is closed. Here is what you wrote; save it as one more?"


async def act(desk: Desk, incoming: Incoming) -> None:
    """Take what happened to a form: it changed, was sent, or was closed."""
    talk = next((talk for talk in desk.talks if talk.id == incoming.talk), None)
    sheet = STAGE.scripts[talk.flow].sheet if talk else None
    if talk is None:
        await _without_talk(desk, incoming)
    elif sheet and incoming.text == "changed":
        await _changed(desk, talk, sheet, incoming)
    elif sheet:
        await _gone(desk, talk, sheet, incoming)


async def _changed(desk: Desk, talk: OpenTalk, sheet: Sheet, incoming: Incoming) -> None:
    """Other people in the room bring other fields; what was typed about one who is gone waits for them."""
    before = kept_on_form(talk) or {}
    values = before | incoming.values
    talk.log = (*without_form(talk.log), (FORM, values))
    talk.acted_at = desk.now
    desk.touched[talk.id] = talk
    if before.get("people", []) == values.get("people", []):
        return
    fields = sheet.fields(values, await desk.view({"people", "projects"}))
    form = Form(talk.id, sheet.TITLE, fields, view=incoming.view)
    desk.out.append(Outgoing("", Message(()), quiet=True, surface=form))


async def _gone(desk: Desk, talk: OpenTalk, sheet: Sheet, incoming: Incoming) -> None:
    """Sent, it ends as the talk ends; closed, the talk goes on in the chat with what was told."""
    values = incoming.values or kept_on_form(talk) or {}
    view = await desk.view({"people", "projects"})
    talk.log = before = without_form(talk.log)
    if incoming.text == "sent":
        desk.by_form = True
        await STAGE.fill(desk, talk, sheet.all_told(values, before, view))
        return
    added = sheet.told(values, before, view)
    if sheet.is_told((*before, *added)):
        about = sheet.headline((*before, *added))
        await STAGE.fill(desk, talk, added, f"{GO_ON} {about}." if about else GO_ON)
    else:
        STAGE.close(desk, talk, "dropped")


async def _without_talk(desk: Desk, incoming: Incoming) -> None:
    """What was typed is not lost because its talk has ended meanwhile: it stands on a card, to be saved."""
    ended = await talks.find(desk.tx, desk.address_id, incoming.talk)
    sheet = STAGE.scripts[ended.flow].sheet if ended else None
    if incoming.text == "changed" or ended is None or sheet is None:
        return
    view = await desk.view({"people", "projects"})
    is_news = bool(sheet.told(incoming.values, OpenTalk.of(ended).log, view))
    if not is_news and incoming.text == "sent" and ended.ending == "saved":
        desk.say(SAVED)
        return
    told = dict(sheet.all_told(incoming.values, (), view))
    told.pop("card")
    if (is_news or incoming.text == "sent") and "what" in told:
        await STAGE.begin(desk, Begin(ended.flow, ((GIVEN, told),), CLOSED))


async def suggest(desk: Desk | None, typed: str) -> Sequence[tuple[str, str]]:
    """People to choose from, as pairs of label and value."""
    return found(typed, await desk.view({"people"})) if desk else ()


async def errors(desk: Desk | None, incoming: Incoming) -> Mapping[str, str]:
    """What cannot be taken as it stands, by its fields."""
    if desk is None:
        return {}
    desk.at = incoming.at
    talk = next((talk for talk in desk.talks if talk.id == incoming.talk), None)
    sheet = STAGE.scripts[talk.flow].sheet if talk else None
    if talk is None or sheet is None:
        return {}
    return sheet.wrong(incoming.values, without_form(talk.log), await desk.view({"people", "projects"}))
