"""Archivist: an offline archive of human-rights evidence, from source document to briefing pack."""

__version__ = "0.1.0"
