"""Out of the archive: choosing what goes into a briefing pack, and writing it."""
