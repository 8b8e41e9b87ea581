"""Passphrases picked by chance: the only ones whose strength is known."""

import math
import secrets
from functools import cache

from archivist.resources import resource

WORDS = 6


@cache
def word_list() -> tuple[str, ...]:
    """Words to pick from, each once."""
    lines = resource("words/passphrase-en.txt").read_text("ascii").splitlines()
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def suggest_passphrase() -> str:
    """Six words, each picked anew from the whole list by the system's own chance."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))


def suggested_bits() -> int:
    """How hard a suggestion is to guess for whoever knows the list and the number of words."""
    return int(math.log2(len(word_list())) * WORDS)
