"""The list of documents, what is known of each, and the bin."""
