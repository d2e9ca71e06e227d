"""`python -m bot check FILE`: the checker for anyone with a text file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from handlers.writing.check_file import HELP, WrongHeader, findings, line


def add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Put the command among the others."""
    shape = argparse.RawDescriptionHelpFormatter
    check = commands.add_parser(
        "check", help="check a follow-up in a text file", description=HELP, formatter_class=shape
    )
    check.add_argument("file", metavar="FILE", help="the text file; - is standard input")


def check_file(name: str, write: Callable[[str], None]) -> int:
    """Print one line a finding; 1 on a hard fail, 2 where the file cannot be read, else 0."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        found = findings(raw.decode("utf-8"))
    except WrongHeader as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    except UnicodeDecodeError:
        print(f"{name} is no text in UTF-8.", file=sys.stderr)  # noqa: T201
        return 2
    except OSError as error:
        print(f"{name} cannot be read: {error.strerror or error}", file=sys.stderr)  # noqa: T201
        return 2
    for finding in found:
        write(line(finding))
    return int(any(finding.hard for finding in found))
