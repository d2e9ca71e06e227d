"""What one turn has before it: the actor, the open talks, the writing hand, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.audition import actors_day
from handlers.conversation import Log, View
from handlers.documents import fit, safe_name
from handlers.messages import Message, Outgoing, plain
from handlers.outside import Outside
from handlers.reading.customs import Customs, country_of, customs_of
from handlers.reading.people import Known
from handlers.reading.projects import KnownProject
from storage import documents, people, projects
from storage.changes import Change
from storage.database import Record, Transaction

STALE = timedelta(hours=6)


class Alone(Exception):
    """Worked once more in a transaction of its own: the act changes whose an address is."""


@dataclass
class OpenTalk:
    """A talk that is going on, as its row stands."""

    id: int
    flow: str
    log: Log
    step: int
    rank: int
    acted_at: datetime
    wake_at: datetime | None = None
    wake: str = ""
    ended_at: datetime | None = None
    ending: str = ""

    @staticmethod
    def of(row: Record) -> OpenTalk:
        """A talk from its row."""
        log = tuple((key, value) for key, value in row.log)
        rest = {
            name: getattr(row, name) for name in ("step", "rank", "acted_at", "wake_at", "wake", "ended_at", "ending")
        }
        return OpenTalk(row.id, row.flow, log, **rest)

    @property
    def subject(self) -> str:
        """The name of its open question in the outbox."""
        return f"talk:{self.id}"


@dataclass
class Desk:
    """One address and its actor during one transaction; `now` and `at` are UTC.

    `at` is when the act that is worked was written, `now` the moment of working it.
    """

    tx: Transaction
    now: datetime
    address_id: int
    actor: Record
    talks: list[OpenTalk] = field(default_factory=list)
    at: datetime = field(init=False)
    platform: str = ""
    tapped: str = ""
    """The subject whose button was tapped; empty where the act was typed or the clock's."""
    parked: bool = False
    is_silent: bool = False
    """Nothing that is said makes a sound: nobody waits for it."""
    by_clock: bool = False
    """Nobody acted: the time came."""
    out: list[Outgoing] = field(default_factory=list)
    touched: dict[int, OpenTalk] = field(default_factory=dict)
    asked_anew: bool = False
    """Whether this turn has shown the open question itself."""
    is_new: bool = False
    """Nobody was here before this turn."""
    by_form: bool = False
    """The act was the sending of a form, so that nothing of it stands in the chat."""
    is_unseen: bool = False
    """The chat does not show the act: a command of Slack's, a shortcut."""
    opener: str = ""
    """What opens a form in answer to the act."""
    thread: str = ""
    """The message in whose thread the act was written."""
    has_home: bool = False
    """This address shows the home page."""
    profile_zone: str = ""
    """What the platform's profile last said."""
    outside: Outside = field(default_factory=Outside)
    is_alone: bool = False
    """No other act is worked in this transaction."""

    def __post_init__(self) -> None:
        self.at = self.now

    @property
    def zone(self) -> ZoneInfo:
        """Where the actor is."""
        return ZoneInfo(self.actor.zone)

    @property
    def customs(self) -> Customs:
        """How the actor's country writes."""
        return customs_of(self.actor.country or country_of(self.actor.zone))

    @property
    def local(self) -> datetime:
        """When the act was written, on the actor's wall (naive)."""
        return self.at.astimezone(self.zone).replace(tzinfo=None)

    @property
    def local_now(self) -> datetime:
        """The moment of working, on the actor's wall (naive)."""
        return self.now.astimezone(self.zone).replace(tzinfo=None)

    @property
    def day(self) -> date:
        """The actor's day it now is, which begins at 04:00."""
        return actors_day(self.local_now.date(), self.local_now.time())

    def is_stale(self, talk: OpenTalk) -> bool:
        """Whether its question has stood so long that the next words are hardly meant for it."""
        return self.now - talk.acted_at > STALE

    @property
    def top(self) -> OpenTalk | None:
        """The talk whose question is open."""
        return self.talks[-1] if self.talks else None

    async def view(self, needs: Collection[str] = ()) -> View:
        """What a question may know, with as much of the actor's records as it needs."""
        known: Sequence[Known] = ()
        titles: Sequence[KnownProject] = ()
        if "people" in needs:
            known = [Known(*row) for row in await people.known(self.tx, self.actor.id)]
        if "projects" in needs:
            titles = [KnownProject(*row) for row in await projects.known(self.tx, self.actor.id)]
        name = self.actor.profile_name
        can_share_place = self.platform != "slack"
        return View(self.local, self.actor.zone, self.customs, name, known, titles, can_share_place=can_share_place)

    def change(self) -> Change:
        """A new change, to be kept under its words when it is done."""
        return Change(self.tx, self.actor.id)

    def say(self, message: Message | str, subject: str = "", *, sound: bool = True) -> None:
        """Say something anew."""
        message = plain(message) if isinstance(message, str) else message
        self.out.append(Outgoing(subject, message, sound=sound and not self.is_silent, thread=self.thread))

    async def attach(self, message: Message | str, name: str, mime: str, content: bytes, subject: str = "") -> None:
        """Say something anew with a file; raises `UnfitFile` where no chat takes it."""
        row = {"actor_id": self.actor.id, "name": safe_name(name), "mime": mime, "content": fit(content)}
        document_id = await documents.add(self.tx, row | {"created_at": self.now})
        self.say(message, subject)
        self.out[-1] = replace(self.out[-1], document=document_id)

    def tidy(self, subject: str, under: str = "", *, instead: str = "") -> None:
        """Take the buttons off the last message about a subject; its words stay, unless others come instead."""
        message = Message((instead,) if instead else (), under)
        self.out.append(Outgoing(subject, message, replaces=subject, quiet=True))

    def show(self, message: Message, subject: str, *, folded: str = "") -> None:
        """Show how a thing now stands: a tap changes the message it sits on, typed words get a new one.

        The old one then loses its buttons, and reads `folded` where that is given.
        """
        if self.tapped == subject:
            self.out.append(Outgoing(subject, message, replaces=subject))
        else:
            self.tidy(subject, instead=folded)
            self.say(message, subject)
