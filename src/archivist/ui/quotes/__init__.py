"""Quotes: marking a passage, the quotes beside a page, and all quotes of the archive."""
