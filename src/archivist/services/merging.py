"""Two tags, or two cases, that turn out to be one. Nothing is lost, and one undo parts them again."""

from dataclasses import replace

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.errors import IntoItself
from archivist.model.ids import name_key
from archivist.model.tag import Tag
from archivist.services.naming import distinct


def merge_tags(archive: Archive, tag: Tag, into: Tag) -> Tag:
    """Put `into` on all that carries `tag`, which goes into the bin; the tags below move along.

    Raises:
        IntoItself: both are one.
    """
    if tag.id == into.id:
        raise IntoItself("tag", tag.name)
    above = set(archive.tags.line_of(into.id))
    with archive.deed("merge tags", {"tag": into.id}):
        for quote_id in archive.quotes.tagged(tag.id):
            archive.quotes.tag(quote_id, into.id)
            archive.quotes.tag(quote_id, tag.id, tagged=False)
        for child in archive.tags.children_of(tag.id):
            # What `into` stands under cannot go below it: it takes the place of the merged tag.
            archive.tags.put_under(child, tag.parent_id if child in above else into.id)
        archive.tags.mark_deleted(tag.id, deleted=True)
        kept = archive.tags.get(into.id) or into
        if tag.definition and not kept.definition:
            archive.tags.put(replace(kept, definition=tag.definition))
    return archive.tags.get(into.id) or into


def merge_cases(archive: Archive, case: Case, into: Case) -> Case:
    """Put all that is in `case` into `into`: quotes behind its own, names, notes; `case` goes into the bin.

    A quote that is in both keeps the role that it has in `into`. What `case` says of itself, where
    `into` says something else, is added to the notes.

    Raises:
        IntoItself: both are one.
    """
    if case.id == into.id:
        raise IntoItself("case", case.name)
    with archive.deed("merge cases", {"case": into.id}):
        known = {quote_id for quote_id, _ in archive.quotes.linked(into.id)}
        for quote_id, role in archive.quotes.linked(case.id):
            if quote_id not in known:
                archive.quotes.append(quote_id, into.id, role)
            archive.quotes.unlink(quote_id, case.id)
        archive.cases.put(_together(case, into))
        archive.cases.mark_deleted(case.id, deleted=True)
    return archive.cases.get(into.id) or into


def _together(case: Case, into: Case) -> Case:
    names = distinct((*into.aliases, case.name, *case.aliases))
    said = case.summary if into.summary and case.summary != into.summary else ""
    return replace(
        into,
        summary=into.summary or case.summary,
        aliases=tuple(name for name in names if name_key(name) != name_key(into.name)),
        notes="\n\n".join(filter(None, (into.notes, said, case.notes))),
    )
