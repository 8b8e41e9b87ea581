"""What a user can do: one function per deed, `archive` first."""
