"""The settings: all from the environment, each with its sentence; a wrong one stops the start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from handlers.reading.places import is_zone
from storage.database import driver_url, sqlite_url

OURS = ("TELEGRAM_", "SLACK_", "BUTTONHOOK_")
BACKENDS = ("sqlite", "postgresql")


class WrongSetting(Exception):
    """A setting that cannot be used; its words name it."""


class Settings(BaseSettings):
    """What can be set; the README's table is made from here."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=False)

    telegram_bot_token: SecretStr | None = Field(None, description="The token BotFather gives; starts Telegram.")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="The Bot API server, where you host one yourself."
    )
    database_url: SecretStr | None = Field(
        None, description="Where all is kept: sqlite:///FILE or postgresql://... (default: a file in the data folder)."
    )
    default_zone: str = Field("", description="The time zone assumed until the actor confirms (default: the host's).")
    buttonhook_allow: str = Field(
        "", description="The Telegram user ids that may use this bot, with commas; empty: everybody."
    )

    @field_validator("telegram_api_url")
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
        if any(not part.strip().isdigit() for part in value.split(",") if part.strip()):
            raise ValueError("must be numbers with commas between")
        return value

    @property
    def allowed(self) -> frozenset[str]:
        """The users that may use this bot; empty: everybody."""
        return frozenset(part.strip() for part in self.buttonhook_allow.split(",") if part.strip())

    def database(self, file: Path | None, default_name: str = "buttonhook.db") -> Any:
        """The URL of the database: --db first, then DATABASE_URL, then a file in the data folder."""
        if file is None and self.database_url is not None:
            return driver_url(self.database_url.get_secret_value())
        return sqlite_url((file or data_folder() / default_name).absolute())


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
        name = str(first["loc"][0]).upper() if first["loc"] else "A setting"
        raise WrongSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}.") from None
