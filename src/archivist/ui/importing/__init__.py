"""Bringing files in: where they come from, how it goes, and what became of each."""
