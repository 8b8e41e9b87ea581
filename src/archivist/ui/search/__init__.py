"""Finding words again: results as they are typed, narrowed by what is said of documents, read in context."""
