"""Who the actor is: how to sign, where, when follow-ups come; asked at the first contact, changed in /settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from handlers import nudges
from handlers.casting import plan
from handlers.conversation import Question, Talk, answered, ask, replay
from handlers.desk import Desk, OpenTalk
from handlers.messages import Choice, Message
from handlers.reading.customs import country_name, currency_name, show_time
from handlers.reading.places import place_of
from handlers.scripts import Begin
from handlers.talks.settings_questions import (
    ClockThere,
    Elsewhere,
    Found,
    GoBy,
    HowYouSign,
    Morning,
    NewZone,
    ThisZone,
    WhenTheyCome,
    WhereYouAre,
    WhichCountry,
    WhichCurrency,
    WhichPlace,
)
from handlers.talks.tell_news import show_open_cards
from storage import actors, due
from storage.tables import actor as actor_table


@dataclass(frozen=True)
class Settings:
    """What was answered; what was not stays as it is."""

    sign: str = ""
    zone: str = ""
    place: str = ""
    """What the actor calls the zone."""
    morning: time | None = None
    country: str = ""
    currency: str = ""
    welcome: bool = False


def _where(first: Question[Found]) -> Talk[Found]:
    """A place, by as many questions as it takes; without a zone where it was passed over."""
    found = yield from ask(first)
    if not found.zone and not found.maybe and found.name == "?":
        found = yield from ask(Elsewhere())
    if not found.zone and not found.maybe and found.name:
        found = yield from ask(ClockThere(found.name))
    if found.maybe:
        found = yield from ask(WhichPlace(found.maybe))
    return found


def welcome() -> Talk[Settings]:
    """The first contact: three questions, all of which can be passed over."""
    sign = yield from ask(HowYouSign(at_first_contact=True))
    found = yield from _where(WhereYouAre())
    morning = yield from ask(WhenTheyCome(found))
    return Settings(sign, found.zone, found.name, morning.at, welcome=True)


def set_sign() -> Talk[Settings]:
    """The name under the notes."""
    return Settings(sign=(yield from ask(HowYouSign())))


def set_zone() -> Talk[Settings]:
    """Where the actor is."""
    found = yield from _where(WhereYouAre())
    return Settings(zone=found.zone, place=found.name)


def confirm_zone() -> Talk[Settings]:
    """The assumed zone, confirmed or put right."""
    found = yield from _where(ThisZone())
    return Settings(zone=found.zone, place=found.name)


def confirm_move() -> Talk[Settings]:
    """The profile's zone is another one now."""
    found = yield from ask(GoBy((yield from ask(NewZone()))))
    return Settings(zone=found.zone, place=found.name)


def set_morning() -> Talk[Settings]:
    """When follow-ups come."""
    return Settings(morning=(yield from ask(WhenTheyCome(Found()))).at)


def set_country() -> Talk[Settings]:
    """How dates, hours and money are written."""
    return Settings(country=(yield from ask(WhichCountry())))


def set_currency() -> Talk[Settings]:
    """The money a bare number is in."""
    return Settings(currency=(yield from ask(WhichCurrency())))


async def keep(desk: Desk, settings: Settings, talk: OpenTalk | None = None) -> Begin | None:  # noqa: ARG001
    """Write the settings down, move what waits, and say what it means."""
    values: dict[str, Any] = {"sign": settings.sign, "zone": settings.zone, "nudge_time": settings.morning}
    values |= {"country": settings.country, "currency": settings.currency}
    values |= {"zone_confirmed": bool(settings.zone)}
    changed = {name: value for name, value in values.items() if value and value != getattr(desk.actor, name)}
    change = desk.change()
    undo: tuple[tuple[Choice, ...], ...] = ()
    if "country" in changed:
        changed["distance_rate"] = None  # it is of the other country's money and unit
    if changed:
        assumed = "" if desk.actor.zone_confirmed else desk.actor.zone
        await change.update(actor_table, desk.actor.id, **changed)
        desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
        if assumed:
            await plan.assumed_zone(desk, assumed)
        change_id = await change.keep(_undo_words(desk, settings), "settings", desk.now)
        undo = ((Choice("Undo", f"undo:{change_id}"),),)
    if settings.sign and not settings.welcome:
        await show_open_cards(desk)
    comes = await move_nudges(desk) if settings.zone or settings.morning else ""
    _tell_welcome(desk, settings)
    if settings.welcome:
        morning = show_time(desk.actor.nudge_time, desk.customs)
        desk.say(f"{morning}. Had an audition today? What was it, who was there, what did you talk about?")
    else:
        desk.say(Message((f"{_words(desk, settings)} {comes}".strip(),), choices=undo), "settings")
    return None


def _tell_welcome(desk: Desk, settings: Settings) -> None:
    """What was settled elsewhere is not asked again when the first contact goes on."""
    known: dict[str, tuple[Any, Any]] = {}
    if settings.zone:
        known["zone"] = (Found, Found(settings.zone, place_of(settings.zone).name))
    if settings.sign:
        known["sign"] = (str, settings.sign)
    if settings.morning:
        known["morning"] = (Morning, Morning(settings.morning))
    for talk in [t for t in desk.talks if t.flow == "welcome"]:
        talk.log = (*talk.log, *answered(known))
        desk.touched[talk.id] = talk
        if replay(welcome, talk.log).question is None:
            talk.ended_at, talk.ending = desk.now, "saved"
            desk.talks.remove(talk)


async def move_nudges(desk: Desk) -> str:
    """Let what was held wait for its moment, move what waits; says when the next one comes."""
    if not desk.actor.zone_confirmed:
        return ""
    await due.release(desk.tx, desk.actor.id)
    await nudges.replan(desk)
    await plan.renew_all(desk)
    first = await nudges.first(desk)
    if first is None:
        return ""
    return f"The next one comes {nudges.show_instant(desk, first) if first > desk.now else 'now'}."


def _undo_words(desk: Desk, settings: Settings) -> str:
    """What was set, in few words."""
    words = (
        f"{settings.place or place_of(settings.zone).name} time" if settings.zone else "",
        f"signed “{settings.sign}”" if settings.sign else "",
        f"follow-ups at {show_time(settings.morning, desk.customs)}" if settings.morning else "",
        f"dates as in {country_name(settings.country)}" if settings.country else "",
        f"money in {settings.currency}" if settings.currency else "",
    )
    return ", ".join(word for word in words if word)


def _words(desk: Desk, settings: Settings) -> str:
    if settings.zone:
        clock = show_time(desk.local_now.time(), desk.customs)
        return f"{settings.place or place_of(settings.zone).name}, {clock} there now."
    if settings.sign:
        return f"Notes are signed “{settings.sign}” now."
    if settings.morning:
        return f"Follow-ups at {show_time(settings.morning, desk.customs)}."
    if settings.currency:
        return f"Expenses in {currency_name(settings.currency)} from now on."
    if settings.country:
        money = "" if desk.actor.currency else f" Money in {currency_name(desk.customs.currency)}."
        return f"Dates as in {country_name(settings.country)}.{money}"
    return "All stays as it was."
