"""Daybook: a static site generator for curated pages of research papers."""

__version__ = "0.1.0"
