"""/link: a code from one chat, typed in another, makes the two one actor once the first has said yes.

Whichever side has records says yes as well, so that nobody can be talked into typing a stranger's code: the stranger
would then read all that is kept.
"""

from __future__ import annotations

from datetime import timedelta

from handlers import guesses
from handlers.chats import HOME, WHERE, end_talks, home_choices, names_of, unlink_choice
from handlers.desk import Alone, Desk
from handlers.messages import Choice, Code, Message, Outgoing, Rows, Text
from handlers.nudges import show_instant
from handlers.reading.codes import hash_code, new_code, read_code, show_code
from storage import actors, joining, links, talks
from storage.database import Record

CODE_LASTS, ANSWER_LASTS = timedelta(minutes=10), timedelta(hours=1)
LONGEST_NAME = 40

SEND = "In the other chat, send me this within 10 minutes:\n\n"
WHAT_FOR = "Both then show the same auditions. One of the two must still be empty."
NOT_A_CODE = "A code has 8 letters and digits. /link in the other chat gives one."
# The same for a code that never was, that has run out, and that was used: nothing is learnt by trying.
WRONG = "That code isn't open. Each works once, for 10 minutes; /link in the other chat gives a new one."
OWN = "That code is for the other chat: send it there."
BOTH = "Both chats have auditions of their own, so they stay two."
NEWER = "A newer code took its place."
SPENT = "This code was used."
DECLINED = "Not joined. The code is spent."
LATE = "Another chat came first with that code, so nothing is joined here."
ANSWERED = "Answered already. Nothing changed."
MEANWHILE = "Something was logged in the meantime, so nothing is joined yet. A new code from /link asks again."
RUN_OUT = "That question has run out. /link gives a new code."


async def link(desk: Desk, words: str) -> None:
    """Without words a code is given, with a code the chat it came from is asked."""
    if until := await guesses.locked_until(desk):
        desk.say(f"Too many wrong codes. /link works again {show_instant(desk, until)}.")
    elif not words:
        await _give(desk)
    elif (code := read_code(words)) is None:
        desk.say(NOT_A_CODE)
    elif (found := await links.open_code(desk.tx, hash_code(code), desk.now - CODE_LASTS)) is None:
        desk.say(await guesses.count_wrong(desk, WRONG))
    elif found.actor_id == desk.actor.id:
        desk.say(OWN)
    else:
        await _come(desk, found)


async def _give(desk: Desk) -> None:
    await _retire_codes(desk)
    code = new_code(desk.outside.pick)
    id_ = await links.give(desk.tx, desk.address_id, hash_code(code), desk.now)
    desk.say(Message((SEND, Code(f"/link {show_code(code)}")), WHAT_FOR), _code(id_))


async def _retire_codes(desk: Desk) -> None:
    for row in await links.replace_codes(desk.tx, desk.actor.id):
        _fold(desk, row.address_id, _code(row.id), NEWER)


def _code(code_id: int) -> str:
    """The name of a code's message in the outbox."""
    return f"code:{code_id}"


def subject(request_id: int) -> str:
    """The name of a request's messages in the outbox."""
    return f"link:{request_id}"


def _fold(desk: Desk, address_id: int, what: str, words: str) -> None:
    """Put words in the place of a message, at whichever address it stands."""
    desk.out.append(Outgoing(what, Message((words,)), replaces=what, to=address_id, quiet=True))


def _tell(desk: Desk, address_id: int, message: Message | str, what: str = "") -> None:
    message = Message((message,)) if isinstance(message, str) else message
    desk.out.append(Outgoing(what, message, to=address_id))


# Somebody comes with a code


async def _come(desk: Desk, code: Record) -> None:
    has_records = await joining.has_records(desk.tx, desk.actor.id)
    if has_records and await joining.has_records(desk.tx, code.actor_id):
        desk.say(BOTH)
        return
    came = next((r for r in await links.pending(desk.tx, code.id) if r.address_id == desk.address_id), None)
    if came is None:
        state = "unsure" if has_records else "open"
        id_ = await links.request(desk.tx, code.id, desk.address_id, state, desk.now)
        came = await links.find(desk.tx, desk.actor.id, id_)
    elif came.state != "unsure":
        desk.say(await _asked(desk, came))
        return
    assert came is not None  # noqa: S101 - it was written two lines above
    if came.state == "unsure":
        desk.show(await _sure(desk, came), subject(came.id))
    else:
        await _ask(desk, came)


async def _names(desk: Desk, request: Record, here: int) -> dict[int, str]:
    """The two chats by their names, as they are read in one of them."""
    both = await actors.these(desk.tx, [request.giver_address_id, request.address_id])
    return names_of(desk, list(both.values()), here)


async def _who(desk: Desk, actor_id: int) -> str:
    """The name in somebody's profile, on one line."""
    name = (await actors.load(desk.tx, [actor_id]))[actor_id].profile_name
    return " ".join(name.split())[:LONGEST_NAME] or "somebody"


async def _sure(desk: Desk, request: Record) -> Message:
    """To who has records here: the chat that gave the code will see them."""
    name = (await _names(desk, request, desk.address_id))[request.giver_address_id]
    asked = f"{name}: {await _who(desk, request.giver_id)} gave this code. Is that you?"
    return Message((asked,), f"Once joined, {name} shows all that is kept here.", _yes_or_no(request))


async def _ask(desk: Desk, request: Record) -> None:
    """Ask the chat that gave the code, and say so here."""
    there = request.giver_address_id
    name = (await _names(desk, request, there))[request.address_id]
    asked = f"{name}: {await _who(desk, request.taker_id)} wants in. Is that you?"
    under = f"Yes, and {name} shows all that is kept here."
    if await joining.has_records(desk.tx, request.taker_id):
        under = f"Yes, and all that is kept on {name} shows here."
    _tell(desk, there, Message((asked,), under, _yes_or_no(request)), subject(request.id))
    desk.show(Message((await _asked(desk, request),)), subject(request.id))


async def _asked(desk: Desk, request: Record) -> str:
    name = (await _names(desk, request, desk.address_id))[request.giver_address_id]
    return f"Asked on {name}. Tap Yes there, and the two are one."


def _yes_or_no(request: Record) -> Rows:
    return ((Choice("Yes, join", f"link:{request.id}:yes"), Choice("No", f"link:{request.id}:no")),)


# The answer


async def press(desk: Desk, request: Record, verb: str) -> None:
    """Yes or No of the side that is asked; a yes of anybody else counts for nothing."""
    giver, taker = request.giver_address_id, request.address_id
    asks = {"unsure": taker, "sure": giver, "open": giver}.get(request.state)
    desk.tapped = subject(request.id)
    if asks is None or request.giver_id == request.taker_id:
        desk.say(ANSWERED)
    elif asks != desk.address_id:
        desk.say(await _asked(desk, request))
    elif desk.now - request.asked_at > ANSWER_LASTS:
        desk.show(Message((RUN_OUT,)), subject(request.id))
    elif verb == "no":
        await _decline(desk, request)
    elif request.state == "unsure":
        await links.settle(desk.tx, [request.id], "sure")
        await _ask(desk, request)
    elif not desk.is_alone:
        raise Alone
    else:
        await _join(desk, request)


async def _decline(desk: Desk, request: Record) -> None:
    await links.settle(desk.tx, [request.id], "declined")
    desk.show(Message((DECLINED,)), subject(request.id))
    await links.close_code(desk.tx, request.code_id, "declined")
    _fold(desk, request.giver_address_id, _code(request.code_id), DECLINED)
    if request.state != "unsure":
        name = (await _names(desk, request, request.address_id))[request.giver_address_id]
        _tell(desk, request.address_id, f"{name} said no, so nothing is joined.")


async def _join(desk: Desk, request: Record) -> None:
    """The side with the records stays, else the one that gave the code; where both have by now, neither moves.

    Records that the other side logged since it came with the code were not there when it was asked what it shows.
    """
    giver_has = await joining.has_records(desk.tx, request.giver_id)
    taker_has = await joining.has_records(desk.tx, request.taker_id)
    if taker_has and (giver_has or request.state != "sure"):
        words = BOTH if giver_has else MEANWHILE
        await links.settle(desk.tx, [request.id], "declined")
        desk.show(Message((words,)), subject(request.id))
        _tell(desk, request.address_id, words)
        return
    stays, goes = request.giver_id, request.taker_id
    if taker_has:
        stays, goes = goes, stays
    await actors.settle_home(desk.tx, stays)
    moved = await joining.absorb(desk.tx, stays, goes, desk.now)
    desk.actor = (await actors.load(desk.tx, [stays]))[stays]
    await _end_welcomes(desk, moved)
    await _close(desk, request)
    await _say_joined(desk, request)


async def _end_welcomes(desk: Desk, moved: list[int]) -> None:
    """Who has settled in on the one side is not asked for name, place and morning on the other."""
    if not desk.actor.sign and not desk.actor.zone_confirmed:
        return
    await end_talks(desk, [row for row in await talks.open_at(desk.tx, moved) if row.flow == "welcome"])


async def _close(desk: Desk, request: Record) -> None:
    """The code is used up, and who else came with it is told; other codes of the two were for what is done now."""
    await links.settle(desk.tx, [request.id], "joined")
    await links.close_code(desk.tx, request.code_id, "used")
    _fold(desk, request.giver_address_id, _code(request.code_id), SPENT)
    for late in await links.pending(desk.tx, request.code_id):
        await links.settle(desk.tx, [late.id], "late")
        _fold(desk, late.giver_address_id, subject(late.id), SPENT)
        _tell(desk, late.address_id, LATE)
    await _retire_codes(desk)


async def _say_joined(desk: Desk, request: Record) -> None:
    mine = await actors.addresses(desk.tx, desk.actor.id)
    for here, there in (
        (request.giver_address_id, request.address_id),
        (request.address_id, request.giver_address_id),
    ):
        names = names_of(desk, mine, here)
        body: Text = (f"Joined with {names[there]}: the same auditions in both. {WHERE}",)
        message = Message(body, choices=(*home_choices(names), (unlink_choice(here),)))
        if here == desk.address_id:
            desk.out.append(Outgoing(HOME, message, replaces=subject(request.id)))
        else:
            _tell(desk, here, message, HOME)
