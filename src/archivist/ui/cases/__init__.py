"""A case: its names, what is told of it, and its quotes in the order set by hand."""
