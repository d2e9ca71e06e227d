"""A follow-up in a plain text file, for `python -m bot check`: header lines, a blank line, the note."""

from __future__ import annotations

import re
from datetime import date

from handlers.writing.checker import Finding, Knowledge, Note, Told, check
from handlers.writing.newslines import NewsItem

HELP = """\
FILE is plain text. It may begin with header lines and a blank line; the rest is the note.

  Subject: Nora Castellane – Nurse Ray, Copper Falls
  Person: Tess Quillan          whom it goes to
  Sign: Nora Castellane         who signs it
  Kind: audition                or callback, general, self-tape, booking
  Channel: e-mail               or postcard
  Day: 2026-11-20               the day it is sent
  Met: 2026-11-19               the day of the audition
  Known: Copper Falls; Nurse Ray; https://noracastellane.example/reel
  News: Salt Year screens at the Cedar Point Film Festival | 2026-12-05
  Private: her dad hurt his knee

Known, News and Private may come several times. What is not given is not held against the note: whether anything in
it is new (H7) is only looked at when something is known. Prints one line a finding; ends with 1 on a hard fail (H),
0 without one, 2 when the file cannot be read."""
_HEADER = re.compile(r"(subject|person|sign|kind|channel|day|met|known|news|private)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
MOST_HEADERS = 200


class WrongHeader(ValueError):
    """A header line that cannot be understood; its words say why."""


def findings(text: str) -> tuple[Finding, ...]:
    """What the checker says to a file; raises `WrongHeader`."""
    note, known = read(text)
    return check(note, known)


def line(found: Finding) -> str:
    """One finding as it is printed: "H1 subject: “Thanks” is a thank-you."."""
    return f"{found.id}{' subject' if found.part == 'subject' else ''}: {found.reason}"


def read(text: str) -> tuple[Note, Knowledge]:
    """The note of a file with what it says is known; raises `WrongHeader`."""
    lines = text.removeprefix("\ufeff").splitlines()
    headers: list[tuple[str, str]] = []
    while len(headers) < min(len(lines), MOST_HEADERS) and (found := _HEADER.fullmatch(lines[len(headers)].strip())):
        headers.append((found[1].casefold(), found[2].strip()))
    told = {name: [value for key, value in headers if key == name and value] for name in dict(headers)}
    body = "\n".join(lines[len(headers) :]).strip("\n")
    return Note(body, _one(told, "subject")), _known(told)


def _one(told: dict[str, list[str]], name: str) -> str:
    return next(iter(told.get(name, ())), "")


def _known(told: dict[str, list[str]]) -> Knowledge:
    said = [part.strip() for value in told.get("known", ()) for part in value.split(";") if part.strip()]
    news = [_news(number, value) for number, value in enumerate(told.get("news", ()), 1)]
    return Knowledge(
        name=_one(told, "person"),
        titles=tuple(part for part in said if "://" not in part),
        links=tuple(part for part in said if "://" in part),
        news=tuple(news),
        facts=tuple(Told(words, private=True) for words in told.get("private", ())),
        sign=_one(told, "sign"),
        kind=_one(told, "kind").casefold() or "audition",
        channel=_one(told, "channel").casefold() or "e-mail",
        send_on=_day(_one(told, "day")),
        met_on=_day(_one(told, "met")),
    )


def _news(number: int, value: str) -> NewsItem:
    words, _, day = value.rpartition("|") if "|" in value else (value, "", "")
    return NewsItem(number, words.strip(), _day(day.strip()))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise WrongHeader(f"{value} is no date; like 2026-11-20.") from None
