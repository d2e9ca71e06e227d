"""The settings of the process: a wrong one stops the start with one line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, WrongSetting, read_settings

TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

WRONG = (
    ("TELEGRAM_API_URL", "ftp://telegram.example"),
    ("TELEGRAM_API_URL", "telegram.example"),
    ("TELEGRAM_API_URL", "http://["),
    ("TELEGRAM_API_URL", "http://"),
    ("DATABASE_URL", "mysql://nora:s3cret@db.example/buttonhook"),
    ("DATABASE_URL", "buttonhook.db"),
    ("DATABASE_URL", "postgresql://nora:s3cret@db.example:port/buttonhook"),
    ("DEFAULT_ZONE", "Mars/Olympus"),
    ("DEFAULT_ZONE", "PST8"),
    ("DEFAULT_ZONE", "../../etc/passwd"),
    ("BUTTONHOOK_ALLOW", "nora"),
    ("BUTTONHOOK_ALLOW", "7;8"),
    ("BUTTONHOOK_ALLOW", "-7"),
    ("BUTTONHOOK_PORT", "eighty"),
    ("BUTTONHOOK_PORT", "70000"),
    ("SLACK_BOT_TOKEN", "xoxp-s3cret"),
    ("SLACK_APP_TOKEN", "xoxb-s3cret"),
    ("SLACK_API_URL", "slack.example"),
)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        read_settings({name: value})
    said = str(wrong.value)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    assert "s3cret" not in said


BOT, APP = "xoxb-1-2-s3cret", "xapp-1-s3cret"


@pytest.mark.parametrize(
    "given",
    [
        {"SLACK_BOT_TOKEN": BOT},
        {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": "s3cret"},
        {"SLACK_BOT_TOKEN": BOT, "BUTTONHOOK_PORT": "8080"},
        {"SLACK_APP_TOKEN": APP},
        {"SLACK_SIGNING_SECRET": "s3cret", "BUTTONHOOK_PORT": "8080"},
    ],
)
def test_slack_needs_a_token_and_a_door(given: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match=r"^SLACK_BOT_TOKEN ") as wrong:
        read_settings(given)
    assert "s3cret" not in str(wrong.value)


def test_several_workspaces_come_with_commas() -> None:
    settings = read_settings({"SLACK_BOT_TOKEN": f"{BOT}, {BOT}-2,", "SLACK_APP_TOKEN": APP})
    assert settings.slack_tokens == (BOT, f"{BOT}-2")


@pytest.mark.parametrize("password", ["zq77/x", "zq77#x", "zq:77", "zq77@x", "zq77?x", "[zq77", "%zq77", "zq77 x"])
def test_no_password_stands_in_what_is_said(password: str) -> None:
    try:
        said = repr(read_settings({"DATABASE_URL": f"postgresql://nora:{password}@db.example:5432/buttonhook"}))
    except WrongSetting as wrong:
        said = str(wrong)
    assert "DATABASE_URL" in said.upper()
    assert "zq" not in said
    assert "77" not in said


@pytest.mark.parametrize("name", ["BUTTONHOOK_X", "TELEGRAM_TOKEN", "SLACK_X", "buttonhook_allowed"])
def test_an_unknown_setting_of_ours_stops_the_start(name: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{name} is no setting of Buttonhook's; it knows .*DEFAULT_ZONE"):
        read_settings({name: "1"})


def test_what_is_not_ours_is_passed_over() -> None:
    assert read_settings({"PATH": "/bin", "TELEGRAMS": "7", "LANG": "C"}) == read_settings({})


def test_an_empty_value_is_none() -> None:
    assert read_settings({name.upper(): "" for name in Settings.model_fields}) == read_settings({})


def test_a_name_may_be_written_in_small_letters() -> None:
    assert read_settings({"default_zone": "Europe/London"}).default_zone == "Europe/London"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_both_names_of_postgresql_are_taken(scheme: str) -> None:
    url = read_settings({"DATABASE_URL": f"{scheme}://nora:s3cret@db.example/buttonhook"}).database(None)
    assert (url.drivername, url.host, url.password) == ("postgresql+psycopg", "db.example", "s3cret")


def test_the_file_of_the_command_line_goes_before_the_database_of_the_environment(tmp_path: Path) -> None:
    settings = read_settings({"DATABASE_URL": "postgresql://db.example/buttonhook"})
    assert settings.database(tmp_path / "a.db").database == str(tmp_path / "a.db")


def test_without_either_it_is_a_file_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.settings.data_folder", lambda: tmp_path)
    assert read_settings({}).database(None).database == str(tmp_path / "buttonhook.db")


def test_secrets_are_masked() -> None:
    settings = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql://nora:s3cret@db.example/x"})
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert TOKEN not in shown
        assert "s3cret" not in shown
    assert settings.telegram_bot_token
    assert settings.telegram_bot_token.get_secret_value() == TOKEN


def test_the_token_may_be_copied_with_the_space_around_it() -> None:
    token = read_settings({"TELEGRAM_BOT_TOKEN": f" {TOKEN}\n"}).telegram_bot_token
    assert token
    assert token.get_secret_value() == TOKEN


def test_a_slash_behind_the_address_does_no_harm() -> None:
    assert read_settings({"TELEGRAM_API_URL": "http://127.0.0.1:8081/"}).telegram_api_url == "http://127.0.0.1:8081"


def test_who_is_allowed_stands_with_commas_between() -> None:
    assert read_settings({"BUTTONHOOK_ALLOW": " 7, 8 ,,9"}).allowed == {"7", "8", "9"}
    assert read_settings({}).allowed == frozenset()
