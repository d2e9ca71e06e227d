from __future__ import annotations

from tests.snippets import settle_in, log
from tests.stage import Stage


async def test_x(stage: Stage) -> None:
    await settle_in(stage)
    await log(
        stage,
        "Brightside Bank, Mom #2, national commercial",
        "Odette Marsh, casting director, Marsh Casting",
        "they lost it at my toaster improv",
    )
    for w in (
        "harbor lights adr mon nov 30 10am",
        "avail check brightside 11/30-12/1",
        "priya: avail check copper falls dec 1 to dec 3",
        "submitted night ferry, actors access",
    ):
        await stage.nora.says(w)
    await stage.comes("2026-11-25 18:05")
    for w in (
        "BOOKED BRIGHTSIDE!!! shoots tues",
        "fitting mon 2pm brightside",
        "paperwork signed for brightside",
        "brightside call time 6am tues",
        "brightside shoots wed",
        "moved brightside shoot to thu",
        "/today",
        "/week",
        "/pipeline",
        "/project brightside",
        "/undo",
        "booking out dec 22 to jan 2",
        "shooting copper falls dec 2",
        "booked copper falls dec 1-2",
        "/undo",
        "/project copper falls",
    ):
        await stage.nora.says(w)
    await stage.comes("2026-12-01 09:05")
    for w in ("wrapped brightside", "/credits", "/pipeline"):
        await stage.nora.says(w)
    print(stage.nora.reads())
    assert 0
