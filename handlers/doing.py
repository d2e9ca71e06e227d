"""What each command does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from handlers import any_time, linking, lists, undo, unlinking
from handlers.casting import agenda, pipeline, project_page, telling
from handlers.commands import Command, help_text
from handlers.conversation import Fills, Log, given
from handlers.desk import Desk
from handlers.expenses import listing, taking
from handlers.reading.customs import show_time
from handlers.reading.places import place_of
from handlers.scripts import Begin
from handlers.stage import STAGE
from handlers.talks.audition_questions import shortened
from handlers.talks.make_sense import told
from handlers.talks.tell_news import Item, WhatYouAreUpTo

WELCOME = "Tell me about an audition on your way out. Next morning I bring the follow-up, ready to send."
HELLO = "Had an audition today? What was it, who was there, what did you talk about?"
NOTHING_OPEN = "No question is open."
_BESIDE_A_COST = ("undo", "expenses")
"""After these nobody waits for an amount any more."""


async def do(desk: Desk, command: Command, rest: str) -> None:
    """Do what a command says, with the words behind it."""
    if command.word != "audition" or rest:
        desk.opener = ""  # what stands on one line needs no form
    if desk.top and (desk.top.flow == "sense" or command.word in _BESIDE_A_COST) and not command.in_talk:
        await taking.give_way(desk)
    await _DO[command.word](desk, rest)


async def start(desk: Desk, _rest: str = "") -> None:
    """Say hello; at the first contact, settle in."""
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


async def audition(desk: Desk, rest: str) -> None:
    """Begin to log one, with what the words tell."""
    view = await desk.view({"people", "projects"} if rest else ())
    known = told(rest, view)
    await STAGE.begin(desk, Begin("audition", known, _echo(known) if desk.is_unseen else ""))


def _echo(known: Log) -> str:
    """What was understood of words that the chat does not show."""
    told = known[0][1]
    what = told.get("what") or {}
    words = [what.get(name) for name in ("project", "role", "size", "round", "mode")]
    said = (told.get("talk:") or {}).get("words")
    quoted = f" “{shortened(said)}”" if said else ""
    return f"{', '.join(word for word in words if word)}.{quoted}".lstrip(".").strip()


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
        desk.say(NOTHING_OPEN)


async def _skip(desk: Desk, _rest: str) -> None:
    if desk.top:
        await STAGE.skip(desk, desk.top)
    else:
        desk.say(NOTHING_OPEN)


async def _cancel(desk: Desk, _rest: str) -> None:
    if desk.top:
        await STAGE.drop(desk, desk.top)
    else:
        desk.say(NOTHING_OPEN)


STEPS = (
    *("submitted", "requested", "callback", "avail", "pinned", "hold"),
    *("offer", "booked", "released", "passed", "withdrawn", "wrapped"),
)


async def _step(desk: Desk, rest: str, *, stage: str) -> None:
    await telling.command(desk, stage, rest)


_DO: dict[str, Callable[[Desk, str], Awaitable[None]]] = {
    "start": start,
    "audition": audition,
    "news": _news,
    "followups": lambda d, rest: any_time.command(d, rest) if rest else lists.follow_ups(d),
    "expense": taking.command,
    "expenses": listing.command,
    "auditions": lambda d, _: lists.audition_page(d),
    "today": lambda d, _: agenda.today(d),
    "week": lambda d, _: agenda.week(d),
    "pipeline": lambda d, _: pipeline.show(d),
    "project": project_page.command,
    "credits": lambda d, _: pipeline.credits_(d),
    "settings": lambda d, _: lists.settings(d),
    "link": linking.link,
    "unlink": lambda d, _: unlinking.ask(d),
    "undo": lambda d, _: undo.undo_last(d),
    "help": _help,
    "back": _back,
    "skip": _skip,
    "cancel": _cancel,
    **{word: partial(_step, stage=word) for word in STEPS},
}
