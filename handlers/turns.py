"""One turn: what a message means, in the same order on every chat; the first that fits wins."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from handlers import lists, undo
from handlers.commands import Command, command_named, help_text, split
from handlers.conversation import GIVEN, Fills, given
from handlers.desk import Desk
from handlers.messages import Choice, Incoming, Message
from handlers.reading.people import Room, fold, read_room
from handlers.reading.places import place_at
from handlers.stage import STAGE
from handlers.talking import Begin
from handlers.talks import settle_in
from handlers.talks.make_sense import told
from handlers.talks.settle_in import Settings
from handlers.talks.tell_news import Item, WhatYouAreUpTo
from handlers.taps import press_note, tap
from storage import outbox
from storage.notes import find as find_note
from storage.notes import unfinished

WELCOME = "Tell me about an audition on your way out. Next morning I bring the follow-up, ready to send."
HELLO = "Had an audition today? What was it, who was there, what did you talk about?"
OTHER = {
    "voice": "I can't listen to voice messages. The microphone on your keyboard types for you.",
    "place": "I know where you are only when I ask. /settings, Zone.",
}
CARD_WORDS = {word: word for word in ("sent", "edit", "tonight", "tomorrow", "monday", "skip")} | {
    "another line": "line",
    "fix it": "fix",
    "keep mine": "keep",
    "keep as news": "news",
}
SILENT = ("poll", "service", "unreadable")
_NAMES_TASK = re.compile(r"audition:([0-9]{1,9}):names")
GREETINGS = ("hi", "hello", "hey", "hi there", "hello there", "good morning", "good evening", "yo", "start")
IDLE_WORDS = ("save", "nothing", "ok", "okay", "yes", "no", "done", "keep", "redo", "show", "fix")
_BARE_WITH_WORDS = ("audition", "news")


async def turn(desk: Desk, incoming: Incoming) -> None:
    """Work one act; whatever was said, the open question is shown again below it."""
    before = desk.top
    handle = {"text": _text, "tap": tap, "place": _place, "edited": _edited}.get(incoming.kind, _other)
    await handle(desk, incoming)
    is_pushed_up = any(not out.replaces for out in desk.out) or desk.top is not before
    if is_pushed_up and desk.top and not desk.asked_anew and not desk.is_stale(desk.top):
        await STAGE.show_again(desk)


async def _text(desk: Desk, incoming: Incoming) -> None:
    text = incoming.text
    if incoming.reply_to and await _reply(desk, incoming):
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
    if desk.top or (rest and command.word not in _BARE_WITH_WORDS):
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
    data = next((choice.data for choice in choices if fold(choice.label) == fold(text).strip(".!")), None)
    if data is None or data.startswith("t:"):
        return await _names_on_sight(desk, text, choices)
    await tap(desk, Incoming("tap", desk.at, text=data))
    return True


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
        "settings": _settings,
        "undo": lambda d, _: undo.undo_last(d),
        "help": _help,
        "back": _back,
        "skip": _skip,
        "cancel": _cancel,
    }
    if desk.top and desk.top.flow == "sense" and not command.in_talk:
        await STAGE.give_way(desk)
    await do[command.word](desk, rest)


async def _start(desk: Desk, _rest: str) -> None:
    is_new = not desk.actor.sign and not desk.actor.zone_confirmed
    if is_new and not any(talk.flow == "welcome" for talk in desk.talks):
        await STAGE.begin(desk, Begin("welcome", lead=WELCOME))
    elif not desk.top:
        desk.say(HELLO)
    else:
        await STAGE.show_again(desk)


async def _audition(desk: Desk, rest: str) -> None:
    view = await desk.view({"people", "projects"} if rest else ())
    await STAGE.begin(desk, Begin("audition", told(rest, view)))


async def _news(desk: Desk, rest: str) -> None:
    reading = WhatYouAreUpTo().read(rest, await desk.view()) if rest else None
    known = given({"news": (tuple[Item, ...], reading.values["news"])}) if isinstance(reading, Fills) else ()
    await STAGE.begin(desk, Begin("news", known))


async def _settings(desk: Desk, _rest: str) -> None:
    lists.settings(desk)


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
