"""Plain lines about the steps of a project, read without a clock and without a guess at what was not said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.casting.details import Detail, details, mark_place, mark_role, mark_submission, mark_via, mark_wishes
from handlers.casting.line import CastingLine, Days, When
from handlers.casting.line_steps import ACTIONS, NOTHING, ROUNDS, Step, mark_steps, stands, words_of
from handlers.casting.lines import Line, is_mark, line_of
from handlers.casting.project_of import About, about, candidates_of
from handlers.casting.stages import is_stage, stage, stage_called
from handlers.casting.titles import mark_known
from handlers.casting.whens import Moment, day_of, deadline_of, find_moments, has_gone_by, in_figures
from handlers.conversation import View
from handlers.reading.casting_words import card_words
from handlers.reading.spelling import fold, titled

_EXPENSE = re.compile(
    r"^\s*(?:/?expense\b|[$£€]\s?[0-9]|[0-9]+(?:\.[0-9]+)?\s?(?:mi|miles|km|k)\b|[0-9]+(?:\.[0-9]{2})?\s+[a-z]+)|[$£€][0-9]|"
    r"\b(?:parking|uber|lyft|gas|toll|tolls|mileage|lunch|coffee|reprints|taxi|subway)\s[0-9]|\b[0-9]+(?:\.[0-9]+)?\s?(?:miles|mi)\b",
    re.IGNORECASE,
)
_NEEDS_TITLE = ("wrapped", "aired", "interest")
_TAPE = "self-tape"


def read_casting(text: str, view: View) -> CastingLine | None:
    """The step a line tells; None where it tells none: reports of a room, small talk, questions, hopes."""
    line = line_of(text)
    if not line.text or line.text.startswith("/") or _EXPENSE.search(line.text) or _is_letter(line) or _is_log(text):
        return None
    line.text = in_figures(line.text)
    via = mark_via(line, view.people, [p.title for p in view.projects])
    mark_known(line, view.projects)
    steps = mark_steps(line)
    if all(step.key == NOTHING for step in steps):
        return None
    titles = frozenset(word for p in view.projects for word in fold(p.title).split() if len(word) > 3)
    chosen = _chosen(line, steps, via, titles)
    if chosen is None:
        return None
    _give_back(line, steps, chosen)
    return _Reader(line, chosen, steps, view, via).told()


def _is_letter(line: Line) -> bool:
    """A note to somebody, not a line."""
    return (
        line.text.count("\n") > 8
        or re.match(r"(?:hi|hello|hey|dear)\b[^\n,:!]{0,40}[,:!]?\s*-?\n", line.text, re.IGNORECASE) is not None
    )


def _is_log(text: str) -> bool:
    """The lines of an audition, told by their signs."""
    return any(sign in text for sign in "👥👤👗👔👕👚💬🗣") or text.lstrip()[:1] in tuple(card_words()["what_signs"])


def read_command(stage: str, rest: str, view: View) -> CastingLine:
    """What stands behind a slash and the word of a stage; only the project may be in doubt, and whether a hold books."""
    called = stage_called(stage)
    key = called.key if called else stage
    if key == "booked" and re.fullmatch(r"(?:it )?(?:the )?room\W*", fold(rest)):
        return CastingLine("good_read")
    line = line_of(rest)
    line.text = in_figures(line.text)
    number = 1
    if found := re.match(r"#?([2-9])(?:nd|rd|th)?(?=\s|$)(?!\s?[ap]m)", line.text):
        number, line.text = int(found[1]), line.text[found.end() :].strip()
    via = mark_via(line, view.people, [p.title for p in view.projects])
    mark_known(line, view.projects)
    line.text = f"\n{line.text}"
    step = Step(0, 0, key, weak=False, words=fold(stage), number=number)
    line.put(0, 0, step)
    return _Reader(line, step, [step], view, via, typed=True).told() or CastingLine(key, number)


def _chosen(line: Line, steps: Sequence[Step], via: str, titles: frozenset[str]) -> Step | None:
    """Of the steps that stand the action, else the furthest stage."""
    live = [s for s in steps if s.key != NOTHING and stands(line, _letter(line, s), s, via=via, titles=titles)]
    if not live:
        return None
    best = max(live, key=lambda s: (_rank(s), not s.weak))
    same = [s for s in live if s.key == best.key]
    return replace_step(line, best, max(s.number for s in same), weak=all(s.weak for s in same))


def _give_back(line: Line, steps: Sequence[Step], chosen: Step) -> None:
    """Sides to bring and a rehearsal room are words again, where the line tells of another step."""
    for step in steps:
        if step.key == "sides" and step.key != chosen.key:
            line.text = line.text.replace(f" {_letter(line, step)} ", step.text)


def replace_step(line: Line, step: Step, number: int, *, weak: bool) -> Step:
    """The step with what its other mentions tell, in its own place."""
    new = replace(step, number=number, weak=weak)
    line.marks[next(at for at, mark in enumerate(line.marks) if mark is step)] = new
    return new


def _rank(step: Step) -> int:
    if step.key in ACTIONS:
        return 100 - ACTIONS.index(step.key)
    return stage(step.key).order if is_stage(step.key) else 0


def _letter(line: Line, step: Step) -> str:
    return next(c for c in line.text if is_mark(c) and line.of(c) is step)


@dataclass
class _Reader:
    """Works through a line whose step is settled."""

    line: Line
    step: Step
    steps: Sequence[Step]
    view: View
    via: str
    typed: bool = False

    def told(self) -> CastingLine | None:
        moments = self._moments()
        if not self.typed and not self._is_ahead(moments):
            return None
        if self.step.key == "submitted":
            mark_submission(self.line)
        mark_role(self.line)
        mark_place(self.line, has_when=any(m.what != "posted" for m in moments))
        mark_wishes(self.line)
        found = about(self.line, _letter(self.line, self.step), self.view, self._shunned(), typed=self.typed)
        if not self.typed and not self._counts(found, moments):
            return None
        return self._line(found, moments)

    def _shunned(self) -> frozenset[str]:
        """The words of what is no step: no title either."""
        return frozenset(word for step in self.steps if step.key == NOTHING for word in step.words.split())

    # The moments

    def _moments(self) -> list[Moment]:
        """The moments told, with letters in their places; those of a shoot are not those of a callback."""
        found = find_moments(self.line.text, self.view.now, self.view.customs)
        settled = []
        for moment in found:
            before = self.line.text[: moment.start].rstrip(" :,-(@")
            mark = self.line.of(before[-1:]) if before else None
            is_shoot = isinstance(mark, Step) and mark.key == "appointment" and mark is not self.step
            settled.append(replace(moment, what="shoots") if is_shoot else moment)
        for moment in reversed(found):
            self.line.put(moment.start, moment.end, moment)
        return settled

    def _is_ahead(self, moments: Sequence[Moment]) -> bool:
        """Whether this is still to come: a round whose hour is over was an audition, to be logged."""
        if self.step.key not in (*ROUNDS, "appointment"):
            return True
        whens = [m for m in moments if m.what in ("", "due")]
        if any(
            not has_gone_by(m, self.view.now)
            for m in whens
            if m.at or m.exact or (m.days and m.days[0][0] > self.view.today)
        ):
            return True
        if any(has_gone_by(m, self.view.now) for m in whens):
            return False
        words = " ".join(token.word for token in self.line.tokens())
        return not any(re.search(rf"(?:^|\s){phrase}(?=\s|$)", words) for phrase in words_of("room"))

    def _counts(self, found: About, moments: Sequence[Moment]) -> bool:
        """Whether there is enough to go on."""
        key, is_named = self.step.key, bool(found.title or found.known)
        if (
            not is_named
            and not moments
            and " " not in self.step.words
            and re.fullmatch(r"[\s\ue000-\ue0ff.]*", self.line.text)
        ):
            return False
        has_moment = any(m.what != "posted" for m in moments)
        others = any(s.key in (*ROUNDS, "avail", "offer", "hold", "pinned") and s is not self.step for s in self.steps)
        nothing_else = found.junk == 0 and not self._has_more()
        if key in _NEEDS_TITLE:
            # "Wrapped a guest star on Harbor Lights" is news.
            return (
                bool(found.known) and (key != "interest" or found.junk == 0) and not (key == "wrapped" and found.size)
            )
        if key == "loosely":
            return (
                bool(found.known) or ("it" in self.step.words.split() and "!" in self.line.text)
            ) and found.junk == 0
        if key == "away":
            return not self.step.weak or (any(m.days for m in moments) and self._leads())
        if key == "appointment":
            return has_moment and (is_named or found.junk == 0)
        if key in ("moved", "cancelled", "decline", "confirm", "answered", "new_time"):
            enough = bool(found.known) or others or (nothing_else and not is_named)
            return enough and (key != "moved" or has_moment)
        if key == "late":
            return found.junk == 0 or is_named or others
        if key == "sides":
            return bool(found.known) or self._claims()
        if self.step.weak:
            is_plain = self.step.words in ("producers", "request") or key == "requested"
            return (has_moment and (is_named or found.junk == 0)) or (
                bool(found.known) and found.junk == 0 and not is_plain
            )
        if self._claims():
            return True
        if has_moment:
            return is_named or found.junk <= 3
        return found.junk == 0 and (is_named or (nothing_else and "!" in self.line.text))

    def _has_more(self) -> bool:
        """Whether whole clauses are left that tell something else."""
        left = [t for t in self.line.tokens() if not t.is_mark]
        return len(left) > 3

    def _leads(self) -> bool:
        """Nobody stands before the step."""
        before = self.line.text[: self.line.text.find(_letter(self.line, self.step))]
        return all(word in words_of("cries") for word in re.findall(r"[^\W_]+", fold(before)))

    def _claims(self) -> bool:
        """Whether the words say that it has come to the actor: "got a", "booked", "put me on"."""
        if self.step.is_told or self.step.words.split()[0] in words_of("verbs") | {"went", "going"}:
            return True
        tokens = self.line.tokens()
        here = next(at for at, t in enumerate(tokens) if t.word == _letter(self.line, self.step))
        before = {t.word for t in tokens[max(0, here - 4) : here]}
        return bool(before & {"got", "have", "landed", "received", "im", "ive", "getting", "gotten"})

    # The line

    def _line(self, found: About, moments: Sequence[Moment]) -> CastingLine:
        key = self.step.key
        mode = next((d.value for d in details(self.line, "mode")), "") or (
            _TAPE if _is_tape(self.step, self.steps) else ""
        )
        places = details(self.line, "place")
        if key in ("away", "good_read"):
            found = About()
        told = CastingLine(
            "booked" if key == "loosely" else "requested" if key == "interest" else key,
            self.step.number,
            found.title,
            found.known[0] if len(found.known) == 1 else None,
            found.known if len(found.known) > 1 else (),
            role=next((d.value for d in details(self.line, "role")), "") or found.role,
            size=found.size,
            place=next((d.value for d in places if d.value), ""),
            mode=mode,
            instruction=", ".join(dict.fromkeys(d.value for d in details(self.line, "wish"))),
            via=next((d.value for d in details(self.line, "sent_in")), "") or self._teller(),
            headshot=next((d.value for d in details(self.line, "headshot")), ""),
            reel=next((d.value for d in details(self.line, "reel")), ""),
            what=self._what(),
        )
        told = self._with_moments(told, moments, places)
        return self._with_doubt(told)

    def _teller(self) -> str:
        if self.step.key == "submitted" and ("self" in self.step.words.split() or "myself" in self.step.words):
            return "own"
        if self.step.key == "submitted" and not self.via and self.step.words.split()[1:2] == ["me"]:
            before = re.findall(r"[\w']+", self.line.text[: self.line.text.find(_letter(self.line, self.step))])
            name = next((w for w in reversed(before) if fold(w) not in words_of("between") | words_of("mine")), "")
            return "agent" if fold(name) in ("agent", "rep", "manager", "reps", "they", "team") else titled(name)
        return self.via

    def _what(self) -> str:
        """Of another appointment, what it is; of days away, their words."""
        if self.step.key == "appointment":
            words = re.sub(r"^(?:an|my)\s", "", self.step.words)
            plain = {
                "shoots": "shoot",
                "shooting": "shoot",
                "films": "shoot",
                "filming": "shoot",
                "tableread": "table read",
                "calltime": "call time",
            }
            return re.sub(r"\b(?:adr|vo)\b", lambda m: m[0].upper(), plain.get(words, words))
        if self.step.key != "away":
            return ""
        if not any(isinstance(mark, Moment) for mark in self.line.marks):
            return " ".join(self.line.text.replace(_letter(self.line, self.step), self.step.text).split())
        return re.sub(r"^(?:i'?m|i am|i'?ll be|i will be|will be)\s", "", self.step.text, flags=re.IGNORECASE)

    def _with_moments(self, told: CastingLine, moments: Sequence[Moment], places: Sequence[Detail]) -> CastingLine:
        now, view = self.view.now, self.view
        due = next((m for m in moments if m.what == "due"), None)
        posted = next((m for m in moments if m.what == "posted"), None)
        whens = [m for m in moments if m.what == ""]
        shoots = [m for m in moments if m.what == "shoots"]
        if self.step.key == "moved":
            whens = whens[-1:]
        if due:
            told = replace(told, deadline=deadline_of(due, now, view.zone))
        if posted and self.step.key == "submitted":
            day, at = _posted(posted, now)
            told = replace(told, posted=day, posted_at=at)
        if self.step.key in ("submitted", "good_read"):
            return told
        if self._holds_days():
            return replace(told, days=tuple(d for m in (*whens, *shoots) for d in _days(m, now)))
        first = next((m for m in whens if m.at or m.exact), whens[0] if whens else None)
        if first is None:
            return told
        if told.mode == _TAPE and told.stage == "requested":
            return told if told.deadline else replace(told, deadline=deadline_of(first, now, view.zone))
        return replace(told, when=self._when(first, whens, places))

    def _holds_days(self) -> bool:
        key = self.step.key
        return key in ("away", "loosely") or (is_stage(key) and (stage(key).days or stage(key).over))

    def _when(self, moment: Moment, whens: Sequence[Moment], places: Sequence[Detail]) -> When | None:
        if moment.exact:
            return When(moment.exact.date(), moment.exact.time())
        day = day_of(moment, self.view.now)
        other = next((m for m in whens if m is not moment and m.days), None)
        if not moment.days and other:
            day = day_of(other, self.view.now)
        if day is None:
            return None
        at = moment.at
        zone = moment.zone or next((d.zone for d in places if d.zone), "")
        told = zone if zone and not _same_clock(zone, self.view.zone, day, at) else ""
        return When(day, at, moment.until, told, has_day=bool(moment.days or other))

    def _with_doubt(self, told: CastingLine) -> CastingLine:
        if told.stage in ("away", "good_read"):
            return told
        told = _with_project(told, self.view)
        maybe = self._maybe()
        if maybe:
            return replace(told, doubt="stage", maybe=maybe)
        if told.stage == "hold" or (self.step.key == "loosely"):
            return replace(told, doubt="booking")
        return told

    def _maybe(self) -> tuple[str, ...]:
        """The stages it may be: "pin or avail", "passed on copper falls"."""
        if self.step.key == "interest":
            return ("requested", "callback", "avail")
        if self.step.words == "passed on" and not self.typed:
            return ("passed", "withdrawn")
        letters = "".join(c for c in self.line.text if isinstance(self.line.of(c), Step))
        pair = re.search(r"([\ue000-\ue0ff])\s*(?:/|\bor\b(?:\s(?:an?|on))*)\s*([\ue000-\ue0ff])", self.line.text)
        if pair and pair[1] in letters and pair[2] in letters:
            keys = (self.line.of(pair[1]).key, self.line.of(pair[2]).key)
            if self.step.key in keys and keys[0] != keys[1] and NOTHING not in keys:
                return keys
        return ()


def _with_project(told: CastingLine, view: View) -> CastingLine:
    """With the only known project where none was named, or the doubt which one it is."""
    if told.candidates:
        return replace(told, doubt="project")
    if told.project:
        return told
    if len(view.projects) == 1:
        return replace(told, project=view.projects[0].title, project_id=view.projects[0].id)
    return replace(told, doubt="project", candidates=candidates_of(view))


def _is_tape(step: Step, steps: Sequence[Step]) -> bool:
    words = " ".join(s.words for s in steps if s.key == step.key)
    return re.search(r"\b(?:tape|selftape|taping|ecocast|eco cast)\b", words) is not None


def _days(moment: Moment, now: datetime) -> tuple[Days, ...]:
    if len(moment.days) == 1 and moment.days[0][0] == moment.days[0][1] and (day := day_of(moment, now)):
        return ((day, day),)
    return moment.days


def _posted(moment: Moment, now: datetime) -> tuple[date | None, time | None]:
    """The day and hour something was posted: it lies behind."""
    day = moment.days[0][0] if moment.days else now.date()
    if day > now.date():
        day = day - timedelta(days=7) if moment.weekday is not None else _year_before(day)
    if not moment.days and moment.at and moment.at > now.time():
        day -= timedelta(days=1)
    return day, moment.at


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day.replace(year=day.year - 1, day=28)


def _same_clock(zone: str, own: str, day: date, at: time | None) -> bool:
    """Whether both zones' clocks show the same on that day."""
    noon = datetime.combine(day, at or time(12))
    return noon.replace(tzinfo=ZoneInfo(zone)).utcoffset() == noon.replace(tzinfo=ZoneInfo(own)).utcoffset()
