"""The follow-up everybody knows, given as a log: the surfer in Zuma, two items of news and a reel."""

from __future__ import annotations

from handlers.messages import Code
from tests.snippets import cards, settle_in
from tests.stage import Stage

NOTE = """Hi Mark,

It was great reading for you at the audition for Fresh Off The Boat yesterday. A little of what I'm up to:

• Just wrapped a great guest star role on Big Bang Theory
• Full Force, a film I am the lead in, premieres at the Huntington Beach Film Festival on Saturday, December 5 \
(comps are yours if you'd like them)
• New theatrical reel at my website: https://noracastellane.example

Have fun surfing at Zuma Beach this weekend!

Nora Castellane"""


async def test_the_follow_up_everybody_knows(stage: Stage) -> None:
    await settle_in(stage)
    news = (
        "/news just wrapped a great guest star role on big bang theory\n"
        "full force, a film i am the lead in, premieres at the huntington beach film festival dec 5 "
        "(i can get comp tickets)\n"
        "new theatrical reel at my website - https://noracastellane.example"
    )
    for words in (
        news,
        "/audition Fresh Off The Boat",
        "Mark Thornton",
        "he's going surfing at zuma beach over the weekend",
    ):
        await stage.nora.says(words)
    await stage.nora.taps("Save")
    await stage.comes("2026-11-20 09:00")
    (card,) = cards(stage.nora)
    subject, text = (piece.text for piece in card.message.body if isinstance(piece, Code))
    assert subject == "Nora Castellane – Fresh Off The Boat"
    assert text == NOTE
