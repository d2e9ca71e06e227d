"""The questions about the actor: the name under the notes, the place, the nudge time, the country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, time
from zoneinfo import ZoneInfo

from handlers.conversation import Again, NotMine, Option, Prompt, Question, Reading, View
from handlers.reading.customs import country_name, currency_name, find_country, find_currency, show_time
from handlers.reading.dates import read_time
from handlers.reading.people import fold
from handlers.reading.places import Place, find_place, place_of, places_showing
from handlers.reading.spelling import has_letter

LONGEST_NAME = 60


@dataclass(frozen=True)
class Found:
    """Where the actor is: one place, several to choose from, or a place nobody knows."""

    zone: str = ""
    name: str = ""
    maybe: tuple[Place, ...] = ()


def _found(text: str) -> Found:
    """Where these words say one is."""
    found = find_place(text)
    if isinstance(found, Place):
        return Found(found.zone, found.name)
    return Found("", text[:LONGEST_NAME], found or ())


class HowYouSign(Question[str]):
    """The name under the notes."""

    of = str
    key = "sign"
    skip = ""

    def __init__(self, *, at_first_contact: bool = False) -> None:
        self.at_first_contact = at_first_contact

    def show(self, view: View) -> Prompt:
        named = (Option(view.name, self.fills(view.name)),) if has_letter(view.name) else ()
        return Prompt(("How do you sign your notes?",), ((*named, Option("Skip", self.fills(""))),))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        words = " ".join(text.split())
        if words and len(words) <= LONGEST_NAME and (not self.at_first_contact or _is_name(words)):
            return self.fills(words)
        # At the first contact such words are an audition, told before anything was asked.
        return NotMine() if self.at_first_contact else Again("A name, up to 60 letters.")


def _is_name(words: str) -> bool:
    return len(words.split()) <= 5 and "," not in words


class WhereYouAre(Question[Found]):
    """A city, a zone's short name, or a shared location; never an offset."""

    of = Found
    key = "zone"
    skip = Found()

    def show(self, view: View) -> Prompt:
        skip = Option("Skip", self.fills(Found()))
        asked = "A city is enough, or share your location." if view.can_share_place else "A city is enough."
        return Prompt((f"Where are you? {asked}",), ((skip,),))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        return self.fills(_found(text))


class ThisZone(Question[Found]):
    """The zone that was assumed, to be confirmed in one tap."""

    of = Found
    key = "zone"
    skip = Found()

    def show(self, view: View) -> Prompt:
        here = place_of(view.zone)
        asked = f"{here.name} time, right? Follow-ups come by it."
        right = Option(here.name, self.fills(Found(here.zone, here.name)))
        return Prompt((asked,), ((right, Option("Somewhere else", self.fills(Found(name="?")))),))

    def read(self, text: str, view: View) -> Reading:
        if fold(text).strip(".!") in ("right", "yes", "yep", "y", "ok", "correct"):
            here = place_of(view.zone)
            return self.fills(Found(here.zone, here.name))
        if fold(text).strip(".!") in ("no", "nope", "wrong"):
            return self.fills(Found(name="?"))
        found = _found(text)
        return self.fills(found) if found.zone or found.maybe else NotMine()


class NewZone(Question[Found]):
    """Where the profile says one is now; nobody is asked for it."""

    of = Found
    key = "new"
    skip = Found()
    optional = True


class GoBy(Question[Found]):
    """The zone of the profile is another one now: whether follow-ups come by it."""

    of = Found
    key = "zone"
    skip = Found()

    def __init__(self, new: Found) -> None:
        self.new = new

    def show(self, view: View) -> Prompt:
        asked = f"Your profile says {self.new.name} time now. Shall follow-ups come by it?"
        stay = Option(f"Stay on {place_of(view.zone).name}", self.fills(Found()))
        return Prompt((asked,), ((Option(self.new.name, self.fills(self.new)), stay),))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        said = fold(text).strip(".!")
        if said in ("yes", "yep", "y", "ok", "sure", "right"):
            return self.fills(self.new)
        return self.fills(Found()) if said in ("no", "nope", "n", "stay") else NotMine()


class ClockThere(Question[Found]):
    """What the clock shows where no place is known; the zones with that time are offered."""

    of = Found
    key = "clock"
    reads_numbers = True
    skip = Found()

    def __init__(self, place: str) -> None:
        self.place = place

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        return Prompt(("What time is it where you are?",))

    def read(self, text: str, view: View) -> Reading:
        clock = read_time(text)
        if clock is None:
            return Again("Like 7:30 pm, or 19:30.")
        now = view.now.replace(tzinfo=ZoneInfo(view.zone)).astimezone(UTC)
        offered = list(places_showing(clock, now))
        if clock.hour < 12 and not any(mark in fold(text) for mark in ("am", "a.m")):
            offered += places_showing(clock.replace(hour=clock.hour + 12), now)
        if not offered:
            return Again(f"Nowhere I know is it {show_time(clock, view.customs)} now.")
        return self.fills(Found("", self.place, tuple(offered[:8])))


class WhichPlace(Question[Found]):
    """Several places fit; one is tapped."""

    of = Found
    skip = Found()

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.places = places
        self.key = "which:" + "|".join(place.zone for place in places)

    def show(self, view: View) -> Prompt:  # noqa: ARG002
        options = tuple((Option(p.name, self.fills(Found(p.zone, p.name))),) for p in self.places)
        return Prompt(("Which one?",), options)

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        near = [p for p in self.places if fold(text) and fold(text) in fold(p.name)]
        if len(near) == 1:
            return self.fills(Found(near[0].zone, near[0].name))
        found = _found(text)
        return self.fills(found) if found.zone else Again("Tap one.")


@dataclass(frozen=True)
class Morning:
    """When follow-ups come; without a time, as before."""

    at: time | None = None


class WhenTheyCome(Question[Morning]):
    """The nudge time."""

    of = Morning
    key = "morning"
    reads_numbers = True
    skip = Morning()

    def __init__(self, found: Found) -> None:
        self.found = found

    def show(self, view: View) -> Prompt:
        where = ""
        if self.found.zone:
            there = view.now.replace(tzinfo=ZoneInfo(view.zone)).astimezone(ZoneInfo(self.found.zone))
            where = f"{self.found.name}, {show_time(there.time(), view.customs)} there now. "
        times = tuple(Option(show_time(t, view.customs), self.fills(Morning(t))) for t in (time(8), time(9), time(10)))
        return Prompt((f"{where}When should follow-ups come?",), (times, (Option("Skip", self.fills(self.skip)),)))

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        clock = read_time(text)
        return self.fills(Morning(clock)) if clock is not None else Again("A time, like 9 or 8:30 am.")


class WhichCountry(Question[str]):
    """Whose way of writing dates, hours and money."""

    of = str
    key = "country"

    def show(self, view: View) -> Prompt:
        rows = tuple(
            (Option(country_name(c), self.fills(c)),) for c in dict.fromkeys((view.customs.country, "US", "GB"))
        )
        return Prompt(("Which country's way of writing dates?",), rows)

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        country = find_country(text)
        return self.fills(country) if country else Again("A country, like United States or UK.")


class WhichCurrency(Question[str]):
    """The money a bare number is in."""

    of = str
    key = "currency"

    def show(self, view: View) -> Prompt:
        codes = tuple(dict.fromkeys((view.purse.currency, view.customs.currency, "USD", "GBP", "EUR")))
        rows = tuple((Option(currency_name(code), self.fills(code)),) for code in codes)
        return Prompt(("Which currency are your expenses in?",), rows)

    def read(self, text: str, view: View) -> Reading:  # noqa: ARG002
        currency = find_currency(text)
        return self.fills(currency) if currency else Again("A currency, like euro or CAD.")


class Elsewhere(WhereYouAre):
    """The place, after the assumed one was wrong."""

    key = "elsewhere"
