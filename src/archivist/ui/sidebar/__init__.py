"""Places, cases and tags at the leading edge of the window."""
