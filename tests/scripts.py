"""Talks as data: what a person says and taps, and how far the clock goes on between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.messages import Incoming
from tests.stage import Person


@dataclass(frozen=True)
class Tap:
    """The newest button of this label."""

    label: str


@dataclass(frozen=True)
class Comes:
    """The clock goes on to this wall time."""

    wall: str


@dataclass(frozen=True)
class Moves:
    """The platform's profile says another time zone."""

    zone: str


Act = str | Tap | Comes | Moves
Script = tuple[Act, ...]

SETTLED: Script = ("/start", "Nora Castellane", "la", "9")
COPPER_FALLS: Script = (
    "/audition",
    "Copper Falls, Nurse Ray, co-star",
    "Tess Quillan and her associate Jo Fenwick",
    "shes running the turkey trot thurs w her dad",
    "just started banjo, neighbors hate it",
    "blue scrubs top hair up",
    Tap("Save"),
)
HARBOR_LIGHTS: Script = (
    "/audition",
    "Harbor Lights, Dana, guest star",
    "Marcus Thornbury",
    "his kid just got into Juilliard",
    Tap("Save"),
)
NEXT_MORNING = Comes("2026-11-20 09:05")


@dataclass(frozen=True)
class TestTalk:
    """A talk and what must have gone before it."""

    __test__ = False

    acts: Script
    before: Script = SETTLED


TALKS: dict[str, TestTalk] = {
    "first contact, in a place nobody knows": TestTalk(
        ("/start", "Nora Castellane", "the cabin up at Zzyzx Hollow", "4:10 pm", "Los Angeles", "8:30"), before=()
    ),
    "an audition with two people, to the morning and Sent": TestTalk(
        (*COPPER_FALLS, NEXT_MORNING, Tap("Sent"), Tap("Sent"), "/followups", Comes("2026-11-21 09:05"))
    ),
    "an audition told before anything was asked": TestTalk(
        ("Just read for Marcus Thornbury. Harbor Lights, Dana.", "yes", "Harbor Lights, Dana, guest star", "his kid",
         "save", "yes", NEXT_MORNING, "sent"), before=()
    ),
    "back, and Fix": TestTalk(
        (*HARBOR_LIGHTS[:3], "/back", "Marcus Thornbury and Ada Vance", "his kid", "/back", "/back", Tap("Keep"),
         "sourdough", "Save", Tap("Fix"), Tap("When"), "yesterday 3 pm", Tap("Save"))
    ),
    "a name that is near": TestTalk(
        ("/audition", "Salt Year, Lena, lead", "Tes Quilan", Tap("Someone new"), "nothing",
         "Save", "/audition", "Night Ferry, Wife", "Tess Quilan", "tess", "the ferry was late", Tap("Save")),
        before=(*SETTLED, *COPPER_FALLS),
    ),
    "names that are missing, then given": TestTalk(
        ("/audition", "Night Ferry, Wife, co-star", Tap("No idea"), "they loved the hat", "save", NEXT_MORNING,
         Tap("I have the names"), "Ada Vance, casting director", "/followups")
    ),
    "news": TestTalk(
        ("/news", "Salt Year, a short I lead, at the Cedar Point Film Festival sat dec 5\nback on the climbing wall",
         NEXT_MORNING, "news", "wrapped a guest star on Harbor Lights", "/undo", Tap("Redo")),
        before=(*SETTLED, *HARBOR_LIGHTS),
    ),
    "a note in the actor's own words": TestTalk(
        (NEXT_MORNING, Tap("Edit"), "Loved hearing about Juilliard.", "last line", Tap("Another line"),
         Tap("Edit"), "Hi Marcus,\n\nThank you for today.\n\nNora", Tap("Sent"), "/undo"),
        before=(*SETTLED, *HARBOR_LIGHTS),
    ),
    "put off, and put off again": TestTalk(
        (NEXT_MORNING, Tap("Tonight"), Comes("2026-11-20 19:05"), Tap("Tomorrow"), "/followups",
         Comes("2026-11-21 09:05"), Tap("Skip"), "/undo"),
        before=(*SETTLED, *HARBOR_LIGHTS),
    ),
    "dropped, taken back, undone and redone": TestTalk(
        (*HARBOR_LIGHTS[:3], "/cancel", Tap("Undo"), "his kid", "/cancel", "cancel", Tap("Undo"), "save", "/undo",
         Tap("Redo"), "undo", "/undo")
    ),
    "an open question with others laid over it": TestTalk(
        ("/audition", "/settings", Tap("Morning"), "/news", "back on the climbing wall", "8:30", "Harbor Lights, Dana",
         "/followups", "Marcus Thornbury", Comes("2026-11-19 18:30"), "his kid", Comes("2026-11-19 20:00"))
    ),
}  # fmt: skip


async def do(person: Person, act: Act) -> None:
    """Let a person do one act of a script."""
    if isinstance(act, Tap):
        await person.taps(act.label)
    elif isinstance(act, Comes):
        await person.stage.comes(act.wall)
    elif isinstance(act, Moves):
        await person.act(Incoming("profile", person.stage.clock(), zone=act.zone))
    else:
        await person.says(act)


async def play(person: Person, script: Sequence[Act]) -> None:
    """Let a person do a whole script."""
    for act in script:
        await do(person, act)
