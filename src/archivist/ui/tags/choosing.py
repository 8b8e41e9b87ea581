"""The pickers that ask which tag or case another one goes to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QWidget

from archivist.model.case import Case
from archivist.model.tag import Tag, branches
from archivist.ui.tags.hues import CASE_ICON
from archivist.ui.tags.picker import Choice, Picker
from archivist.ui.tags.tree import below
from archivist.ui.theme import hue_of
from archivist.ui.words import isolate

translate = QCoreApplication.translate


def choose_tag_to_merge(
    beside: QWidget, rect: QRect, tag: Tag, tags: Sequence[Tag], explain: Callable[[Tag, str], str]
) -> Picker:
    """All others, as the codebook has them."""
    name = translate("Tags", "Merge {} into").format(f"“{isolate(tag.name)}”")
    others = [_choice(depth, one) for depth, one in branches(tags) if one.id != tag.id]
    return _open(beside, rect, (name, translate("Tags", "Merge")), others, lambda one: explain(tag, one.name))


def choose_parent(beside: QWidget, rect: QRect, tag: Tag, tags: Sequence[Tag]) -> Picker:
    """All under which it can stand: neither itself, nor what stands below it."""
    name = translate("Tags", "Move {} under").format(f"“{isolate(tag.name)}”")
    words = translate("Tags", "{tag} and what stands below it move under {parent}. Ctrl+Z takes it back.")
    lower = below(tags, tag.id)
    others = [_choice(depth, one) for depth, one in branches(tags) if one.id not in lower]

    def explain(choice: Choice) -> str:
        return words.format(tag=f"“{isolate(tag.name)}”", parent=f"“{isolate(choice.name)}”")

    return _open(beside, rect, (name, translate("Tags", "Move")), others, explain)


def choose_case_to_merge(
    beside: QWidget, rect: QRect, case: Case, cases: Sequence[Case], explain: Callable[[Case, str], str]
) -> Picker:
    name = translate("Cases", "Merge {} into").format(f"“{isolate(case.name)}”")
    others = [
        Choice(one.id, one.name, hue_of(one.colour, one.id), one.quotes, 0, one.aliases, CASE_ICON)
        for one in cases
        if one.id != case.id
    ]
    return _open(
        beside, rect, (name, translate("Cases", "Merge")), others, lambda one: explain(case, one.name)
    )


def _choice(depth: int, tag: Tag) -> Choice:
    return Choice(tag.id, tag.name, hue_of(tag.colour, tag.id), tag.quotes, depth)


def _open(
    beside: QWidget,
    rect: QRect,
    words: tuple[str, str],
    choices: Sequence[Choice],
    explain: Callable[[Choice], str],
) -> Picker:
    """`rect` is in the coordinates of `beside`; the picker floats in its window, and goes when closed."""
    window = beside.window()
    picker = Picker(window, *words)
    picker.offer(choices, explain)
    picker.closed.connect(picker.deleteLater)
    picker.open_at(QRect(beside.mapTo(window, rect.topLeft()), rect.size()))
    return picker
