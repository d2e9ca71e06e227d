"""Everywhere a talk can stand: one script a state, and the class of the question that is open there."""

from __future__ import annotations

from tests.scripts import COPPER_FALLS, HARBOR_LIGHTS, NEXT_MORNING, SETTLED, Comes, Moves, Script, Tap

_AT_SIGN: Script = ("/start",)
_NOWHERE: Script = (*_AT_SIGN, "Nora Castellane", "the cabin up at Zzyzx Hollow")
_UNCONFIRMED: Script = ("/audition", "Harbor Lights, Dana", "Marcus Thornbury", "nothing", Tap("Save"))
_WHAT: Script = (*SETTLED, "/audition")
_ROOM: Script = (*_WHAT, "Harbor Lights, Dana, guest star")
_NEAR: Script = (*SETTLED, *COPPER_FALLS, "/audition", "Salt Year, Lena", "Tes Quilan")
_CARD: Script = (*SETTLED, *HARBOR_LIGHTS[:-1])
_ONE_CARD: Script = (*SETTLED, *HARBOR_LIGHTS, NEXT_MORNING)
_NO_NAMES: Script = (*_ROOM, Tap("No idea"), "they loved the hat", Tap("Save"), NEXT_MORNING, Tap("I have the names"))
_LEFT_ALONE = Comes("2026-11-19 23:20")

STATES: dict[str, tuple[Script, str]] = {
    "welcome, sign": (_AT_SIGN, "HowYouSign"),
    "welcome, place": ((*_AT_SIGN, "Nora Castellane"), "WhereYouAre"),
    "welcome, clock": (_NOWHERE, "ClockThere"),
    "welcome, which place": ((*_NOWHERE, "4:10 pm"), "WhichPlace"),
    "welcome, morning": ((*_AT_SIGN, "Nora Castellane", "la"), "WhenTheyCome"),
    "nothing open": (SETTLED, ""),
    "settings, name": ((*SETTLED, "/settings", Tap("Name")), "HowYouSign"),
    "settings, zone": ((*SETTLED, "/settings", Tap("Zone")), "WhereYouAre"),
    "settings, morning": ((*SETTLED, "/settings", Tap("Morning")), "WhenTheyCome"),
    "settings, country": ((*SETTLED, "/settings", Tap("Country")), "WhichCountry"),
    "settings, currency": ((*SETTLED, "/settings", Tap("Currency")), "WhichCurrency"),
    "expense, what": ((*SETTLED, "/expense"), "WhatItWas"),
    "expense, how much": ((*SETTLED, "/expense lunch"), "HowMuch"),
    "expense, which kind": ((*SETTLED, "/expense 30 taping"), "WhichKind"),
    "expense, rate": ((*SETTLED, "/settings", Tap("Country"), "UK", "12 miles"), "WhatADriveBrings"),
    "expense, to mend": ((*SETTLED, "12 parking", Tap("Fix"), Tap("Amount")), "NewValue"),
    "expense, a meal": ((*SETTLED, "46.20 lunch"), ""),
    "expenses, listed": ((*SETTLED, "12 parking", "/expenses"), ""),
    "zone of the profile": ((*SETTLED, Moves("America/Los_Angeles"), Moves("Europe/London")), "GoBy"),
    "zone to confirm": (_UNCONFIRMED, "ThisZone"),
    "zone elsewhere": ((*_UNCONFIRMED, Tap("Somewhere else")), "Elsewhere"),
    "audition, what": (_WHAT, "WhatWasIt"),
    "audition, room": (_ROOM, "WhoWasThere"),
    "audition, which one": (_NEAR, "WhichOne"),
    "audition, talk": (_CARD[:-1], "SmallTalk"),
    "audition, talk of the room": ((*_ROOM, Tap("No idea")), "SmallTalk"),
    "audition, talk once more": ((*_CARD, "/back"), "SmallTalk"),
    "audition, when": ((*_CARD, Tap("When")), "WhenWasIt"),
    "audition, which moment": ((*_CARD, Tap("When"), "9"), "WhichMoment"),
    "audition, look": ((*_CARD, Tap("Look")), "HowYouLooked"),
    "audition, more": ((*_CARD, Tap("More")), "TheRest"),
    "audition, whose talk": ((*SETTLED, *COPPER_FALLS[:-1], Tap("Talk")), "WhoseTalk"),
    "audition, card": (_CARD, "Card"),
    "audition, mended": ((*SETTLED, *HARBOR_LIGHTS, Tap("Fix")), "Card"),
    "audition, left alone": ((*_CARD[:-1], _LEFT_ALONE), "SmallTalk"),
    "audition, an old answer": ((*_CARD[:-1], _LEFT_ALONE, "his kid got in"), "SmallTalk"),
    "names": (_NO_NAMES, "TheNames"),
    "news": ((*SETTLED, "/news"), "WhatYouAreUpTo"),
    "one follow-up": (_ONE_CARD, ""),
    "two follow-ups": ((*SETTLED, *COPPER_FALLS, NEXT_MORNING), ""),
    "follow-up, words": ((*_ONE_CARD, Tap("Edit")), "YourWords"),
    "follow-up, which part": ((*_ONE_CARD, Tap("Edit"), "Loved hearing about Juilliard."), "WhichPart"),
    "follow-up put off": ((*_ONE_CARD, Tap("Tonight")), ""),
    "step, which project": ((*SETTLED, *COPPER_FALLS, *HARBOR_LIGHTS, "/callback"), "WhichProject"),
    "step, which stage": ((*SETTLED, *COPPER_FALLS, "pin or avail for copper falls dec 3"), "WhichStage"),
    "step, booking or not": ((*SETTLED, *COPPER_FALLS, "got copper falls!!"), "IsBooking"),
    "casting waits": ((*SETTLED, *COPPER_FALLS, "/callback Copper Falls"), ""),
    "sense": ((*SETTLED, "we talked about sourdough"), "WhatIsIt"),
    "settings over an audition": ((*_ROOM, "/settings", Tap("Morning")), "WhenTheyCome"),
    "dropped": ((*_CARD, "/cancel"), ""),
}
