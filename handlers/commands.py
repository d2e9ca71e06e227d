"""The one table of commands: every chat's menu, /help and the README are made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A word, what it is for, and the other words for it."""

    word: str
    description: str
    also: tuple[str, ...] = ()
    in_talk: bool = False
    """It moves an open talk, so its bare word counts even while a question is open."""
    listed: bool = True


COMMANDS = (
    Command("audition", "log an audition", also=("log",)),
    Command("followups", "what is due and sent; with a name, one to write", also=("followup",)),
    Command("auditions", "all of them, to open and fix"),
    Command("expense", "12 parking"),
    Command("expenses", "what you spent: this month, march, parking, a project"),
    Command("callback", "a call ahead: its project, day, time, place"),
    Command("avail", "an avail check: its project, its days"),
    Command("booked", "a booking, and what is still to do for it"),
    Command("passed", "they went another way"),
    Command("today", "what today holds, what is owed"),
    Command("week", "the next seven days"),
    Command("pipeline", "every project by its stage"),
    Command("project", "all that is kept of one: its name"),
    Command("news", "what you're up to"),
    Command("undo", "takes back the last thing saved"),
    Command("settings", "name, zone, morning, country, currency"),
    Command("link", "the same you in another chat"),
    Command("unlink", "parts the chats again"),
    Command("help", "what you can say"),
    Command("back", "the question before", in_talk=True),
    Command("skip", "past this question", in_talk=True),
    Command("cancel", "leaves a talk, nothing saved", in_talk=True),
    Command("submitted", "sent in: where, headshot, reel", listed=False),
    Command("requested", "casting asks for you", also=("appt",), listed=False),
    Command("pinned", "one of the top choices, not a booking", also=("pin",), listed=False),
    Command("hold", "on hold for some days", listed=False),
    Command("offer", "an offer is in", listed=False),
    Command("released", "the days are free again", listed=False),
    Command("withdrawn", "you said no", listed=False),
    Command("wrapped", "the work is done", listed=False),
    Command("credits", "what has wrapped", listed=False),
    Command("start", "says hello", listed=False),
)
_BY_WORD = {word: command for command in COMMANDS for word in (command.word, *command.also)}


def command_named(word: str) -> Command | None:
    """The command of this word, whatever its case."""
    return _BY_WORD.get(word.casefold())


def split(text: str) -> tuple[Command | None, str]:
    """`/word rest`, with or without `@bot` behind the word; the command is None where the word is unknown."""
    head, *rest = text[1:].split(maxsplit=1) or [""]
    return command_named(head.partition("@")[0]), "".join(rest).strip()


def help_text() -> str:
    """What /help says."""
    lines = "\n".join(f"/{c.word}  {c.description}" for c in COMMANDS if c.listed)
    return f"Just tell me about an audition, or:\n{lines}"
