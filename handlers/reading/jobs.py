"""What the people of a room do: the table of jobs and what else each is called."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from handlers.reading.spelling import fold

_ARTICLE = re.compile(r"^(?:an?|the|as|our|some) ")
_MOST_WORDS = 5


@cache
def _shorts() -> dict[str, str]:
    return {row["job"]: row["short"] or row["job"] for row in _rows()}


@cache
def _names() -> dict[str, str]:
    return {fold(name): row["job"] for row in _rows() for name in (*row["also"].split(";"), row["job"])}


def _rows() -> list[dict[str, str]]:
    text = files(__package__).joinpath("jobs.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def short(job: str) -> str:
    """The job as a button has it ("CD"); the job itself where it has no short form."""
    return _shorts().get(job, job)


def job_named(text: str) -> str:
    """The job that the whole text names, with or without an article; "" if none."""
    return _job(fold(text[:80]).split())[0]


def _job(words: Sequence[str]) -> tuple[str, bool]:
    """The job these folded words name, and whether they name several people."""
    said = " ".join(word.strip(".,:;!?") for word in words)
    bare = _ARTICLE.sub("", said)
    one = _names().get(bare, "")
    if one or not bare.endswith("s"):
        return one, False
    several = _names().get(bare[:-1], "")
    return several, bool(several)


def leading_job(words: Sequence[str]) -> tuple[str, bool, int]:
    """The job at the front of the words, whether in the plural, and how many words it takes."""
    folded = [fold(word) for word in words[:_MOST_WORDS]]
    for many in range(len(folded), 0, -1):
        job, several = _job(folded[:many])
        if job:
            return job, several, many
    return "", False, 0


def trailing_job(words: Sequence[str]) -> tuple[str, int]:
    """The job at the end of the words, with the article before it, and how many words it takes."""
    folded = [fold(word) for word in words[-_MOST_WORDS:]]
    for many in range(len(folded), 0, -1):
        job, _ = _job(folded[-many:])
        if job:
            return job, many
    return "", 0
