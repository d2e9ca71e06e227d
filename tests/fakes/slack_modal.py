"""A modal as a person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_shown import Labels, buttons_of, choices_of, elements_of, read_blocks
from tests.fakes.slack_views import state_key
from tests.fakes.slack_wire import Json

if TYPE_CHECKING:
    from tests.fakes.slack_views import View


@dataclass(frozen=True)
class Field:
    """Something to fill in, and where it stands."""

    view: View
    block: Json
    element: Json

    @property
    def key(self) -> tuple[str, str]:
        """block_id and action_id."""
        return self.block["block_id"], self.element["action_id"]

    @property
    def label(self) -> str:
        """The label, the text beside it, or what stands in it while it is empty."""
        words = self.block.get("label") or self.block.get("text") or self.element.get("placeholder") or {}
        return str(words.get("text", ""))

    @property
    def is_input(self) -> bool:
        """Whether it is submitted (others tell at once)."""
        return bool(self.block["type"] == "input")

    @property
    def dispatches(self) -> bool:
        """Whether a change is told at once."""
        return not self.is_input or bool(self.block.get("dispatch_action"))

    @property
    def tells_characters(self) -> bool:
        """Whether every character is."""
        config = self.element.get("dispatch_action_config", {})
        return self.dispatches and "on_character_entered" in config.get("trigger_actions_on", [])

    @property
    def content(self) -> Any:
        """What is in it, as the state tells it."""
        return self.view.typed[self.key].get(state_key(self.element))

    @property
    def chosen(self) -> list[Json]:
        """The options that are picked."""
        content = self.content if "selected_option" in state_key(self.element) else None
        return list(content) if isinstance(content, list) else [content] if content else []

    @property
    def lacks(self) -> bool:
        """Whether it is empty, or too short, and must not be."""
        content = self.content
        least = self.element.get("min_length", 0)
        short = isinstance(content, str) and len(content) < least
        return short or (not content and not self.block.get("optional", False))


@dataclass(frozen=True)
class Modal:
    """What stands on top of the client; the properties read it as it is now."""

    view: View

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.view.wire["title"]["text"])

    @property
    def submit(self) -> str:
        """The label of the submit button, "" when there is none."""
        return str((self.view.wire.get("submit") or {}).get("text", ""))

    @property
    def fields(self) -> list[Field]:
        """All there is to fill in, top to bottom."""
        touchable = elements_of(self.view.blocks)
        return [Field(self.view, block, one) for block, one in touchable if one["type"] not in ("button", "overflow")]

    @property
    def labels(self) -> list[str]:
        """The labels of the fields."""
        return [field.label for field in self.fields]

    def field(self, label: str) -> Field:
        """A field by its label."""
        found = next((field for field in self.fields if field.label == label), None)
        assert found, f"no field {label!r} among {self.labels}"
        return found

    def value(self, label: str) -> str | list[str]:
        """What is in a field: the text, the date, the text of the option, or a list of such; "" when it is empty."""
        field = self.field(label)
        texts = [str(option["text"]["text"]) for option in field.chosen]
        if state_key(field.element) == "selected_options":
            return texts
        return texts[0] if texts else str(field.content or "")

    @property
    def errors(self) -> dict[str, str]:
        """What is complained of, by label."""
        by_block = {field.key[0]: field.label for field in self.fields}
        return {by_block[block_id]: words for block_id, words in self.view.errors.items()}

    @property
    def text(self) -> str:
        """Everything that stands in it, labels too."""
        return read_blocks(self.view.blocks, self.view.world.name_of).text

    @property
    def buttons(self) -> Labels:
        """The buttons inside it: label and value."""
        return buttons_of(self.view.blocks)

    @property
    def choices(self) -> Labels:
        """The options of its menus: text and value."""
        return choices_of(self.view.blocks)

    @property
    def json(self) -> Json:
        """The view object, private_metadata and all."""
        return self.view.as_json()
