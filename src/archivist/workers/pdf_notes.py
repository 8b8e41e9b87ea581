"""What stands on a page beside its text: what was filled into forms, and what readers noted."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from archivist.model.text import canonical

MOST_NOTES = 5_000
LONGEST_NOTE = 100_000

_TICKED = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
_FILLED = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
}
_NO_COMMENT = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}


@dataclass(slots=True)
class Notes:
    """Lines of canonical text, in the order of the pages."""

    fields: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def notes_on(page: pypdfium2.PdfPage, form: pypdfium2.PdfFormEnv | None, notes: Notes) -> None:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        if len(notes.fields) + len(notes.comments) >= MOST_NOTES:
            return
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET and form:
            _add(notes.fields, _field(form, annotation))
        elif kind not in _NO_COMMENT:
            _add(notes.comments, _comment(annotation))
        pdfium.FPDFPage_CloseAnnot(annotation)


def _add(lines: list[str], line: str) -> None:
    if line and (not lines or lines[-1] != line):
        lines.append(line)


def _field(form: pypdfium2.PdfFormEnv, annotation: object) -> str:
    """“name: value”; empty where nothing was filled in."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    if kind in _FILLED:
        value = _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
    elif kind in _TICKED and pdfium.FPDFAnnot_IsChecked(form, annotation):
        value = _string(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation) or "×"
    else:
        value = ""
    return f"{name}: {value}" if value else ""


def _comment(annotation: object) -> str:
    """“author: words”, or the words alone."""
    words = _entry(annotation, b"Contents")
    author = _entry(annotation, b"T")
    return f"{author}: {words}" if words and author else words


def _entry(annotation: object, key: bytes) -> str:
    return _string(pdfium.FPDFAnnot_GetStringValue, annotation, key)


def _string(read: Callable[..., int], *arguments: object) -> str:
    """PDFium's way to hand out UTF-16: ask for the length, then for the bytes."""
    length = min(read(*arguments, None, 0), LONGEST_NOTE)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    read(*arguments, buffer, length)
    return canonical(bytes(buffer)[: length - 2].decode("utf-16-le", "replace")).strip()
