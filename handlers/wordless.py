"""What comes without words of its own: a place, an edit, a sticker, a profile, the opening of a page."""

from __future__ import annotations

from handlers.conversation import GIVEN, given
from handlers.desk import Desk
from handlers.doing import start
from handlers.expenses import receipts
from handlers.messages import Incoming
from handlers.reading.places import is_zone, place_at, place_of
from handlers.scripts import Begin
from handlers.stage import STAGE
from handlers.talks import settle_in
from handlers.talks.settings_questions import Found
from handlers.talks.settle_in import Settings
from storage import actors

OTHER = {
    "voice": "I can't listen to voice messages. The microphone on your keyboard types for you.",
    "place": "I know where you are only when I ask. /settings, Zone.",
}
SILENT = ("poll", "service", "unreadable")


async def opened(desk: Desk, incoming: Incoming) -> None:  # noqa: ARG001
    """The chat was opened, and nothing said yet."""
    if desk.is_new:
        await start(desk)


async def home(desk: Desk, incoming: Incoming) -> None:
    """The home page was opened: from now on it is kept as things stand."""
    if not desk.has_home:
        desk.has_home = True
        await actors.show_home(desk.tx, desk.address_id, desk.actor.id)
        desk.actor = (await actors.load(desk.tx, [desk.actor.id]))[desk.actor.id]
    if desk.is_new:
        await start(desk)
    await profile(desk, incoming)


async def profile(desk: Desk, incoming: Incoming) -> None:
    """The zone of the profile: where it has changed, it is asked whether the actor goes by it."""
    zone = incoming.zone
    if not is_zone(zone) or zone == desk.profile_zone:
        return
    is_told = bool(desk.profile_zone)
    desk.profile_zone = zone
    await actors.note_profile(desk.tx, desk.address_id, zone)
    if is_told and zone != desk.actor.zone:
        await STAGE.begin(desk, Begin("moved", given({"new": (Found, Found(zone, place_of(zone).name))})))


async def place(desk: Desk, incoming: Incoming) -> None:
    """A shared location answers the question where one is; otherwise it moves the zone."""
    found = place_at(incoming.latitude, incoming.longitude)
    if found is None:
        desk.say("I can't tell the time zone there. A city is enough: /settings, Zone.")
    elif not (desk.top and await STAGE.hear(desk, desk.top, found.zone, only={"zone", "elsewhere"})):
        await settle_in.keep(desk, Settings(zone=found.zone))


async def edited(desk: Desk, incoming: Incoming) -> None:  # noqa: ARG001
    """An edited message changes nothing; where it may have been an answer, that is said once a talk."""
    talk = desk.top
    answers = [key for key, _ in talk.log if key != GIVEN] if talk else []
    if talk and answers and "edited" not in answers:
        talk.log = (*talk.log, ("edited", True))
        await STAGE.show_again(desk, "I go by what you wrote first; /back changes it.")


async def file(desk: Desk, incoming: Incoming) -> None:
    """A file without a word: it is fetched, and then there is something to say."""
    await receipts.alone(desk, incoming.reply_to)


async def other(desk: Desk, incoming: Incoming) -> None:
    """Stickers, photos and the like: a useful word, or a deliberate silence."""
    if incoming.text in SILENT:
        return
    desk.say(OTHER.get(incoming.text, "Words only here, please type it."))
