"""One turn: what a message means, in the same order on every chat; the first that fits wins."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from handlers import files, forms, wordless
from handlers.casting import after_room, booked, telling
from handlers.commands import Command, command_named, split
from handlers.conversation import given
from handlers.desk import Desk, OpenTalk
from handlers.doing import HELLO, NOTHING_OPEN, audition, do, start
from handlers.expenses import taking
from handlers.messages import Choice, Incoming, Message
from handlers.notes import keep_address
from handlers.reading.addresses import address_in
from handlers.reading.codes import read_code
from handlers.reading.people import Room, fold, read_room
from handlers.scripts import Begin, on_form
from handlers.stage import STAGE
from handlers.talking import YES
from handlers.taps import press_note, tap
from storage import outbox
from storage.notes import find as find_note
from storage.notes import unfinished
from storage.text import LONGEST_TEXT

CUT = f"That was long: I kept the first {LONGEST_TEXT:,} characters."
CARD_WORDS = {word: word for word in ("sent", "edit", "tonight", "tomorrow", "monday", "skip")} | {
    "another line": "line",
    "channel": "channel",
    "fix it": "fix",
    "keep mine": "keep",
    "keep as news": "news",
}
_NAMES_TASK = re.compile(r"audition:([0-9]{1,9}):names")
GREETINGS = ("hi", "hello", "hey", "hi there", "hello there", "good morning", "good evening", "yo", "start")
IDLE_WORDS = (
    *("save", "nothing", "ok", "okay", "yes", "no", "done", "keep", "redo", "show", "fix"),
    *("thanks", "thank you", "thx", "cool", "great", "perfect"),
)
_KINDS_OF_WORDS = ("audition", "log", "news")
"""These answer what unknown words are."""
_BARE_WITH_WORDS = ("audition", "news", "expense", "expenses")


async def turn(desk: Desk, incoming: Incoming) -> None:
    """Work one act; whatever was said, the open question is shown again below it."""
    before = desk.top
    desk.is_unseen = incoming.is_unseen
    desk.came = await files.take(desk, incoming.files)
    await _KINDS.get(incoming.kind, wordless.other)(desk, incoming)
    if incoming.is_cut:
        desk.say(CUT)
    said = [out for out in desk.out if not (out.replaces or out.to or out.surface)]
    if (said or desk.top is not before) and desk.top and not desk.asked_anew:
        await _show_again(desk, desk.top, comes_back=desk.top is not before)


async def _show_again(desk: Desk, talk: OpenTalk, *, comes_back: bool) -> None:
    if not desk.is_stale(talk) and not on_form(talk):
        desk.thread = ""  # it was not asked in this thread
        await STAGE.show_again(desk, by_title=comes_back)


async def _text(desk: Desk, incoming: Incoming) -> None:
    text = incoming.text
    if incoming.reply_to and await _reply(desk, incoming):
        return
    if text.startswith("/") and not text.startswith("/private"):
        command, rest = split(text)
        if command:
            await do(desk, command, rest)
        elif not await _label_of_the_last(desk, text[1:]):
            lists_all = "/buttonhook help" if desk.platform == "slack" else "/help"
            desk.say(f"I don't know that command. {lists_all} lists what I do.")
        return
    if (bare := _bare_command(desk, text)) is not None:
        await do(desk, *bare)
        return
    if desk.top and desk.is_stale(desk.top) and (await _card_word(desk, text) or await taking.on_sight(desk, text)):
        return
    if desk.top and await STAGE.hear(desk, desk.top, text):
        return
    if not await _card_word(desk, text):
        await _make_sense(desk, text)


async def _reply(desk: Desk, incoming: Incoming) -> bool:
    """A reply to a card: the words of its button, or the actor's own words for the note."""
    subject = await outbox.subject_of(desk.tx, desk.address_id, incoming.reply_to)
    if subject and subject.startswith(taking.ANSWERED):
        return await taking.reply(desk, subject, incoming.text)
    if not subject or not subject.startswith("note:"):
        return False
    note = await find_note(desk.tx, desk.actor.id, int(subject.partition(":")[2]))
    if note is None or incoming.text.startswith("/") or _is_other(desk, note.id, incoming.text):
        return False
    if verb := CARD_WORDS.get(fold(incoming.text)):
        await press_note(desk, note, verb)
    elif email := address_in(incoming.text):
        await keep_address(desk, note, email)
    else:
        await STAGE.begin(desk, Begin("edit", given({"note": (int, note.id), "words": (str, incoming.text)})))
    return True


def _is_other(desk: Desk, note_id: int, text: str) -> bool:
    """Whether words under a card are not for it: a command, or the answer to what was asked there about it."""
    head = text.strip().partition(" ")[0]
    if command_named(text.strip()) or head.casefold() == "audition":
        return True
    asked = desk.top.log[0][1] if desk.top and desk.top.flow in ("edit", "place_words") and desk.top.log else {}
    return isinstance(asked, dict) and asked.get("note") == note_id


def _bare_command(desk: Desk, text: str) -> tuple[Command, str] | None:
    word, _, rest = text.strip().partition(" ")
    command = command_named(word)
    if command is None or command.word == "start":
        return None
    if command.in_talk:
        return None if rest or not desk.top else (command, "")
    # Some chats keep what begins with a slash to themselves; "link to my reel" is no code.
    is_code = command.word == "link" and read_code(rest) is not None
    is_cost = command.word == "expense" and any(char.isdecimal() for char in rest)
    is_busy = desk.top is not None and (word.casefold() in _KINDS_OF_WORDS or not taking.is_idle(desk))
    if (is_busy and not is_cost) or (rest and command.word not in _BARE_WITH_WORDS and not is_code):
        return None
    return command, rest


async def _card_word(desk: Desk, text: str) -> bool:
    """The words of a button, or the address of whom it goes to, when just one card waits."""
    verb, email = CARD_WORDS.get(fold(text).strip(".!")), address_in(text)
    if verb is None and not email:
        return await _word_of_the_last(desk, text)
    shown = [n for n in await unfinished(desk.tx, desk.actor.id) if n.shown_on is not None and n.due_at is None]
    if not shown:
        return await _word_of_the_last(desk, text)
    if len(shown) > 1:
        how = "Reply to the card with it" if email else "Tap it on its card, or reply to the card with the word"
        desk.say(f"Which one? {how}.")
    elif email:
        await keep_address(desk, shown[0], email)
    else:
        await press_note(desk, shown[0], verb or "")
    return True


async def _word_of_the_last(desk: Desk, text: str) -> bool:
    """The label of a button on the last message that had any, or the names it asks for."""
    return await _label_of_the_last(desk, text) or await _names_on_sight(desk, text, await _last_choices(desk))


async def _last_choices(desk: Desk) -> list[Choice]:
    message = await outbox.last_with_buttons(desk.tx, desk.address_id)
    return [choice for row in Message.from_json(message).choices for choice in row] if message else []


async def _label_of_the_last(desk: Desk, text: str) -> bool:
    data = next((choice.data for choice in await _last_choices(desk) if _says(text, choice.label)), None)
    if data is None or data.startswith("t:"):
        return False
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
        desk.say(NOTHING_OPEN)
        return
    if fold(text).strip(".! ") in GREETINGS:
        await start(desk)
        return
    is_idle = fold(text).strip(".! ") in (*CARD_WORDS, *IDLE_WORDS)
    if not is_idle and await taking.on_sight(desk, text):
        return
    if is_idle or text.strip().isdecimal():
        desk.say(f"Nothing is open. {HELLO}")
        return
    if await booked.in_words(desk, text) or await telling.on_sight(desk, text):
        return
    await STAGE.begin(desk, await after_room.hear(desk, text) or Begin("sense", given({"words": (str, text)})))


_KINDS: dict[str, Callable[[Desk, Incoming], Awaitable[None]]] = {
    "text": _text,
    "tap": tap,
    "place": wordless.place,
    "edited": wordless.edited,
    "file": wordless.file,
    "shortcut": lambda desk, incoming: audition(desk, incoming.text),
    "form": forms.act,
    "home": wordless.home,
    "opened": wordless.opened,
    "profile": wordless.profile,
}
