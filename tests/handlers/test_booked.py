from __future__ import annotations

from tests.snippets import settle_in, log
from tests.stage import Stage
from tests.steps import Teller, span, understood, when


async def test_x(stage: Stage) -> None:
    await settle_in(stage)
    await log(stage, "Brightside Bank, Mom #2, national commercial", "Odette Marsh, casting director, Marsh Casting", "they lost it at my toaster improv")
    with understood() as lines:
        tell = Teller(lines)
        await tell(stage.nora, "appointment", "Harbor Lights", what="ADR", when=when("2026-11-30 10:00"))
        await tell(stage.nora, "avail", "Brightside Bank", days=span("2026-11-30", "2026-12-01"), via="Priya")
        await stage.comes("2026-11-25 18:05")
        await tell(stage.nora, "booked", "Brightside Bank", days=span("2026-12-01"))
        await stage.nora.taps("Answered")
        await stage.nora.says("/undo")
        await stage.nora.taps("Paperwork")
        await stage.nora.taps("Booking note")
        await stage.nora.taps("Sent")
        await stage.nora.says("call time in brightside")
        for c in ("/today", "/week", "/pipeline", "/project brightside", "/project harbour light", "/project", "/credits"):
            await stage.nora.says(c)
        await tell(stage.nora, "away", days=span("2026-11-28", "2026-12-04"))
        await tell(stage.nora, "booked", "Copper Falls", days=span("2026-12-01", "2026-12-02"))
        await stage.comes("2026-12-01 09:05")
        await tell(stage.nora, "wrapped", "Brightside Bank")
        await stage.nora.says("/credits")
        await stage.nora.says("/pipeline")
    print(stage.nora.reads())
    assert 0
