"""views.*, and what the acknowledgement of a submission does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_views import View, check_view
from tests.fakes.slack_wire import Json, Refused, missing, required, string

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.slack_members import Member
    from tests.fakes.slack_world import Team, World

DEEPEST = 3


class Views:
    """The methods; each gets the team whose token called."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.table: dict[str, Callable[[Team, Json], Json]] = {
            "views.open": self._open,
            "views.push": self._push,
            "views.update": self._update,
            "views.publish": self._publish,
        }

    def _open(self, team: Team, params: Json) -> Json:
        """From a trigger inside a modal it goes on top, else it takes the place of what is open."""
        key, wire = required(params, "trigger_id"), _modal(params)
        self._check_external(team, wire)
        trigger = self.world.exchange(key, team)
        if trigger.view in trigger.person.stack:
            return self._put(trigger.person, wire)
        trigger.person.stack.clear()
        return self._put(trigger.person, wire)

    def _push(self, team: Team, params: Json) -> Json:
        key, wire = required(params, "trigger_id"), _modal(params)
        self._check_external(team, wire)
        trigger = self.world.exchange(key, team)
        if trigger.view not in trigger.person.stack:
            raise Refused("not_found")
        return self._put(trigger.person, wire)

    def _put(self, person: Member, wire: Json) -> Json:
        if len(person.stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        view = View(person, wire)
        if person.stack:
            view.root, view.previous = person.stack[0].id, person.stack[-1].id
        person.stack.append(view)
        self.world.changed()
        return {"view": view.as_json()}

    def _check_external(self, team: Team, wire: Json, but: View | None = None) -> None:
        given = wire.get("external_id")
        if given and self._by_external(team, given) not in (None, but):
            raise Refused("duplicate_external_id")

    def _by_external(self, team: Team, given: str) -> View | None:
        views = [one for one in self.world.views.values() if one.person.team is team and one.is_open]
        return next((one for one in views if one.wire.get("external_id") == given), None)

    def _update(self, team: Team, params: Json) -> Json:
        wire = _modal(params)
        view = self._named(team, params)
        if view is None or view.person.team is not team or view not in view.person.stack:
            raise Refused("not_found")
        _check_hash(view, params)
        self._check_external(team, wire, view)
        view.show(wire)
        return {"view": view.as_json()}

    def _named(self, team: Team, params: Json) -> View | None:
        if external := string(params, "external_id"):
            return self._by_external(team, external)
        return self.world.views.get(required(params, "view_id"))

    def _publish(self, team: Team, params: Json) -> Json:
        user, wire = required(params, "user_id"), check_view(params.get("view"), "home")
        person = self.world.member(user, team)
        if person is None or person.team is not team:
            raise Refused("invalid_arguments", "user_id is not a member of the team")
        if person.home_view is None:
            person.home_view = View(person, wire)
        else:
            _check_hash(person.home_view, params)
            person.home_view.show(wire)
        self.world.changed()
        return {"view": person.home_view.as_json()}

    # The acknowledgement of a submission

    def submitted(self, view: View, answer: Json) -> None:
        """What becomes of a modal whose submission was acknowledged so; raises Refused for what Slack would not do."""
        person, action = view.person, answer.get("response_action")
        if view not in person.stack:
            return
        if action == "errors":
            view.errors = _errors(view, answer.get("errors"))
        elif action == "update":
            view.show(check_view(answer.get("view"), "modal"))
        elif action == "push":
            self._put(person, check_view(answer.get("view"), "modal"))
        elif action == "clear":
            person.stack.clear()
        elif action is None:
            del person.stack[person.stack.index(view) :]
        else:
            raise Refused("invalid_arguments", f"no such response_action: {action}")
        self.world.changed()


def _modal(params: Json) -> Json:
    if not params.get("view"):
        raise missing("view")
    return check_view(params["view"], "modal")


def _check_hash(view: View, params: Json) -> None:
    if (given := string(params, "hash")) and given != view.hash:
        raise Refused("hash_conflict")


def _errors(view: View, errors: object) -> dict[str, str]:
    """Errors stand under input blocks, and nowhere else."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not all(isinstance(one, str) for one in errors.values()):
        raise Refused("invalid_arguments", "errors must name input blocks")
    if unknown := errors.keys() - inputs:
        raise Refused("invalid_arguments", f"no input block has the id {sorted(unknown)}")
    return errors
