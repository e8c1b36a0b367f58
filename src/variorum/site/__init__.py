"""Passes over a built site: whole pages in, whole pages or new files out. Nothing is read here."""

from variorum.site.csp import harden

__all__ = ["harden"]
