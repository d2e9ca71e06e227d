"""Auditions told on Slack's modal: what is put into its fields, beside the same told in the chat."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bot.slack_stage import Person
from tests.fakes.slack import Delivery
from tests.scripts import COPPER_FALLS, HARBOR_LIGHTS, TALKS, Act, Script, Tap

ROOM, LOOK = "Who was in the room?", "What you wore, hair, headshot"


@dataclass(frozen=True)
class Sheet:
    """What somebody fills in; the people are what is typed into the search and which option is taken."""

    project: str
    role: str
    people: tuple[tuple[str, str], ...] = ()
    talks: tuple[str, ...] = ()
    look: str = ""
    """What is still asked in the chat."""


SHEETS: dict[Script, Sheet] = {
    COPPER_FALLS: Sheet(
        "Copper Falls",
        "Nurse Ray, co-star",
        (("Tess Quillan", "Tess Quillan"), ("Jo Fenwick, associate", "Jo Fenwick, associate")),
        ("shes running the turkey trot thurs w her dad", "just started banjo, neighbors hate it"),
        "blue scrubs top hair up",
    ),
    HARBOR_LIGHTS: Sheet(
        "Harbor Lights",
        "Dana, guest star",
        (("Marcus Thornbury", "Marcus Thornbury"),),
        ("his kid just got into Juilliard",),
    ),
    ("/audition", "Salt Year, Lena, lead", "Tes Quilan", Tap("Someone new"), "nothing", "Save"): Sheet(
        "Salt Year", "Lena, lead", (("Tes Quilan", "Tes Quilan"),)
    ),
    ("/audition", "Night Ferry, Wife", "Tess Quilan", "tess", "the ferry was late", Tap("Save")): Sheet(
        "Night Ferry", "Wife", (("tess quil", "Tess Quillan"),), ("the ferry was late",)
    ),
    ("/audition", "Night Ferry, Wife, co-star", Tap("No idea"), "they loved the hat", "save"): Sheet(
        "Night Ferry", "Wife, co-star", talks=("they loved the hat",)
    ),
    TALKS["back, and Fix"].acts[:-4]: Sheet(
        "Harbor Lights",
        "Dana, guest star",
        (("marcus thornbury", "marcus thornbury"), ("ada vance", "ada vance")),
        ("his kid", "sourdough"),
    ),
    TALKS["dropped, taken back, undone and redone"].acts[:-4]: Sheet(
        "Harbor Lights", "Dana, guest star", (("Marcus Thornbury", "Marcus Thornbury"),), ("his kid",)
    ),
}


def on_sheets(script: Script) -> tuple[Act | Sheet, ...]:
    """A script in which the auditions are told on the modal; longer ways to tell one before those they begin with."""
    for told in sorted(SHEETS, key=len, reverse=True):
        for at in range(len(script)):
            if script[at : at + len(told)] == told:
                sheet = SHEETS[told]
                return (*on_sheets(script[:at]), sheet, *on_sheets(script[at + len(told) :]))
    return script


async def opens(person: Person) -> None:
    """Ask for the modal."""
    await person.does(person.client.slash("/audition"))


async def chooses(person: Person, typed: str, option: str) -> list[Delivery]:
    """Search for somebody and add them to those chosen."""
    assert person.client.modal
    await person.client.searches(ROOM, typed)
    return person.client.picks(ROOM, *person.client.modal.value(ROOM), option)


async def fills_in(person: Person, sheet: Sheet) -> None:
    """Type all of it, not yet sent."""
    client = person.client
    await person.does(client.fills("Project", sheet.project), client.fills("Role", sheet.role))
    for typed, option in sheet.people:
        await person.does(await chooses(person, typed, option))
    for label, words in zip(talk_labels(person), sheet.talks, strict=False):
        await person.does(client.fills(label, words))
    if sheet.look:
        await person.does(client.fills(LOOK, sheet.look))


def talk_labels(person: Person) -> list[str]:
    """The fields for what was talked about."""
    assert person.client.modal
    return [label for label in person.client.modal.labels if label.startswith(("What did you", "What was said"))]


async def tells(person: Person, sheet: Sheet) -> None:
    """Open the modal, fill it in, send it."""
    await opens(person)
    await fills_in(person, sheet)
    await person.does(person.client.submits())
    assert person.client.modal is None, person.client.modal.errors
