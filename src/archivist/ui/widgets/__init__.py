"""Small widgets and painters that know nothing of the archive."""
