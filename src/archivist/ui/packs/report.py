"""After an export: what was written, and what to know before it is sent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from archivist.services.exporting import Exported
from archivist.ui.widgets.buttons import link_button, push_button
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import Notice
from archivist.ui.words import isolate, number, plural, size_words


class PackReport(QWidget):
    """What was written, what to know before sending it, and the seal that proves it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label(role="title")
        self._title.setObjectName("pack_written")
        self._where = label(role="meta")
        self._files = label(role="meta", wraps=True)
        self._seal = label(role="mono", wraps=True)
        self._seal.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._seal.setAccessibleName(self.tr("Seal of the pack"))
        self.cautions = Notice()
        self.open_folder = push_button(self.tr("Open folder"), "folder-open", kind="primary")
        self.open_folder.setObjectName("open_pack_folder")
        self.copy_seal = link_button(self.tr("Copy the seal"), icon="copy-simple")
        close = push_button(self.tr("Close"), handler=self.closed.emit)
        self.setLayout(
            column(
                column(
                    self._title,
                    6,
                    self._where,
                    20,
                    label(self.tr("Files"), "section"),
                    4,
                    self._files,
                    20,
                    label(self.tr("Seal"), "section"),
                    4,
                    label(
                        self.tr(
                            "Tell it to the recipient over another way, by telephone say:"
                            " with it the whole pack is proved."
                        ),
                        "meta",
                        wraps=True,
                    ),
                    6,
                    self._seal,
                    row(self.copy_seal, None),
                    20,
                    self.cautions,
                    None,
                    margins=(24, 22, 24, 16),
                ),
                panel("sheet_foot", row(None, close, self.open_folder, margins=(24, 12, 18, 12), spacing=8)),
            )
        )

    def tell(self, exported: Exported) -> None:
        report, pack = exported.report, exported.pack
        self._title.setText(
            plural(
                len(pack.quotes),
                self.tr("The pack is written, with 1 quote"),
                self.tr("The pack is written, with {} quotes"),
            )
        )
        self._where.setText(isolate(report.folder.name))
        shown = [file for file in report.files if file.path.startswith("brief.")]
        rest = len(report.files) - len(shown)
        lines = [f"{file.path}, {size_words(file.size)}" for file in shown]
        lines.append(self.tr("{} more: the originals as exhibits, and what proves them").format(number(rest)))
        self._files.setText("\n".join(lines))
        self._seal.setText(_grouped(report.seal))
        cautions = [f"{r.where}: {r.character} → {r.shown_as}" for r in report.replacements]
        cautions += report.warnings
        if cautions:
            self.cautions.tell(
                "warning",
                "\n".join(cautions[:8]) + (f"\n… {len(cautions) - 8}" if len(cautions) > 8 else ""),
                title=self.tr("Before you send it"),
            )
        else:
            self.cautions.clear()


def _grouped(seal: str) -> str:
    return " ".join(seal[at : at + 8] for at in range(0, len(seal), 8))
