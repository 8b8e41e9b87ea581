"""The open archive: its stores, originals, index and history."""
