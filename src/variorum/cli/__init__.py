"""The command line: a thin adapter. Exit codes: 0 clean, 1 findings, 2 could not do it."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import click

from variorum import __version__
from variorum.cli.check import check
from variorum.cli.diagnose import diagnose
from variorum.cli.doctor import doctor
from variorum.cli.engine import engine
from variorum.cli.importing import import_
from variorum.cli.new import new
from variorum.cli.notes import notes
from variorum.cli.printing import annotate
from variorum.cli.schemas import schemas
from variorum.errors import VariorumError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="variorum")
def variorum() -> None:
    """Turn a garbled essay into a clean, annotated, published edition, and keep it so."""


variorum.add_command(check)
variorum.add_command(diagnose)
variorum.add_command(doctor)
variorum.add_command(engine)
variorum.add_command(import_)
variorum.add_command(new)
variorum.add_command(notes)
variorum.add_command(schemas)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; what cannot be done is said in one message, without a traceback."""
    _print_anything()
    try:
        code = variorum.main(arguments, prog_name="variorum", standalone_mode=False)
    except VariorumError as error:
        code = _refuse(str(error))
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


def _print_anything() -> None:
    """Where an encoding lacks a sign, print its number: no essay is held back for an emoji."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _refuse(message: str) -> int:
    click.echo(f"variorum: {message}", err=True)
    return 2
