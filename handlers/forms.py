"""A talk on a form: what was typed into it is kept as it is made, and when it goes away the talk is in the chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.conversation import GIVEN
from handlers.desk import Desk, OpenTalk
from handlers.messages import Form, Incoming, Message, Outgoing, Values
from handlers.stage import STAGE
from handlers.talking import FORM, Begin, without_form
from handlers.talks import audition_form
from storage import talks

GO_ON = "Go on here?"
SAVED = "Already saved. Nothing changed."
CLOSED = "That one is closed. Here is what you wrote; save it as one more?"


async def act(desk: Desk, incoming: Incoming) -> None:
    """Take what happened to a form: it changed, was sent, or was closed."""
    talk = next((talk for talk in desk.talks if talk.id == incoming.talk), None)
    if talk is None:
        await _without_talk(desk, incoming)
    elif incoming.text == "changed":
        await _changed(desk, talk, incoming)
    else:
        await _gone(desk, talk, incoming)


async def _changed(desk: Desk, talk: OpenTalk, incoming: Incoming) -> None:
    """Other people in the room bring other fields; what was typed about one who is gone waits for them."""
    before = _kept(talk)
    values = before | incoming.values
    talk.log = (*without_form(talk.log), (FORM, values))
    talk.acted_at = desk.now
    desk.touched[talk.id] = talk
    if before.get("people", []) == values.get("people", []):
        return
    view = await desk.view({"people", "projects"})
    form = Form(talk.id, audition_form.TITLE, audition_form.fields(values, view), view=incoming.view)
    desk.out.append(Outgoing("", Message(()), quiet=True, surface=form))


async def _gone(desk: Desk, talk: OpenTalk, incoming: Incoming) -> None:
    """Sent, it ends as the talk ends; closed, the talk goes on in the chat with what was told."""
    values = incoming.values or _kept(talk)
    view = await desk.view({"people", "projects"})
    talk.log = before = without_form(talk.log)
    added = audition_form.told(values, before, view)
    if incoming.text == "sent":
        desk.by_form = True
        await STAGE.fill(desk, talk, audition_form.all_told(values, before, view))
    elif {key for key, _ in (*before, *added)} - {"given", "when"} or set(before[0][1]) - {"when"}:
        about = audition_form.headline((*before, *added))
        await STAGE.fill(desk, talk, added, f"{GO_ON} {about}." if about else GO_ON)
    else:
        STAGE.close(desk, talk, "dropped")


async def _without_talk(desk: Desk, incoming: Incoming) -> None:
    """What was typed is not lost because its talk has ended meanwhile: it stands on a card, to be saved."""
    ended = await talks.find(desk.tx, desk.address_id, incoming.talk)
    if incoming.text == "changed" or ended is None:
        return
    view = await desk.view({"people", "projects"})
    if not audition_form.told(incoming.values, tuple((key, value) for key, value in ended.log), view):
        if incoming.text == "closed":
            return
        if ended.ending == "saved":
            desk.say(SAVED)
            return
    told = dict(audition_form.all_told(incoming.values, (), view))
    told.pop("card")
    if "what" in told:
        await STAGE.begin(desk, Begin("audition", ((GIVEN, told),), CLOSED))


def _kept(talk: OpenTalk) -> Values:
    """What the form last held, as far as it told us."""
    return next((value for key, value in talk.log if key == FORM), {})


async def suggest(desk: Desk | None, typed: str) -> Sequence[tuple[str, str]]:
    """People to choose from, as pairs of label and value."""
    return audition_form.found(typed, await desk.view({"people"})) if desk else ()


async def errors(desk: Desk | None, incoming: Incoming) -> Mapping[str, str]:
    """What cannot be taken as it stands, by its fields."""
    if desk is None:
        return {}
    desk.at = incoming.at
    log = next((without_form(talk.log) for talk in desk.talks if talk.id == incoming.talk), ())
    return audition_form.wrong(incoming.values, log, await desk.view({"people", "projects"}))
