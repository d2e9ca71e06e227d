"""Carrying a talk on: begin it, hear an answer, step back, end it; the same in every flow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.conversation import (
    GIVEN,
    OFFERED,
    OPEN,
    Again,
    Fills,
    Log,
    NotMine,
    Opens,
    Option,
    Options,
    Prompt,
    Reading,
    Scene,
    View,
    replay,
    step_back,
    typed_option,
)
from handlers.desk import Desk, OpenTalk
from handlers.messages import Choice, Form, Message, Rows
from handlers.reading.people import fold
from handlers.resting import ASKED, rest
from handlers.scripts import FORM, Begin, Script, kept_on_form, without_form
from storage import talks

THATS_IT = "That's the answer"
FORM_SECONDS = timedelta(seconds=2.5)  # Slack's triggers are good for three
YES = ("yes", "y", "yep", "yeah", "right", "correct", "it is")


class Stage:
    """The scripts by name, and the ways a talk moves on."""

    def __init__(self, scripts: tuple[Script, ...]) -> None:
        self.scripts = {script.name: script for script in scripts}

    def scene(self, talk: OpenTalk) -> Scene:
        """Where a talk stands."""
        return replay(self.scripts[talk.flow].play, talk.log)

    async def begin(self, desk: Desk, begin: Begin) -> None:
        """Open a talk on top of what is open; words that nobody has made sense of yet give way."""
        if desk.top and desk.top.flow == "sense":
            await self.give_way(desk)
        if open_already := next((t for t in desk.talks if _is_same(t, begin)), None):
            self.reopen(desk, open_already)
            await self.show_again(desk, begin.lead)
            return
        rank = 1 + max((t.rank for t in desk.talks), default=0)
        row = {"address_id": desk.address_id, "flow": begin.flow, "log": begin.given, "rank": rank}
        id_ = await talks.add(desk.tx, row | {"acted_at": desk.now})
        talk = OpenTalk(id_, begin.flow, begin.given, 1, rank, desk.now)
        desk.talks.append(talk)
        await self._go_on(desk, talk, begin.lead)

    async def give_way(self, desk: Desk) -> None:
        """Drop the open question without a word: something else was wanted."""
        if talk := desk.top:
            await self._settle(desk, talk, self.scene(talk), "")
            self.close(desk, talk, "dropped")

    async def show_again(self, desk: Desk, lead: str = "", *, by_title: bool = False) -> None:
        """Show the open question once more, below what was said since; by its title where it was laid aside."""
        if talk := desk.top:
            if by_title and (title := self._title(talk)):
                lead = f"{title[:1].upper()}{title[1:]}."
            scene = self.scene(talk)
            await self._settle(desk, talk, scene, "")
            await self._ask(desk, talk, scene, lead)

    async def wake(self, desk: Desk, talk: OpenTalk) -> None:
        """Its own moment has come: save it as it stands, or ask once what shall become of it."""
        desk.touched[talk.id] = talk
        await self.off_form(desk, talk)
        if talk.wake == "save":
            talk.wake_at, desk.is_silent = None, True
            await self.save_as_it_stands(desk, talk)
            return
        question = self.scene(talk).question
        talk.log = (*talk.log, (ASKED, True))
        talk.wake, talk.wake_at = rest(desk, talk, is_card=False, is_enough=True)
        about = f"{self._title(talk)}. " if self._title(talk) else ""
        body = question.show(await desk.view(question.needs_to_show)).body if question else ()
        verbs = (("Save as it is", "save"), ("Go on", "go"), ("Drop", "drop"))
        row = tuple(Choice(label, f"talk:{talk.id}:{verb}") for label, verb in verbs)
        desk.say(Message((f"Still open: {about}", *body), choices=(row,)), talk.subject)

    async def hear(self, desk: Desk, talk: OpenTalk, text: str, only: Collection[str] = ()) -> bool:
        """Take typed words as the answer to the open question; False: they are not meant for it."""
        await self.off_form(desk, talk)
        scene = self.scene(talk)
        question = scene.question
        if question is None or (only and question.key not in only):
            return False
        view = await desk.view(question.needs | question.needs_to_show)
        if scene.offered and fold(text).strip(".!") in YES:
            text = THATS_IT
        if option := typed_option(
            text, _options(scene, question.show(view), view), by_number=not question.reads_numbers
        ):
            await self._take(desk, talk, scene, option.means, option.label)
            return True
        reading = question.read(text, view)
        if isinstance(reading, NotMine):
            return False
        if desk.is_stale(talk):
            talk.log = (*talk.log, (OFFERED, text))
            await self._go_on(desk, talk)
            return True
        await self._take(desk, talk, scene, reading, text)
        return True

    async def press(self, desk: Desk, talk: OpenTalk, number: int) -> bool:
        """Take the button of this number; False: the open question has no such button."""
        scene = self.scene(talk)
        if scene.question is None:
            return False
        view = await desk.view(scene.question.needs | scene.question.needs_to_show)
        options = [option for row in _options(scene, scene.question.show(view), view) for option in row]
        if not 0 <= number < len(options):
            return False
        await self._take(desk, talk, scene, options[number].means, options[number].label)
        return True

    async def fill(self, desk: Desk, talk: OpenTalk, entries: Log, lead: str = "") -> None:
        """Take several answers at once, and go on to what is still open."""
        talk.log = (*talk.log, *entries)
        await self._go_on(desk, talk, lead)

    async def skip(self, desk: Desk, talk: OpenTalk) -> None:
        """Pass over the open question, where it can be passed over."""
        await self.off_form(desk, talk)
        scene = self.scene(talk)
        question = scene.question
        if question is not None and scene.was is not None:
            await self._take(desk, talk, scene, question.fills(scene.was), "skip")
        elif question is None or question.skip is None:
            await self.show_again(desk, "This one I need.")
        else:
            await self._take(desk, talk, scene, question.fills(question.skip), "skip")

    async def back(self, desk: Desk, talk: OpenTalk) -> None:
        """Ask the question before once more."""
        await self.off_form(desk, talk)
        scene = self.scene(talk)
        if reading := step_back(scene):
            await self._take(desk, talk, scene, reading, "back")
        else:
            await self.show_again(desk, "That was the first question.")

    async def off_form(self, desk: Desk, talk: OpenTalk) -> None:
        """The talk goes on in the chat: what was typed into its form becomes answers."""
        sheet = self.scripts[talk.flow].sheet
        kept = kept_on_form(talk)
        if sheet is None or kept is None:
            return
        told = without_form(talk.log)
        talk.log = (*told, *sheet.told(kept, told, await desk.view({"people", "projects"})))
        desk.touched[talk.id] = talk

    async def save_as_it_stands(self, desk: Desk, talk: OpenTalk) -> bool:
        """End a talk with the rest skipped; False where there is too little to save."""
        await self.off_form(desk, talk)
        decision = self._as_it_stands(talk)
        if decision is None:
            return False
        await self._end(desk, talk, decision)
        return True

    def _as_it_stands(self, talk: OpenTalk) -> Any:
        """Its decision with the rest skipped; None where there is too little."""
        return replay(self.scripts[talk.flow].play, talk.log, as_it_stands=True).decision

    def _title(self, talk: OpenTalk) -> str:
        """What it is about, as far as that is known: "Copper Falls"."""
        return str(getattr(self._as_it_stands(talk), "title", "")) if self.scripts[talk.flow].lasts else ""

    async def drop(self, desk: Desk, talk: OpenTalk) -> None:
        """Leave a talk with nothing saved; Undo brings it back."""
        await self.off_form(desk, talk)
        await self._settle(desk, talk, self.scene(talk), "")
        self.close(desk, talk, "dropped")
        undo = ((Choice("Undo", f"talk:{talk.id}:reopen"),),)
        about = f": {self._title(talk)}" if self._title(talk) else ""
        desk.say(Message((f"Dropped{about}. Nothing saved.",), choices=undo), talk.subject)

    def close(self, desk: Desk, talk: OpenTalk, ending: str) -> None:
        """Take a talk from the stage."""
        talk.ended_at, talk.ending, talk.wake_at = desk.now, ending, None
        desk.touched[talk.id] = talk
        desk.talks.remove(talk)

    def reopen(self, desk: Desk, talk: OpenTalk) -> None:
        """Put a talk back on top."""
        desk.talks = [t for t in desk.talks if t.id != talk.id]
        talk.ended_at, talk.ending, talk.rank = None, "", 1 + max((t.rank for t in desk.talks), default=0)
        desk.talks.append(talk)
        desk.touched[talk.id] = talk

    async def _take(self, desk: Desk, talk: OpenTalk, scene: Scene, reading: Reading, said: str) -> None:
        if isinstance(reading, Again):
            await self._settle(desk, talk, scene, said)
            await self._ask(desk, talk, scene, reading.reason)
            return
        entries = scene.entries(reading) if isinstance(reading, Fills) else ()
        if isinstance(reading, Opens):
            entries = ((OPEN, reading.key),)
        talk.log = (*talk.log, *entries)
        after = self.scene(talk)
        card_ends = after.question is None and scene.question is not None and scene.question.is_card
        if not (card_ends and desk.tapped == talk.subject):
            await self._settle(desk, talk, scene, said)
        await self._go_on(desk, talk)

    async def _settle(self, desk: Desk, talk: OpenTalk, scene: Scene, said: str) -> None:
        """A question that is done with loses its buttons; what was tapped is shown under it."""
        question = scene.question
        if question is None:
            return
        view = await desk.view(question.needs_to_show)
        if _options(scene, question.show(view), view) or any(key == ASKED for key, _ in talk.log):
            said = scene.offered if said == THATS_IT else said
            is_shown = said and desk.tapped == talk.subject and not question.is_card
            desk.tidy(talk.subject, f"– {said}" if is_shown else "")

    async def _go_on(self, desk: Desk, talk: OpenTalk, lead: str = "") -> None:
        scene = self.scene(talk)
        talk.step += 1
        talk.acted_at = desk.now
        desk.touched[talk.id] = talk
        if scene.question is None:
            await self._end(desk, talk, scene.decision)
        else:
            await self._ask(desk, talk, scene, lead)

    async def _end(self, desk: Desk, talk: OpenTalk, decision: Any) -> None:
        self.close(desk, talk, "saved")
        following = await self.scripts[talk.flow].carry_out(desk, decision, talk)
        if following:
            await self.begin(desk, following)

    async def _ask(self, desk: Desk, talk: OpenTalk, scene: Scene, lead: str = "") -> None:
        question = scene.question
        if question is None:
            return
        view = await desk.view(question.needs_to_show)
        prompt = question.show(view)
        body = prompt.body
        if lead:
            body = (f"{lead}\n\n" if question.is_card or "\n" in lead or len(lead) > 60 else f"{lead} ", *body)
        if scene.was is not None and (said := question.echo(scene.was, view)):
            body = (*body, f" You said {said}.")
        options = _options(scene, prompt, view)
        if any(option.label == THATS_IT for row in options for option in row):
            body = (*body, f"\n\nYou wrote “{_short(scene.offered)}”. Is that the answer?")
        desk.say(Message(body, choices=_choices(talk, options)), talk.subject)
        await self._on_form(desk, talk)
        desk.asked_anew = True
        desk.touched[talk.id] = talk
        talk.acted_at = desk.now
        script = self.scripts[talk.flow]
        is_enough = (script.lasts or script.saves) and self._as_it_stands(talk) is not None
        if script.lasts or is_enough:
            talk.wake, talk.wake_at = rest(desk, talk, is_card=question.is_card, is_enough=is_enough)

    async def _on_form(self, desk: Desk, talk: OpenTalk) -> None:
        """Show the form in the question's place where the act can open one; in vain, the question is asked."""
        sheet = self.scripts[talk.flow].sheet
        if sheet is None or not desk.opener:
            return
        kept = kept_on_form(talk) or sheet.values_of(talk.log)
        fields = sheet.fields(kept, await desk.view({"people", "projects"}))
        form = Form(talk.id, sheet.TITLE, fields, opener=desk.opener)
        desk.out[-1] = replace(desk.out[-1], surface=form, good_until=desk.at + FORM_SECONDS)
        talk.log = (*without_form(talk.log), (FORM, kept))
        desk.opener = ""


def _is_same(talk: OpenTalk, begin: Begin) -> bool:
    """Whether this very talk is open: begun with the same, or begun anew before anything was told."""
    if talk.flow != begin.flow:
        return False
    told = without_form(talk.log)
    is_untold = len(told) <= 1 and all(set(dict(log).get(GIVEN, {})) <= {"when"} for log in (told, begin.given))
    return is_untold or told[: len(begin.given)] == begin.given


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119] + "…"


def _options(scene: Scene, prompt: Prompt, view: View) -> Options:
    """The buttons of an open question, with those the engine adds."""
    added: list[Option] = []
    question = scene.question
    if question is not None and scene.offered:
        reading = question.read(scene.offered, view)
        if isinstance(reading, Fills | Opens):
            added.append(Option(THATS_IT, reading))
    if question is not None and scene.was is not None:
        added.append(Option("Keep", question.fills(scene.was)))
    return ((*added,), *prompt.options) if added else prompt.options


def _choices(talk: OpenTalk, options: Options) -> Rows:
    numbers = iter(range(100))
    return tuple(
        tuple(Choice(option.label, f"t:{talk.id}:{talk.step}:{next(numbers)}") for option in row) for row in options
    )
