"""Full-text search: a sealed Whoosh index that can be thrown away and built anew at any time."""
