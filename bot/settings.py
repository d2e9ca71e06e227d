"""The settings: all from the environment, each with its sentence; a wrong one stops the start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from handlers.reading.places import is_zone
from storage.database import driver_url, sqlite_url

OURS = ("TELEGRAM_", "SLACK_", "BUTTONHOOK_")
BACKENDS = ("sqlite", "postgresql")
_USER = re.compile(r"[0-9]{1,20}|[UW][A-Z0-9]{2,20}")


class WrongSetting(Exception):
    """A setting that cannot be used; its words name it."""


class Settings(BaseSettings):
    """What can be set; the README's table is made from here."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=False)

    telegram_bot_token: SecretStr | None = Field(None, description="The token BotFather gives; starts Telegram.")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="The Bot API server, where you host one yourself."
    )
    slack_bot_token: SecretStr | None = Field(
        None, description="The xoxb- token of the installed app; several with commas, one a workspace."
    )
    slack_app_token: SecretStr | None = Field(
        None, description="The app's xapp- token: Slack over a socket, no public address needed."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="The app's signing secret: Slack over HTTP, at `/slack/events` of `BUTTONHOOK_PORT`."
    )
    slack_api_url: str = Field("https://slack.com/api", description="The Web API server.")
    database_url: SecretStr | None = Field(
        None, description="Where all is kept: sqlite:///FILE or postgresql://... (default: a file in the data folder)."
    )
    default_zone: str = Field("", description="The time zone assumed until the actor confirms (default: the host's).")
    buttonhook_allow: str = Field(
        "", description="The Telegram or Slack user ids that may use this bot, with commas; empty: everybody."
    )
    buttonhook_port: int = Field(
        0, ge=0, le=65535, description="The port of the web server (`/healthz`, Slack over HTTP); 0: none."
    )

    @field_validator("telegram_api_url", "slack_api_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("must be an http(s) address")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            known = value is None or driver_url(value.get_secret_value()).get_backend_name() in BACKENDS
        except ArgumentError:
            known = False
        if not known:
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("default_zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        if value and not is_zone(value):
            raise ValueError("must be a zone like America/Los_Angeles")
        return value

    @field_validator("buttonhook_allow")
    @classmethod
    def _is_ids(cls, value: str) -> str:
        if any(not _USER.fullmatch(part.strip()) for part in value.split(",") if part.strip()):
            raise ValueError("must be user ids with commas between, like 123456789 or U024BE7LH")
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _are_bot_tokens(cls, value: SecretStr | None) -> SecretStr | None:
        if value and any(not part.startswith("xoxb-") for part in _parts(value.get_secret_value())):
            raise ValueError("must begin with xoxb-")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("must begin with xapp-")
        return value

    @model_validator(mode="after")
    def _has_a_door(self) -> Settings:
        if (
            self.slack_bot_token
            and not self.slack_app_token
            and not (self.slack_signing_secret and self.buttonhook_port)
        ):
            raise ValueError(
                "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN beside it, or SLACK_SIGNING_SECRET and BUTTONHOOK_PORT"
            )
        if (self.slack_app_token or self.slack_signing_secret) and not self.slack_bot_token:
            raise ValueError("SLACK_BOT_TOKEN is missing: the app's page, OAuth & Permissions, has it")
        return self

    @property
    def allowed(self) -> frozenset[str]:
        """The users that may use this bot; empty: everybody."""
        return frozenset(_parts(self.buttonhook_allow))

    @property
    def slack_tokens(self) -> tuple[str, ...]:
        """The bot tokens, one a workspace."""
        return _parts(self.slack_bot_token.get_secret_value()) if self.slack_bot_token else ()

    def database(self, file: Path | None, default_name: str = "buttonhook.db") -> Any:
        """The URL of the database: --db first, then DATABASE_URL, then a file in the data folder."""
        if file is None and self.database_url is not None:
            return driver_url(self.database_url.get_secret_value())
        return sqlite_url((file or data_folder() / default_name).absolute())


def _parts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def data_folder() -> Path:
    """The platform's folder for our data."""
    return platformdirs.user_data_path("buttonhook", appauthor=False)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process; raises `WrongSetting` with one line that names the wrong one."""
    environment = os.environ if environment is None else environment
    known = {name.upper() for name in Settings.model_fields}
    for name in sorted(environment):
        if name.upper().startswith(OURS) and name.upper() not in known:
            raise WrongSetting(f"{name} is no setting of Buttonhook's; it knows {', '.join(sorted(known))}.")
    values = {name.lower(): value.strip() for name, value in environment.items() if name.upper() in known}
    values = {name: value for name, value in values.items() if value}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = f"{str(first['loc'][0]).upper()}: " if first["loc"] else ""
        raise WrongSetting(f"{name}{first['msg'].removeprefix('Value error, ')}.") from None
