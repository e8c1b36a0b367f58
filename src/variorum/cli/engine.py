"""``variorum engine``: LanguageTool, by hand."""

from __future__ import annotations

import click

from variorum.languagetool import (
    Told,
    engine_status,
    install,
    start_engine,
    stop_engine,
    user_folders,
)


@click.group(name="engine")
def engine() -> None:
    """Install, start, stop or look at LanguageTool."""


@engine.command(name="install")
def install_command() -> None:
    """Fetch and verify what is missing; the second time there is nothing to do."""
    install(user_folders(), Told())


@engine.command()
def start() -> None:
    """Start the shared server; it stops by itself when nobody uses it."""
    server = start_engine(user_folders(), Told())
    click.echo(f"LanguageTool answers at {server.url}.")


@engine.command()
def stop() -> None:
    """Stop the shared server."""
    stopped = stop_engine(user_folders())
    click.echo("Stopped." if stopped else "No server was running.")


@engine.command()
def status() -> None:
    """Say what is installed and what runs."""
    found = engine_status(user_folders())
    server = found.server.url if found.server else "not running"
    rows = {
        "LanguageTool": f"{found.version}, {'installed' if found.installed else 'not installed'}",
        "Java": found.java,
        "Start-up cache": "trained" if found.prepared else "not trained",
        "Server": server,
        "Log": str(found.log) if found.log else "none",
        "Jars": str(found.jars),
        "Results": f"{found.results_bytes / 1e6:.1f} MB",
    }
    for name, value in rows.items():
        click.echo(f"{name:<15} {value}")
