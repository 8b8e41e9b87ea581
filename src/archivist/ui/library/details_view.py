"""The details of one document: shows them, and says what the user wants changed."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from archivist.model.browsing import DocumentDetails, DocumentRow
from archivist.model.document import Field
from archivist.services.importing import needs_password
from archivist.ui.library.details_parts import (
    FRAME,
    LABELS,
    SELECTABLE,
    KindTile,
    Pill,
    ReadAgain,
    facts,
    section,
)
from archivist.ui.library.details_words import (
    came_by,
    fingerprint,
    said,
    said_by_file,
    said_by_the_file,
    said_by_user,
    warning_title,
    what_was_read,
)
from archivist.ui.library.inline_field import InlineField
from archivist.ui.theme import hue_of
from archivist.ui.widgets.buttons import calling, link_button, tool_button
from archivist.ui.widgets.flow import FlowLayout
from archivist.ui.widgets.layout import clear, column, horizontal_line, label, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.words import isolate, language_name, plural

EDGE = 20


class DetailsView(QFrame):
    """Head, then one section after the other, in a page that scrolls."""

    title_kept = Signal(str)
    field_kept = Signal(object, str)
    read_again = Signal(str)
    restore_wanted = Signal()
    tag_opened = Signal(str)
    case_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[DocumentDetails, DocumentRow] | None = None
        self._again: ReadAgain | None = None
        self.tile = KindTile()
        self.title = InlineField(self.tr("Title"), is_long=True)
        self.title.setObjectName("details_title")
        self.title.input.setProperty("role", "heading")
        self.title.kept.connect(self.title_kept)
        self.fields: dict[Field, InlineField] = {}
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(8)
        self._about, self._read, self._origin = QGridLayout(), QVBoxLayout(), QVBoxLayout()
        self._work = QVBoxLayout()
        self._make_fields()
        self._scroll = self._body()
        head = row(column(self.tile, None), self.title, margins=(EDGE, 14, EDGE, 10), spacing=8)
        head.setStretch(1, 1)
        layout = column(head, horizontal_line(), self._scroll)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _body(self) -> QScrollArea:
        inside = QWidget()
        body = column(self._warnings, margins=(EDGE, 14, EDGE, 20), spacing=0)
        body.addWidget(section(self.tr("About the document"), above=0))
        for part in (self._about, self._work, self._read, self._origin):
            body.addLayout(part)
        body.addStretch(1)
        inside.setLayout(body)
        area = QScrollArea()
        area.setObjectName("details_scroll")
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _make_fields(self) -> None:
        grid = self._about
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, LABELS - FRAME)
        grid.setColumnStretch(1, 1)
        dated = self.tr("2024, 2024-05 or 2024-05-03")
        for at, (field, words, placeholder) in enumerate(
            (
                (Field.AUTHOR, self.tr("Author"), ""),
                (Field.PUBLISHER, self.tr("Publisher"), ""),
                (Field.DATE, self.tr("Date"), dated),
                (Field.LANGUAGE, self.tr("Language"), self.tr("a code such as en or ar")),
                (Field.SOURCE_URL, self.tr("Source address"), ""),
                (Field.DESCRIPTION, self.tr("Description"), ""),
            )
        ):
            shown = InlineField(
                words, placeholder=placeholder or self.tr("Not said"), is_long=field is Field.DESCRIPTION
            )
            shown.setObjectName(f"details_{field.value}")
            shown.kept.connect(lambda value, field=field: self.field_kept.emit(field, value))
            name = label(words, "meta")
            name.setContentsMargins(0, 5, 0, 0)
            name.setBuddy(shown)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, at, 1)
            self.fields[field] = shown

    def show_details(self, details: DocumentDetails, shown: DocumentRow) -> None:
        document, before = details.document, self._shown
        if before == (details, shown):
            return
        self._shown = (details, shown)
        self.tile.show_kind(document.kind)
        file_title = said_by_file(details, Field.TITLE)
        differs = bool(file_title) and " ".join(file_title.split()) != document.title
        self.title.show_value(document.title, hint=self._file_says(file_title) if differs else "")
        for field, input_field in self.fields.items():
            self._show_field(field, input_field, details)
        if before is None or before[0].document != document:
            self._show_warnings(details)
        self._show_work(details, shown)
        self._show_read(details, shown.quotes)
        self._show_origin(details)

    def keep_edits(self) -> None:
        """Before another document comes into its place."""
        for field in (self.title, *self.fields.values()):
            field.keep()

    def forget_edits(self) -> None:
        """Another document: neither words nor complaints about them belong to it."""
        for field in (self.title, *self.fields.values()):
            field.revert()

    def refuse(self, field: Field, sentence: str) -> None:
        (self.title if field is Field.TITLE else self.fields[field]).tell(sentence)

    def refuse_reading(self, sentence: str) -> None:
        """Reading it again did not do."""
        if self._again is not None:
            self._again.refuse(sentence)

    # ---- parts

    def _file_says(self, value: str) -> str:
        return self.tr("The file says: {}").replace("{}", isolate(value))

    def _show_field(self, field: Field, shown: InlineField, details: DocumentDetails) -> None:
        value, of_file = said(details, field), said_by_file(details, field)
        hints = []
        if field is Field.LANGUAGE:
            value = details.document.language or ""
            hints.append(language_name(value))
        if said_by_user(details, field) and of_file:
            hints.append(self._file_says(of_file))
        shown.show_value(value, hint="  ·  ".join(filter(None, hints)))

    def _show_warnings(self, details: DocumentDetails) -> None:
        clear(self._warnings)
        self._again = None
        document = details.document
        if document.deleted:
            notice = Notice()
            offers = [(self.tr("Restore"), self.restore_wanted.emit)]
            notice.tell("info", self.tr("This document is in the bin."), offers=offers)
            self._warnings.addWidget(notice)
        if document.warnings:
            many = plural(len(document.warnings), self.tr("1 warning"), self.tr("{} warnings"))
            self._warnings.addWidget(section(many, above=0))
        for sentence in document.warnings:
            notice = Notice()
            notice.tell("warning", sentence, title=warning_title(sentence))
            self._warnings.addWidget(notice)
        if document.text_id is None and not document.deleted:
            self._again = ReadAgain(needs_password=needs_password(document))
            self._again.asked.connect(self.read_again)
            self._warnings.addWidget(self._again)
        if self._warnings.count():
            self._warnings.addSpacing(18)

    def _show_work(self, details: DocumentDetails, shown: DocumentRow) -> None:
        clear(self._work)
        if not shown.tags and not details.cases:
            return
        self._work.addWidget(section(self.tr("In your work")))
        for case in details.cases:
            opened = partial(self.case_opened.emit, case.id)
            link = link_button(isolate(case.name), opened, icon="briefcase")
            self._work.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
        pills = QWidget()
        flow = FlowLayout(spacing=5)
        for tag in shown.tags:
            pill = Pill(tag.name, hue_of(tag.colour, tag.id))
            pill.setAccessibleName(self.tr("Tag: {}").replace("{}", tag.name))
            pill.clicked.connect(calling(partial(self.tag_opened.emit, tag.id)))
            flow.addWidget(pill)
        pills.setLayout(flow)
        self._work.addSpacing(4)
        self._work.addWidget(pills)

    def _show_read(self, details: DocumentDetails, quotes: int) -> None:
        clear(self._read)
        self._read.addWidget(section(self.tr("What was read")))
        self._read.addLayout(facts(what_was_read(details.document, quotes)))
        if more := list(said_by_the_file(details)):
            self._read.addWidget(section(self.tr("What the file says of itself")))
            self._read.addLayout(facts(more))

    def _show_origin(self, details: DocumentDetails) -> None:
        clear(self._origin)
        for number, provenance in enumerate(details.provenances, start=1):
            again = self.tr("Came again, {}").replace("{}", str(number))
            self._origin.addWidget(section(self.tr("Provenance") if number == 1 else again))
            self._origin.addLayout(facts(came_by(provenance)))
        self._origin.addWidget(section(self.tr("Fingerprint (SHA-256)")))
        digest = label(fingerprint(details.document.sha256), "mono", wraps=True)
        digest.setObjectName("details_fingerprint")
        digest.setTextInteractionFlags(SELECTABLE)
        digest.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        sha256 = details.document.sha256
        copy = tool_button(
            "copy", self.tr("Copy fingerprint"), lambda: QGuiApplication.clipboard().setText(sha256), size=16
        )
        copy.setObjectName("copy_fingerprint")
        line = row(digest, column(copy, None), spacing=6)
        line.setStretch(0, 1)
        self._origin.addLayout(line)
