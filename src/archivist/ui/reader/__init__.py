"""The reader: one document at a time, shown as it is or as its text, with its quotes marked."""
