"""How well some letters fit a name: all of them in order, best at the starts of words."""

import unicodedata

WHOLE, AT_WORD, IN_A_ROW, ANYWHERE = 1000, 8, 5, 1
MISS = -1


def fits(letters: str, name: str) -> int:
    """A score, higher is better; MISS where a letter is not there. No letters fit everything."""
    return fits_bare(bare(letters), bare(name))


def fits_bare(wanted: str, name: str) -> int:
    """The same of what is `bare` already: thousands of names are asked at each key."""
    if not wanted:
        return 0
    at = 0 if name.startswith(wanted) else name.find(f" {wanted}")
    if at >= 0:
        return WHOLE - at - len(name) // 8
    score, at, last = 0, 0, -2
    for letter in wanted.replace(" ", ""):
        at = name.find(letter, at)
        if at < 0:
            return MISS
        starts_word = at == 0 or name[at - 1] == " "
        score += IN_A_ROW if at == last + 1 else AT_WORD if starts_word else ANYWHERE
        last, at = at, at + 1
    return score


def bare(text: str) -> str:
    """Without case and accents, white space as one space."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in folded if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())
