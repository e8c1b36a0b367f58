"""The command line: a thin adapter. Exit codes: 0 clean, 1 findings, 2 could not do it."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from variorum import __version__
from variorum.errors import VariorumError

MANY_OBJECTS = 100_000
"""New objects after which to look for unused rings: Python's 700 cost a tenth of a short check."""

COMMANDS = {
    "check": "variorum.cli.check:check",
    "diagnose": "variorum.cli.diagnose:diagnose",
    "doctor": "variorum.cli.doctor:doctor",
    "engine": "variorum.cli.engine:engine",
    "import": "variorum.cli.importing:import_",
    "links": "variorum.cli.links:links",
    "new": "variorum.cli.new:new",
    "notes": "variorum.cli.notes:notes",
    "preview": "variorum.cli.preview:preview",
    "previews": "variorum.cli.previews:previews",
    "publish": "variorum.cli.publish:publish",
    "schemas": "variorum.cli.schemas:schemas",
    "suggest": "variorum.cli.suggest:suggest",
    "witness": "variorum.cli.witness:witness",
}
"""Name of each command → where it is; only the one that is called is loaded."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        module, _, name = COMMANDS.get(cmd_name, "").partition(":")
        found: click.Command | None = getattr(import_module(module), name) if module else None
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="variorum")
def variorum() -> None:
    """Turn a garbled essay into a clean, annotated, published edition, and keep it so."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; what cannot be done is said in one message, without a traceback."""
    _print_anything()
    gc.set_threshold(MANY_OBJECTS)
    arguments = sys.argv[1:] if arguments is None else arguments
    if _needs_server(arguments):
        from variorum.languagetool.control import start_ahead
        from variorum.languagetool.folders import user_folders

        start_ahead(user_folders())  # Java begins while Python still imports what a check needs
    try:
        code = variorum.main(arguments, prog_name="variorum", standalone_mode=False)
    except VariorumError as error:
        code = _refuse(str(error))
        from variorum.cli.printing import annotate

        annotate(error)
    except click.ClickException as error:
        error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = _refuse("Interrupted.")
    except BrokenPipeError:
        code = 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        code = _refuse(f"{where}{error.strerror or error}")
    sys.exit(code)


def _needs_server(arguments: Sequence[str]) -> bool:
    without = ("-h", "--help", "--server", "--learn")
    return arguments[:1] == ["check"] and not any(a.startswith(without) for a in arguments)


def _print_anything() -> None:
    """Where an encoding lacks a sign, print its number: no essay is held back for an emoji."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _refuse(message: str) -> int:
    click.echo(f"variorum: {message}", err=True)
    return 2
