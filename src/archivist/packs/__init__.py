"""Briefing packs: writes them, and checks those that come back."""
