"""Words about quotes that several screens say."""

from PySide6.QtCore import QCoreApplication

from archivist.model.browsing import QuoteRow
from archivist.model.colour import Colour
from archivist.model.quote import Role
from archivist.model.writing import flowing
from archivist.ui.words import isolate

# What a quote does for a case: icon and hue.
ROLE_ICONS = {
    Role.SUPPORTS: ("check", "teal"),
    Role.CONTRADICTS: ("arrows-left-right", "rose"),
    Role.CONTEXT: ("info", "slate"),
}


def role_name(role: Role) -> str:
    translate = QCoreApplication.translate
    return {
        Role.SUPPORTS: translate("Roles", "Supports"),
        Role.CONTRADICTS: translate("Roles", "Contradicts"),
        Role.CONTEXT: translate("Roles", "Context"),
    }[role]


def hue_of_quote(row: QuoteRow) -> str:
    """Quotes without a colour are amber."""
    return row.quote.colour if row.quote.colour in set(Colour) else Colour.AMBER.value


def quoted(row: QuoteRow) -> str:
    """The words between quotation marks, in the lines of whoever shows them."""
    return f"“{' '.join(flowing(row.quote.anchor.exact).split())}”"


def page_words(label: str) -> str:
    return QCoreApplication.translate("Quotes", "p. {}").format(isolate(label)) if label else ""


def spoken(row: QuoteRow, place: str) -> str:
    """A card in one breath, for those who hear it."""
    translate = QCoreApplication.translate
    tags = ", ".join(tag.name for tag in row.tags)
    cases = ", ".join(f"{case.name}: {role_name(role)}" for case, role in row.cases)
    note = translate("Quotes", "note: {}").format(row.quote.note) if row.quote.note else ""
    review = translate("Quotes", "needs review") if row.needs_review else ""
    return ". ".join(filter(None, (place, quoted(row), review, note, tags, cases)))
