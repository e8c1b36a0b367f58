"""A page that stands where another one used to, and sends on whoever comes for it."""

from __future__ import annotations

from html import escape


def write_redirect(target: str, url: str, title: str, language: str) -> str:
    """A page that leads to ``target``, relative to it; ``url`` is the same in full, if known.

    It works by a header in the page, so it needs no server, no script and no style sheet.
    """
    canonical = f'<link rel="canonical" href="{escape(url)}">' if url else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n{canonical}\n"
        f'<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={escape(target)}">\n'
        f'</head>\n<body>\n<p><a href="{escape(target)}">{escape(title)}</a></p>\n'
        "</body>\n</html>\n"
    )
