"""The command palette: every deed and every place by a few letters."""
