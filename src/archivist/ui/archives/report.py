"""What a verification has found: counted by kind, told in a sentence, written down as a file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from archivist.model.history import Finding, FindingLevel
from archivist.ui.words import moment_words, number, plural, tr


class Group(StrEnum):
    """Kinds of things as a reader of the report counts them."""

    ORIGINALS = "originals"
    TEXTS = "texts"
    QUOTES = "quotes"
    HISTORY = "history"
    FILES = "files"
    SEAL = "seal"


OF_ARCHIVE = (Group.ORIGINALS, Group.TEXTS, Group.QUOTES, Group.HISTORY)
OF_PACK = (Group.FILES, Group.SEAL)

# All that is not named here is a row of the database, which history proves.
_GROUPS = {
    "original": Group.ORIGINALS,
    "orphan": Group.ORIGINALS,
    "text": Group.TEXTS,
    "texts": Group.TEXTS,
    "quote": Group.QUOTES,
    "file": Group.FILES,
    "seal": Group.SEAL,
}


def group_of(finding: Finding) -> Group:
    return _GROUPS.get(finding.what, Group.HISTORY)


def message_of(finding: Finding) -> str:
    """Its sentence; for a row of the database with the name of the row, of which it says only “it”."""
    if finding.what in _GROUPS or finding.what in {"history", "database"} or finding.level == FindingLevel.OK:
        return finding.message
    return f"{finding.what} {finding.id}: {finding.message}"


def group_words(group: Group) -> tuple[str, str]:
    """Its name and its icon."""
    return {
        Group.ORIGINALS: (tr("Report", "Originals"), "fingerprint"),
        Group.TEXTS: (tr("Report", "Texts"), "text-align-left"),
        Group.QUOTES: (tr("Report", "Quotes"), "quotes"),
        Group.HISTORY: (tr("Report", "History and database"), "clock-counter-clockwise"),
        Group.FILES: (tr("Report", "Files of the pack"), "file"),
        Group.SEAL: (tr("Report", "Seal"), "key"),
    }[group]


def help_for(finding: Finding) -> str:
    """What can be done about a finding; empty where its own sentence says it."""
    if finding.level == FindingLevel.OK or finding.what == "orphan":
        return ""
    return {
        Group.ORIGINALS: tr(
            "Report",
            "Restore a backup beside this archive and compare, or import the file again from its source.",
        ),
        Group.TEXTS: tr(
            "Report",
            "Its original is untouched unless it is named here too. Restore a backup and compare the two.",
        ),
        Group.QUOTES: tr(
            "Report", "Open the document, compare the passage with the quote, and mark it anew."
        ),
        Group.HISTORY: tr(
            "Report",
            "Copy this folder as it is, as evidence. Then restore the last backup made before it happened.",
        ),
        Group.FILES: tr(
            "Report", "Do not rely on this file. Ask the sender for the pack again, over another way."
        ),
        Group.SEAL: "",
    }[group_of(finding)]


@dataclass(slots=True)
class Report:
    """Grows while the findings come in."""

    groups: tuple[Group, ...]
    begun: datetime
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[Group, str]] = field(default_factory=Counter)
    is_complete: bool = False

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.findings.append(finding)
            self.counts[group_of(finding), finding.level] += 1

    def count(self, level: str, group: Group | None = None) -> int:
        return sum(count for (of, at), count in self.counts.items() if at == level and group in {None, of})

    @property
    def level(self) -> str:
        """The worst that was found."""
        for level in (FindingLevel.ERROR, FindingLevel.WARNING):
            if self.count(level):
                return level
        return FindingLevel.OK

    @property
    def is_of_pack(self) -> bool:
        return self.groups == OF_PACK

    def headline(self) -> str:
        """The one sentence that is read first."""
        errors, warnings = self.count(FindingLevel.ERROR), self.count(FindingLevel.WARNING)
        if errors:
            return plural(
                errors,
                tr("Report", "1 thing was altered or damaged."),
                tr("Report", "{} things were altered or damaged."),
            )
        if not self.is_complete:
            return tr("Report", "Nothing altered so far.")
        if warnings:
            return plural(
                warnings,
                tr("Report", "Nothing was altered; 1 thing wants a look."),
                tr("Report", "Nothing was altered; {} things want a look."),
            )
        if self.is_of_pack:
            return tr("Report", "The pack is whole and unchanged.")
        return tr("Report", "Everything is as it was.")

    def as_text(self, name: str, ended: datetime) -> str:
        """A plain file, worst findings first. It names documents."""
        lines = [
            tr("Report", "Verification of {}").format(name),
            tr("Report", "Begun {}, ended {}").format(moment_words(self.begun), moment_words(ended)),
            "" if self.is_complete else tr("Report", "It was stopped before it had seen everything."),
            self.headline(),
            "",
        ]
        for group in self.groups:
            words = tr("Report", "{}: {} in order, {} to look at, {} altered or damaged")
            figures = (number(self.count(level, group)) for level in ("ok", "warning", "error"))
            lines.append(words.format(group_words(group)[0], *figures))
        for level in (FindingLevel.ERROR, FindingLevel.WARNING, FindingLevel.OK):
            lines += ["", level.upper()]
            lines += [_line(finding) for finding in self.findings if finding.level == level] or ["-"]
        return "\n".join([*lines, ""])


def _line(finding: Finding) -> str:
    told = f"{finding.what} {finding.id}".strip()
    return " ".join(part for part in (message_of(finding), help_for(finding), f"[{told}]") if part)
