"""All projects by the stage they have come to, and what has become of them: /pipeline, /credits."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.casting import answer_now
from handlers.casting.days import FREES
from handlers.casting.rounds import kind_of
from handlers.casting.stages import STAGES, stage
from handlers.desk import Desk
from handlers.writing.openers import listed
from storage import bookings, pipeline, projects

NONE = "No projects yet. Tell me of one: submitted Night Ferry, Actors Access."
NO_CREDITS = "No credits yet. Tell me when one wraps: wrapped Night Ferry."
DONE = ("wrapped", "aired")
MOST_TITLES, MOST_CREDITS = 8, 100


async def standings(desk: Desk) -> dict[str, list[str]]:
    """The titles of the projects by the stage each has come to, the latest first; in the order of the stages."""
    found: dict[str, list[str]] = {one.key: [] for one in STAGES}
    for row in await pipeline.standings(desk.tx, desk.actor.id, list(found)):
        found[row.kind].append(row.title)
    for row in await pipeline.read_only(desk.tx, desk.actor.id):
        found[kind_of(row.later)[0]].append(row.title)
    return {key: titles for key, titles in found.items() if titles}


def named(key: str) -> str:
    """A stage as a head: "Avail check"."""
    label = stage(key).label
    return f"{label[:1].upper()}{label[1:]}"


def counts(found: dict[str, list[str]]) -> str:
    """In one line: "Submitted 6 · Auditioned 2"."""
    return " · ".join(f"{named(key)} {len(titles)}" for key, titles in found.items())


async def show(desk: Desk) -> None:
    """By stage with counts and titles, the nearest to the job first; what is over in one line."""
    found = await standings(desk)
    if not found:
        desk.say(NONE)
        return
    open_ = {key: titles for key, titles in reversed(found.items()) if key not in FREES}
    lines = [f"{_head(key, titles)}: {_titles(titles)}" for key, titles in open_.items()]
    over = counts({key: titles for key, titles in found.items() if key in FREES})
    parts = ("\n".join(lines), over, await answer_now.figures(desk))
    desk.say("\n\n".join(part for part in parts if part))


def _head(key: str, titles: Sequence[str]) -> str:
    """With how many they are; of one alone it would read like the number of a round."""
    return f"{named(key)}, {len(titles)}" if len(titles) > 1 else named(key)


def _titles(titles: Sequence[str]) -> str:
    more = [f"{len(titles) - MOST_TITLES} more"] if len(titles) > MOST_TITLES else []
    return listed([*titles[:MOST_TITLES], *more]) if more else ", ".join(titles)


async def credits_(desk: Desk) -> None:
    """What has wrapped: title, role, size, by the year."""
    rows = await bookings.done(desk.tx, desk.actor.id, DONE)
    if not rows:
        desk.say(NO_CREDITS)
        return
    known = {row.id: row for row in await projects.known(desk.tx, desk.actor.id)}
    years: dict[int, list[str]] = {}
    for row in rows[:MOST_CREDITS]:
        one = known[row.project_id]
        line = ", ".join(x for x in (one.title, one.role, one.size) if x)
        years.setdefault(row.at.astimezone(desk.zone).year, []).append(f"– {line}")
    more = [f"And {len(rows) - MOST_CREDITS} earlier."] if len(rows) > MOST_CREDITS else []
    blocks = ["\n".join((str(year), *lines)) for year, lines in years.items()]
    desk.say("\n\n".join(("Credits", *blocks, *more)))
