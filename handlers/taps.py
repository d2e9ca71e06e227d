"""What a tap means: the button of a question, of a card, of a list; by its data, looked up under the actor who taps."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from handlers import any_time, chats, linking, lists, notes, sign_off, undo, unlinking, ways
from handlers.casting import booked, nudged, project_page, silence, telling
from handlers.casting.answers import VERBS as STAGE_VERBS
from handlers.commands import command_named
from handlers.conversation import given
from handlers.desk import Desk, OpenTalk
from handlers.doing import do
from handlers.expenses import export, fixing, listing, picture
from handlers.keep_audition import as_told, draft_now, load
from handlers.messages import Incoming
from handlers.scripts import Begin
from handlers.stage import STAGE
from handlers.talks import edit_note, get_names
from storage.actors import addresses
from storage.database import Record
from storage.links import find as find_request
from storage.notes import find as find_note
from storage.talks import find as find_talk

GONE = "That one is gone."
CLOSED = "That one is closed. Nothing changed."


async def tap(desk: Desk, incoming: Incoming) -> None:
    """Do what the button says; data that no button of ours has is answered kindly."""
    if not incoming.text.startswith("do:"):
        desk.opener = ""  # only a command may open a form
    for shape, handle in TAPS:
        if found := shape.fullmatch(incoming.text):
            await handle(desk, *found.groups())
            return
    desk.say(GONE)


async def _tap_command(desk: Desk, word: str) -> None:
    """A button that does what a command does."""
    if command := command_named(word):
        await do(desk, command, "")


async def _tap_question(desk: Desk, talk_id: str, step: str, number: str) -> None:
    """A button of a question counts for the step that is open only."""
    talk = desk.top
    desk.tapped = f"talk:{talk_id}"
    is_open = talk is not None and talk.id == int(talk_id) and talk.step == int(step)
    if is_open and talk and await STAGE.press(desk, talk, int(number)):
        return
    desk.tapped = ""
    ended = await _ended(desk, int(talk_id))
    desk.say("Already saved. Nothing changed." if ended and ended.ending == "saved" else CLOSED)


async def _ended(desk: Desk, talk_id: int) -> OpenTalk | None:
    """A talk that is not open any more, as this turn or an earlier one left it."""
    if talk_id in desk.touched:
        return desk.touched[talk_id]
    row = await find_talk(desk.tx, desk.address_id, talk_id)
    return OpenTalk.of(row) if row else None


async def _tap_note(desk: Desk, note_id: str, verb: str) -> None:
    note = await find_note(desk.tx, desk.actor.id, int(note_id))
    if note is None or verb not in notes.VERBS:
        desk.say(GONE)
        return
    desk.tapped = notes.subject(note.id)
    await press_note(desk, note, verb)


async def _tap_person(desk: Desk, person_id: str, verb: str) -> None:
    await any_time.press(desk, int(person_id), verb)


async def _tap_audition(desk: Desk, audition_id: str, verb: str) -> None:
    id_ = int(audition_id)
    audition = await load(desk, id_)
    if audition is None:
        desk.say(GONE)
        return
    desk.tapped = f"audition:{id_}"
    if verb == "open":
        desk.tapped = ""
        await lists.open_audition(desk, id_)
    elif verb == "fix":
        await STAGE.begin(desk, Begin("audition", as_told(audition)))
    elif verb == "draft":
        await draft_now(desk, id_)
    elif verb == "names":
        await STAGE.begin(desk, Begin("names", given({"audition": (int, id_)})))
    else:
        await get_names.put_off(desk, id_, verb)


async def _tap_expense(desk: Desk, expense_id: str, verb: str) -> None:
    if begin := await fixing.press(desk, int(expense_id), verb):
        await STAGE.begin(desk, begin)


async def _tap_appointment(desk: Desk, appointment_id: str, verb: str) -> None:
    if begin := await nudged.press(desk, int(appointment_id), verb):
        await STAGE.begin(desk, begin)


async def _tap_quiet(desk: Desk, project_id: str, verb: str) -> None:
    await silence.press(desk, int(project_id), verb)


async def _tap_page(desk: Desk, offset: str) -> None:
    desk.tapped = "auditions"
    await lists.audition_page(desk, int(offset))


async def _tap_undo(desk: Desk, verb: str, change_id: str) -> None:
    await undo.press(desk, verb, int(change_id))


async def _tap_setting(desk: Desk, name: str) -> None:
    if name == "home":
        await chats.ask_home(desk)
    elif name == sign_off.SIGN_OFF:
        await sign_off.turn(desk)
    else:
        await STAGE.begin(desk, Begin(name))


async def _tap_link(desk: Desk, request_id: str, verb: str) -> None:
    request = await find_request(desk.tx, desk.actor.id, int(request_id))
    if request is None:
        desk.say(GONE)
    else:
        await linking.press(desk, request, verb)


async def _tap_chat(desk: Desk, address_id: str, verb: str) -> None:
    """The buttons about a chat of the actor's own: where follow-ups come, and which one leaves."""
    id_ = int(address_id)
    if id_ not in {row.id for row in await addresses(desk.tx, desk.actor.id)}:
        desk.say(GONE)
    elif verb == "home":
        await chats.choose_home(desk, id_)
    elif verb == "unlink":
        await unlinking.ask(desk)
    elif verb == "leave":
        await unlinking.leave(desk, id_)
    else:
        unlinking.stay(desk)


async def _tap_booking(desk: Desk, project_id: str, verb: str) -> None:
    await booked.press(desk, int(project_id), verb)


async def _tap_project(desk: Desk, project_id: str) -> None:
    await project_page.open_(desk, int(project_id))


async def _tap_talk(desk: Desk, talk_id: str, verb: str) -> None:
    """The buttons under a talk that was dropped or left alone."""
    desk.tapped = f"talk:{talk_id}"
    ended = await _ended(desk, int(talk_id))
    talk = next((t for t in desk.talks if t.id == int(talk_id)), None)
    if verb == "reopen" and ended and ended.ending == "dropped":
        STAGE.reopen(desk, ended)
        await STAGE.show_again(desk, "Here again.")
    elif talk is None:
        desk.say(CLOSED)
    elif verb == "drop":
        await STAGE.drop(desk, talk)
    elif verb == "go":
        desk.tidy(talk.subject, instead="Going on.")
        STAGE.reopen(desk, talk)
        await STAGE.show_again(desk)
    elif not await STAGE.save_as_it_stands(desk, talk):
        desk.say("Too little to save yet: project or role.")


async def press_note(desk: Desk, note: Record, verb: str) -> None:
    """Do what the button says; where the note is done with, nobody waits for new words for it."""
    if verb in notes.OWN_VERBS and note.state == "open":
        await edit_note.press(desk, note, verb)
        return
    if verb in notes.WAY_VERBS:
        await ways.press(desk, note, verb)
        return
    begin = await notes.press(desk, note, verb)
    if begin:
        await STAGE.begin(desk, begin)
    elif verb in ("sent", "skip"):
        for talk in [t for t in desk.talks if t.flow in ("edit", "place_words") and t.log[0][1].get("note") == note.id]:
            STAGE.close(desk, talk, "dropped")


_ID = r"([0-9]{1,9})"
TAPS: tuple[tuple[re.Pattern[str], Callable[..., Awaitable[None]]], ...] = (
    (re.compile(r"do:(audition|news|auditions|expense|settings)"), _tap_command),
    (re.compile(rf"t:{_ID}:{_ID}:([0-9]{{1,3}})"), _tap_question),
    (re.compile(rf"note:{_ID}:([a-z]{{1,12}})"), _tap_note),
    (re.compile(rf"person:{_ID}:({'|'.join(any_time.VERBS)})"), _tap_person),
    (re.compile(rf"audition:{_ID}:(open|fix|draft|names|skip|tonight|tomorrow|monday)"), _tap_audition),
    (re.compile(rf"appointment:{_ID}:({'|'.join(nudged.VERBS)})"), _tap_appointment),
    (re.compile(rf"quiet:{_ID}:(park|on)"), _tap_quiet),
    (re.compile(rf"auditions:{_ID}"), _tap_page),
    (re.compile(rf"expense:{_ID}:({'|'.join(fixing.VERBS)})"), _tap_expense),
    (re.compile(rf"expenses:(all|[0-9]{{4}}(?:-[0-9]{{2}})?):(-|[a-z_]{{1,30}}|p[0-9]{{1,9}}):{_ID}"), listing.press),
    (re.compile(r"expenses:export:([0-9]{4})"), export.press),
    (re.compile(r"expenses:chart:([0-9]{4}(?:-[0-9]{2})?)"), picture.press),
    (re.compile(rf"(undo|redo):{_ID}"), _tap_undo),
    (re.compile(r"set:(sign|place|morning|country|currency|home|playful)"), _tap_setting),
    (re.compile(rf"talk:{_ID}:(reopen|drop|go|save)"), _tap_talk),
    (re.compile(rf"booking:{_ID}:({'|'.join(booked.VERBS)})"), _tap_booking),
    (re.compile(rf"project:{_ID}:open"), _tap_project),
    (re.compile(rf"stage:{_ID}:({'|'.join(STAGE_VERBS)})"), telling.press),
    (re.compile(rf"link:{_ID}:(yes|no)"), _tap_link),
    (re.compile(rf"chat:{_ID}:(home|unlink|leave|stay)"), _tap_chat),
)
