"""The benchmark of the writer: `python -m tests.bench_drafts` prints what a draft costs. Nothing is asserted."""

from __future__ import annotations

import statistics
import time
import tomllib
from datetime import date
from pathlib import Path

from handlers.reading.customs import customs_of
from handlers.writing.followup import Brief, Fact, Meeting, NewsItem, write
from handlers.writing.hook_reading import understood

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
TOLD = [case["told"] for case in tomllib.loads(Path("tests/handlers/hook_cases.toml").read_text("utf-8"))["case"]]


def drafts() -> list[float]:
    """Milliseconds for one draft of each fact, read for the first time."""
    understood.cache_clear()
    news = (
        NewsItem(1, "just wrapped a guest star on Harbor Lights"),
        NewsItem(2, "new comedy reel", link="https://x.example"),
    )
    spent = []
    for told in TOLD:
        facts = (Fact(told, FRIDAY, FRIDAY),)
        brief = Brief("Tess", "Nora", (Meeting(THURSDAY, "Copper Falls", "Nurse Ray"),), ("Jo",), facts, news)
        start = time.perf_counter()
        write(brief, FRIDAY, customs_of("US"))
        spent.append((time.perf_counter() - start) * 1000)
    return spent


if __name__ == "__main__":
    first, again = drafts(), drafts()
    print(f"the first draft of all {first[0]:.0f} ms, with the tables read")
    print(f"a draft {statistics.median(again):.2f} ms, the slowest of {len(again)} {max(again):.2f} ms")
