"""One module a family of verbs; each verb is the function `<verb>_verb`."""
