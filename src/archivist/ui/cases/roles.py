"""What a quote does for a case: word, sign and colour of each role."""

from PySide6.QtCore import QCoreApplication

from archivist.model.quote import Role
from archivist.ui.words import plural

translate = QCoreApplication.translate

SIGNS = {
    Role.SUPPORTS: ("check-circle", "teal"),
    Role.CONTRADICTS: ("arrows-left-right", "rose"),
    Role.CONTEXT: ("info", "slate"),
}
KEYS = {Role.SUPPORTS: "S", Role.CONTRADICTS: "X", Role.CONTEXT: "I"}


def role_name(role: Role) -> str:
    return {
        Role.SUPPORTS: translate("Cases", "Supports"),
        Role.CONTRADICTS: translate("Cases", "Contradicts"),
        Role.CONTEXT: translate("Cases", "Context"),
    }[role]


def role_deed(role: Role) -> str:
    return {
        Role.SUPPORTS: translate("Cases", "The quote supports the case"),
        Role.CONTRADICTS: translate("Cases", "The quote contradicts the case"),
        Role.CONTEXT: translate("Cases", "The quote is context of the case"),
    }[role]


def none_of(role: Role) -> str:
    """What a list says that is narrowed to a role of which there is no quote."""
    return {
        Role.SUPPORTS: translate("Cases", "No quote of this case supports it."),
        Role.CONTRADICTS: translate("Cases", "No quote of this case contradicts it."),
        Role.CONTEXT: translate("Cases", "No quote of this case is context."),
    }[role]


def quotes_from_documents(quotes: int, documents: int) -> str:
    """E.g. 12 quotes from 5 documents."""
    words = translate("Cases", "{quotes} from {documents}")
    return words.format(
        quotes=plural(quotes, translate("Cases", "1 quote"), translate("Cases", "{} quotes")),
        documents=plural(documents, translate("Cases", "1 document"), translate("Cases", "{} documents")),
    )
