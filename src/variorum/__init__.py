"""Variorum: a garbled essay becomes a clean, annotated, published edition."""

__version__ = "0.1.0"
