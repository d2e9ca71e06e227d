"""One turn: what a message means, in the same order on every chat; the first that fits wins."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from handlers import forms, linking, lists, undo, unlinking
from handlers.commands import Command, command_named, help_text, split
from handlers.conversation import GIVEN, Fills, Log, given
from handlers.desk import Desk, OpenTalk
from handlers.messages import Choice, Incoming, Message
from handlers.reading.codes import read_code
from handlers.reading.customs import show_time
from handlers.reading.people import Room, fold, read_room
from handlers.reading.places import is_zone, place_at, place_of
from handlers.stage import STAGE
from handlers.talking import YES, Begin, on_form
from handlers.talks import settle_in
from handlers.talks.make_sense import told
from handlers.talks.settings_questions import Found
from handlers.talks.settle_in import Settings
from handlers.talks.tell_news import Item, WhatYouAreUpTo
from handlers.taps import press_note, tap
from storage import actors, outbox
from storage.notes import find as find_note
from storage.notes import unfinished

WELCOME = "Tell me about an audition on your way out. Next morning I bring the follow-up, ready to send."
HELLO = "Had an audition today? What was it, who was there, what did you talk about?"
OTHER = {
    "voice": "I can't listen to voice messages. The microphone on your keyboard types for you.",
    "place": "I know where you are only when I ask. /settings, Zone.",
}
CARD_WORDS = {
    "sent": "sent",
    "edit": "edit",
    "another line": "line",
    "tonight": "tonight",
    "tomorrow": "tomorrow",
    "monday": "monday",
    "skip": "skip",
}
SILENT = ("poll", "service", "unreadable")
_DOES = re.compile(r"do:([a-z]{1,20})")
_NAMES_TASK = re.compile(r"audition:([0-9]{1,9}):names")
GREETINGS = ("hi", "hello", "hey", "hi there", "hello there", "good morning", "good evening", "yo", "start")
IDLE_WORDS = ("save", "nothing", "ok", "okay", "yes", "no", "done", "keep", "redo", "show", "fix")
_BARE_WITH_WORDS = ("audition", "news")


async def turn(desk: Desk, incoming: Incoming) -> None:
    """Work one act; whatever was said, the open question is shown again below it."""
    before = desk.top
    desk.is_unseen = bool(incoming.opener)
    await _KINDS.get(incoming.kind, _other)(desk, incoming)
    said = [out for out in desk.out if not (out.replaces or out.to or out.surface)]
    if (said or desk.top is not before) and desk.top and not desk.asked_anew:
        await _show_again(desk, desk.top)


async def _show_again(desk: Desk, talk: OpenTalk) -> None:
    if not desk.is_stale(talk) and not on_form(talk):
        await STAGE.show_again(desk)


async def _text(desk: Desk, incoming: Incoming) -> None:
    text = incoming.text
    if incoming.reply_to and command_named(text.strip()) is None and await _reply(desk, incoming):
        return
    if text.startswith("/") and not text.startswith("/private"):
        command, rest = split(text)
        if command:
            await _command(desk, command, rest)
        else:
            desk.say("I don't know that command. /help lists what I do.")
        return
    if (bare := _bare_command(desk, text)) is not None:
        await _command(desk, *bare)
        return
    if desk.top and desk.is_stale(desk.top) and await _card_word(desk, text):
        return
    if desk.top and await STAGE.hear(desk, desk.top, text):
        return
    if not await _card_word(desk, text):
        await _make_sense(desk, text)


async def _reply(desk: Desk, incoming: Incoming) -> bool:
    """A reply to a card: the words of its button, or the actor's own words for the note."""
    subject = await outbox.subject_of(desk.tx, desk.address_id, incoming.reply_to)
    if not subject or not subject.startswith("note:"):
        return False
    note = await find_note(desk.tx, desk.actor.id, int(subject.partition(":")[2]))
    if note is None or incoming.text.startswith("/"):
        return False
    if verb := CARD_WORDS.get(fold(incoming.text)):
        await press_note(desk, note, verb)
    else:
        await STAGE.begin(desk, Begin("edit", given({"note": (int, note.id), "words": (str, incoming.text)})))
    return True


def _bare_command(desk: Desk, text: str) -> tuple[Command, str] | None:
    word, _, rest = text.strip().partition(" ")
    command = command_named(word)
    if command is None or command.word == "start":
        return None
    if command.in_talk:
        return None if rest or not desk.top else (command, "")
    # Some chats keep what begins with a slash to themselves; "link to my reel" is no code.
    is_code = command.word == "link" and read_code(rest) is not None
    if desk.top or (rest and command.word not in _BARE_WITH_WORDS and not is_code):
        return None
    return command, rest


async def _card_word(desk: Desk, text: str) -> bool:
    """The words of a button, when just one card waits."""
    verb = CARD_WORDS.get(fold(text).strip(".!"))
    if verb is None:
        return await _word_of_the_last(desk, text)
    shown = [n for n in await unfinished(desk.tx, desk.actor.id) if n.shown_on is not None and n.due_at is None]
    if not shown:
        return await _word_of_the_last(desk, text)
    if len(shown) > 1:
        desk.say("Which one? Tap it on its card, or reply to the card with the word.")
        return True
    await press_note(desk, shown[0], verb)
    return True


async def _word_of_the_last(desk: Desk, text: str) -> bool:
    """The label of a button on the last message that had any."""
    message = await outbox.last_with_buttons(desk.tx, desk.address_id)
    choices = [choice for row in Message.from_json(message).choices for choice in row] if message else []
    data = next((choice.data for choice in choices if _says(text, choice.label)), None)
    if data is None or data.startswith("t:"):
        return await _names_on_sight(desk, text, choices)
    await tap(desk, Incoming("tap", desk.at, text=data))
    return True


def _says(text: str, label: str) -> bool:
    said = fold(text).strip(".!")
    return said == fold(label) or (said in YES and label.startswith("Yes, "))


async def _names_on_sight(desk: Desk, text: str, choices: list[Choice]) -> bool:
    """Names typed under the task to get them."""
    asked = next((found[1] for c in choices if (found := _NAMES_TASK.fullmatch(c.data))), None)
    room = read_room(text, (await desk.view({"people"})).people) if asked else None
    if asked is None or room is None or not any(someone.name and someone.job for someone in room.people):
        return False
    await STAGE.begin(desk, Begin("names", given({"audition": (int, int(asked)), "room": (Room, room)})))
    return True


async def _make_sense(desk: Desk, text: str) -> None:
    if not text.strip():
        desk.say(HELLO)
        return
    if fold(text) in ("back", "skip", "cancel"):
        desk.say("No question is open.")
        return
    if fold(text).strip(".! ") in GREETINGS:
        await _start(desk, "")
        return
    if fold(text).strip(".! ") in (*CARD_WORDS, *IDLE_WORDS) or text.strip().isdecimal():
        desk.say(f"Nothing is open. {HELLO}")
        return
    await STAGE.begin(desk, Begin("sense", given({"words": (str, text)})))


async def _command(desk: Desk, command: Command, rest: str) -> None:
    do: dict[str, Callable[[Desk, str], Awaitable[None]]] = {
        "start": _start,
        "audition": _audition,
        "news": _news,
        "followups": lambda d, _: lists.follow_ups(d),
        "auditions": lambda d, _: lists.audition_page(d),
        "settings": lambda d, _: lists.settings(d),
        "link": linking.link,
        "unlink": lambda d, _: unlinking.ask(d),
        "undo": lambda d, _: undo.undo_last(d),
        "help": _help,
        "back": _back,
        "skip": _skip,
        "cancel": _cancel,
    }
    if command.word != "audition" or rest:
        desk.opener = ""  # what stands on one line needs no form
    if desk.top and desk.top.flow == "sense" and not command.in_talk:
        await STAGE.give_way(desk)
    await do[command.word](desk, rest)


async def _start(desk: Desk, _rest: str) -> None:
    if desk.is_new and desk.actor.zone_confirmed:
        desk.say(f"{WELCOME}\n\n{_as_the_profile_says(desk)}\n\n{HELLO}")
        return
    is_new = not desk.actor.sign and not desk.actor.zone_confirmed
    if is_new and not any(talk.flow == "welcome" for talk in desk.talks):
        await STAGE.begin(desk, Begin("welcome", lead=WELCOME))
    elif not desk.top:
        desk.say(HELLO)
    else:
        await STAGE.show_again(desk)


def _as_the_profile_says(desk: Desk) -> str:
    here, morning = place_of(desk.actor.zone).name, show_time(desk.actor.nudge_time, desk.customs)
    name = desk.actor.profile_name
    told = f"From your profile: {', '.join(x for x in (name, f'{here} time') if x)}."
    return f"{told} Follow-ups come at {morning}. /settings changes that."


async def _audition(desk: Desk, rest: str) -> None:
    view = await desk.view({"people", "projects"} if rest else ())
    known = told(rest, view)
    await STAGE.begin(desk, Begin("audition", known, _echo(known) if desk.is_unseen else ""))


def _echo(known: Log) -> str:
    """What was understood of words that the chat does not show."""
    what = known[0][1].get("what") or {}
    words = ", ".join(x for x in (what.get("project"), what.get("role")) if x)
    return f"{words}." if words else ""


async def _news(desk: Desk, rest: str) -> None:
    reading = WhatYouAreUpTo().read(rest, await desk.view()) if rest else None
    known = given({"news": (tuple[Item, ...], reading.values["news"])}) if isinstance(reading, Fills) else ()
    await STAGE.begin(desk, Begin("news", known))


async def _help(desk: Desk, _rest: str) -> None:
    desk.say(help_text())


async def _back(desk: Desk, _rest: str) -> None:
    if desk.top:
        await STAGE.back(desk, desk.top)
    else:
        desk.say("No question is open.")


async def _skip(desk: Desk, _rest: str) -> None:
    if desk.top:
        await STAGE.skip(desk, desk.top)
    else:
        desk.say("No question is open.")


async def _cancel(desk: Desk, _rest: str) -> None:
    if desk.top:
        await STAGE.drop(desk, desk.top)
    else:
        desk.say("No question is open.")


async def _tap(desk: Desk, incoming: Incoming) -> None:
    """A button that says what a command does, or one of a question, a card, a list."""
    if does := _DOES.fullmatch(incoming.text):
        command, _ = split(f"/{does[1]}")
        if command:
            await _command(desk, command, "")
            return
    desk.opener = ""
    await tap(desk, incoming)


async def _shortcut(desk: Desk, incoming: Incoming) -> None:
    """To log an audition on a form, with what a message tells."""
    await _audition(desk, incoming.text)


async def _opened(desk: Desk, incoming: Incoming) -> None:  # noqa: ARG001
    """The chat was opened, and nothing said yet."""
    if desk.is_new:
        await _start(desk, "")


async def _home(desk: Desk, incoming: Incoming) -> None:
    """The home page was opened: from now on it is kept as things stand."""
    if not desk.actor.has_home:
        await actors.show_home(desk.tx, desk.address_id, desk.actor.id)
        desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
    await _profile(desk, incoming)


async def _profile(desk: Desk, incoming: Incoming) -> None:
    """The zone of the profile: where it has changed, it is asked whether the actor goes by it."""
    zone = incoming.zone
    if not is_zone(zone) or zone == desk.profile_zone:
        return
    is_told = bool(desk.profile_zone)
    desk.profile_zone = zone
    await actors.note_profile(desk.tx, desk.address_id, zone)
    if is_told and zone != desk.actor.zone:
        await STAGE.begin(desk, Begin("moved", given({"new": (Found, Found(zone, place_of(zone).name))})))


async def _place(desk: Desk, incoming: Incoming) -> None:
    """A shared location answers the question where one is; otherwise it moves the zone."""
    found = place_at(incoming.latitude, incoming.longitude)
    if found is None:
        desk.say("I can't tell the time zone there. A city is enough: /settings, Zone.")
    elif not (desk.top and await STAGE.hear(desk, desk.top, found.zone, only={"zone", "elsewhere"})):
        await settle_in.keep(desk, Settings(zone=found.zone))


async def _edited(desk: Desk, incoming: Incoming) -> None:  # noqa: ARG001
    """An edited message changes nothing; where it may have been an answer, that is said once a talk."""
    talk = desk.top
    answers = [key for key, _ in talk.log if key != GIVEN] if talk else []
    if talk and answers and "edited" not in answers:
        talk.log = (*talk.log, ("edited", True))
        await STAGE.show_again(desk, "I go by what you wrote first; /back changes it.")


async def _other(desk: Desk, incoming: Incoming) -> None:
    """Stickers, photos and the like: a useful word, or a deliberate silence."""
    if incoming.text in SILENT:
        return
    desk.say(OTHER.get(incoming.text, "Words only here, please type it."))


_KINDS: dict[str, Callable[[Desk, Incoming], Awaitable[None]]] = {
    "text": _text,
    "tap": _tap,
    "place": _place,
    "edited": _edited,
    "shortcut": _shortcut,
    "form": forms.act,
    "home": _home,
    "opened": _opened,
    "profile": _profile,
}
