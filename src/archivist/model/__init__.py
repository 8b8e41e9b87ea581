"""What the archive is about: documents, quotes, tags, cases, packs. Pure Python, no I/O."""
