"""Where an actor is: our table of places, the zone database's names, a shared point on the map."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzfpy
from rapidfuzz import fuzz, process

from handlers.reading.customs import country_name, country_of, find_country, fold, modern, zone_countries, zones_of

_LONGEST = 100
_MOST_WORDS = 10
_MOST_OFFERED = 6
_CLOSE = 20  # minutes a clock read off a phone may be wrong
_LIKE = 90


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Said around a place: "hi, im in london right now".
_BEFORE = _words(
    "i im am we were are it its is in at on the from now currently here still based living live staying near around "
    "just outside of back to moved my zone timezone time home working filming shooting somewhere "
    "hi hey hello well so um probably maybe mostly usually"
)
_AFTER = _words(
    "now right rn today currently time timezone zone area region here atm please pls thanks usually mostly for the "
    "moment at these days this a few while until week month again still"
)
# "oh, hi" is no town of Hawaii, and "not in la" is not Los Angeles.
_NO_TOWN = _BEFORE | _words("not no never isnt left leaving leave me oh ok or and but yes call tell met ask")

_OFFSET = re.compile(
    r"(?:etc/)?(?:(?:utc|gmt|zulu)(?:[+-]?\d{1,2}(?:[:.]?\d{1,2})?)?|[+-]\d{1,2}(?:[:.]?\d{1,2})?)(?:h|hrs?|hours?)?"
)
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "＋": "+", "－": "-"})
# EST is Panama's and MST Arizona's in the zone database, MET and the like belong to nobody.
_ABBREVIATION = re.compile(r"[A-Z]{3}(?:\d[A-Z]{3})?")


@dataclass(frozen=True)
class Place:
    """A place as we call it, and its IANA zone."""

    name: str
    zone: str


@dataclass(frozen=True)
class _Table:
    places: tuple[Place, ...]
    alone: dict[str, tuple[Place, ...]]
    """By every spelling that names a place by itself."""
    behind: dict[str, tuple[Place, ...]]
    """By the spellings that count only behind a town."""
    offered: tuple[Place, ...]
    names: dict[tuple[str, str], str]
    """How we write a name, by zone and folded name."""


@cache
def _table() -> _Table:
    rows = _rows()
    alone: dict[str, tuple[Place, ...]] = {}
    behind: dict[str, tuple[Place, ...]] = {}
    places, ranked = [], []
    for row in rows:
        place = Place(row["name"], row["zone"])
        places.append(place)
        ranked += [(int(row["offered"]), place)] if row["offered"] else []
        for said in [row["name"], *filter(None, row["also"].split("|"))]:
            index = behind if said.startswith("+") else alone
            index[fold(said)] = (*index.get(fold(said), ()), place)
    offered = tuple(place for _, place in sorted(ranked, key=lambda pair: pair[0]))
    return _Table(tuple(places), alone, behind, offered, {(p.zone, fold(p.name)): p.name for p in reversed(places)})


def _rows() -> list[dict[str, str]]:
    text = (files(__package__) / "places.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))


# Finding


def find_place(text: str) -> Place | tuple[Place, ...] | None:
    """The place that was named; several when they lie in different zones; None when unknown or an offset."""
    if len(text.strip()) > _LONGEST or is_offset(text):
        return None
    words = tuple(fold(text).split())
    if not words or len(words) > _MOST_WORDS:
        return None
    cores = list(_cores(words))
    found = _first(_known(core) for core in cores) or _nearly(" ".join(cores[-1]))
    return _answer(found or _first(_by_area(core, comma="," in text) for core in cores))


def is_offset(text: str) -> bool:
    """Whether the text is a distance from UTC ("UTC-8", "+1"), which is no place and no zone."""
    if len(text.strip()) > _LONGEST:
        return False
    words = text.casefold().translate(_SIGNS).replace("plus", "+").replace("minus", "-").split()
    while words and re.sub(r"['’]", "", words[0]) in _BEFORE:
        words = words[1:]
    while words and words[-1] in _AFTER:
        words = words[:-1]
    return _OFFSET.fullmatch("".join(words)) is not None


def _first(found: Iterator[tuple[Place, ...]]) -> tuple[Place, ...]:
    return next(filter(None, found), ())


def _answer(found: tuple[Place, ...]) -> Place | tuple[Place, ...] | None:
    """One place a zone: Wilmington in Delaware or in North Carolina need not be asked."""
    by_zone: dict[str, Place] = {}
    for place in found:
        by_zone.setdefault(place.zone, place)
    places = tuple(by_zone.values())[:_MOST_OFFERED]
    return places if len(places) > 1 else next(iter(places), None)


def _cores(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words, then less and less of what is said around a place."""
    start, end = 0, len(words)
    yield words
    while start < end - 1 and words[start] in _BEFORE:
        start += 1
        yield words[start:end]
    while end > start + 1 and words[end - 1] in _AFTER:
        end -= 1
        yield words[start:end]


def _known(words: tuple[str, ...]) -> tuple[Place, ...]:
    """The places of this name, or of its first words with the rest saying where ("atlanta ga usa")."""
    named = _named(" ".join(words))
    for cut in range(len(words) - 1, 0, -1):
        if named:
            break
        area = " ".join(words[cut:])
        if _area(area):
            named = tuple(place for place in _known(words[:cut]) if _lies_in(place, area))
    return named


def _named(key: str) -> tuple[Place, ...]:
    return _table().alone.get(key) or _of_country(key) or _zone_names().get(key, ())


def _of_country(key: str) -> tuple[Place, ...]:
    country = find_country(key)
    zones = zones_of(country) if country else ()
    if country and len(zones) == 1:
        return (Place(country_name(country), zones[0]),)
    ours = tuple(place for place in _table().places if place.zone in zones)
    return ours or tuple(place_of(zone) for zone in zones)


def _area(key: str) -> tuple[Place, ...]:
    return _table().behind.get(key, ()) + _named(key)


def _lies_in(place: Place, area: str) -> bool:
    if find_country(area) == country_of(place.zone):
        return True
    own = fold(place.name.partition(",")[2])
    return any(a.zone == place.zone and (not own or a in _area(own)) for a in _area(area))


def _by_area(words: tuple[str, ...], *, comma: bool) -> tuple[Place, ...]:
    """A town we do not know takes the zone of what stands behind it ("macon, ga", "peckham london")."""
    for cut in range(1, min(len(words), 4)):
        town, area = words[:cut], " ".join(words[cut:])
        if area not in _NO_TOWN and not _NO_TOWN.intersection(town):
            found = _area(area) if comma or _named(" ".join(town)) else _named(area)
            if found:
                return found
    return ()


def _nearly(said: str) -> tuple[Place, ...]:
    """The places of a name with a small slip in it, when only one name is near."""
    names = [name for name in _table().alone if len(name) >= 5] if len(said) >= 5 else []
    near = process.extract(said, names, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None)
    found = {_table().alone[name] for name, _, _ in near}
    return found.pop() if len(found) == 1 else ()


# Zones


@cache
def _usable() -> frozenset[str]:
    listed = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    return frozenset(z for z in listed if modern(z) in zone_countries() and not _ABBREVIATION.fullmatch(z))


def is_zone(name: str) -> bool:
    """Whether the name is a zone to keep: one that belongs to a place, not an offset and not "EST"."""
    return name in _usable()


@cache
def _zone_names() -> dict[str, tuple[Place, ...]]:
    cities: dict[str, tuple[Place, ...]] = {}
    for zone in zone_countries():
        region, _, city = zone.partition("/")
        # "Davis" is not the Antarctic one, "Petersburg" not the one in Indiana.
        if region != "Antarctica" and "/" not in city:
            cities[fold(city)] = (*cities.get(fold(city), ()), place_of(zone))
    return cities | {fold(zone): (place_of(modern(zone)),) for zone in _usable()}


def place_of(zone: str) -> Place:
    """A zone as we call it: America/Los_Angeles is "Los Angeles"."""
    city = modern(zone).rpartition("/")[2].replace("_", " ")
    return Place(_table().names.get((modern(zone), fold(city)), city), zone)


def place_at(latitude: float, longitude: float) -> Place | None:
    """The zone at a point, in degrees; None at sea and for what is no point of the earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # false for NaN as well
        return None
    zone = tzfpy.get_tz(longitude, latitude)
    return place_of(zone) if is_zone(zone) else None


def places_showing(clock: time, now: datetime, limit: int = _MOST_OFFERED) -> tuple[Place, ...]:
    """The places, one for each set of clock rules, whose clocks show about this time at `now` (aware)."""
    shown = ((place, now.astimezone(ZoneInfo(place.zone)).time()) for place in _table().offered)
    close = [place for place, there in shown if _apart(clock, there) <= _CLOSE]
    return tuple(close[: max(limit, 0)])


def _apart(one: time, other: time) -> int:
    """Minutes between two readings of a clock, the short way round."""
    minutes = abs((one.hour - other.hour) * 60 + one.minute - other.minute)
    return min(minutes, 24 * 60 - minutes)
