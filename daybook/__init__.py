"""Daybook: a static site generator for curated pages of research papers."""
