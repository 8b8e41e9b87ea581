"""What a brief says, paragraph by paragraph."""

from collections.abc import Iterator, Mapping

from archivist.model.pack import PackCase, PackQuote, PackSource, Words
from archivist.model.preflight import Shown
from archivist.model.writing import (
    CHECKS,
    OTHER_QUOTES,
    Chapter,
    Telling,
    chapters,
    flowing,
    link_target,
)
from archivist.workers.docx_package import Package
from archivist.workers.docx_setting import (
    LTR_MARK,
    Setting,
    bookmark,
    border_at_right,
    field,
    field_mark,
    field_start,
)
from archivist.workers.docx_xml import Element, is_rtl, paragraph, plain_run, runs, w

LONG_QUOTE = 1200


class Brief(Setting):
    """Writes the body of one pack; knows where each heading is, and collects the footnotes."""

    def __init__(self, shown: Shown, labels: Mapping[str, str], package: Package) -> None:
        super().__init__(labels, package)
        self._shown = shown
        self._pack = shown.pack
        self._sources = {source.exhibit: source for source in self._pack.sources}
        self.footnotes: list[Element] = []

    def body(self) -> Iterator[Element]:
        yield from self._cover()
        yield self._contents()
        yield from self._summary()
        for place, chapter in enumerate(chapters(self._pack)):
            yield from self._chapter(chapter, new_page=place == 0)
        yield self._heading("sources", self._said("sources"), new_page=True)
        for source in self._pack.sources:
            yield from self._source(source)
        yield from self._check()

    def header(self) -> Element:
        return self._line("header", self._isolated(self._pack.title))

    def footer(self) -> Element:
        pages = [*field(" PAGE ", "1"), *runs(f"{LTR_MARK} / {LTR_MARK}"), *field(" NUMPAGES ", "1")]
        pages = [*runs(LTR_MARK), *pages, *runs(LTR_MARK)]
        return self._line("footer", [*self._said("day"), plain_run(w("tab")), *pages])

    def _cover(self) -> Iterator[Element]:
        pack = self._pack
        yield self._line("Archivist Meta", self._said("kind"), w("spacing", before=3400, after=120))
        yield self._set("Title", pack.title)
        rows = [
            ("for", self._isolated(pack.recipient) if pack.recipient.text else []),
            ("by", self._isolated(pack.author) if pack.author.text else []),
            ("date", self._said("day")),
            ("profile", self._own(self._labels.get(f"profile_{pack.profile}", pack.profile))),
        ]
        yield self._facts(rows)
        figures = (
            ("cases", len(pack.cases)),
            ("quotes", len(pack.quotes)),
            ("sources", len(pack.sources)),
        )
        counted = "   ·   ".join(f"{self._labels[name]} {number}" for name, number in figures)
        yield self._line("Archivist Meta", self._own(counted), w("spacing", before=480, after=60))
        yield self._line("Archivist Meta", [*self._own(f"{self._labels['pack']} "), *self._hash(pack.id)])

    def _contents(self) -> Element:
        """A table of contents that is right as it stands; page numbers come when Word updates it."""
        entries = [("summary", self._said("summary"))] if self._pack.summary else []
        entries += [(case.number, self._case_title(case)) for case in self._pack.cases]
        entries += [(OTHER_QUOTES, self._said("other_quotes"))] if self._pack.other_quotes else []
        entries += [("sources", self._said("sources")), ("check", self._said("check"))]
        heading = self._line("Archivist Contents", self._said("contents"), w("pageBreakBefore"))
        lines = []
        for place, (name, title) in enumerate(entries):
            opening = field_start(' TOC \\o "1-1" \\h \\z \\u ') if place == 0 else []
            page = [plain_run(w("tab")), *field(f" PAGEREF {bookmark(name)} \\h ", "")]
            closing = [field_mark("end")] if place == len(entries) - 1 else []
            entry = w("hyperlink", *title, *page, anchor=bookmark(name), history=1)
            lines.append(self._line("toc 1", [*opening, entry, *closing], self._right_tab()))
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        return w("sdt", w("sdtPr", gallery), w("sdtContent", heading, *lines))

    def _summary(self) -> Iterator[Element]:
        if not self._pack.summary:
            return
        yield self._heading("summary", self._said("summary"), new_page=True)
        for words in self._pack.summary:
            yield self._set("Normal", words)

    def _chapter(self, chapter: Chapter, *, new_page: bool) -> Iterator[Element]:
        if chapter.case:
            yield from self._case(chapter.case, new_page=new_page)
        else:
            yield self._heading(OTHER_QUOTES, self._said("other_quotes"), new_page=new_page)
        for telling in chapter.tellings:
            yield from self._quote(telling)

    def _case(self, case: PackCase, *, new_page: bool) -> Iterator[Element]:
        yield self._heading(case.number, self._case_title(case), new_page=new_page)
        if case.aliases:
            names = self._own(f"{self._labels['also_known_as']} ")
            for place, alias in enumerate(case.aliases):
                names += (self._own(" · ") if place else []) + self._isolated(alias)
            yield self._line("Archivist Meta", names, w("keepNext"))
        if case.summary.text:
            yield self._set("Normal", case.summary)

    def _case_title(self, case: PackCase) -> list[Element]:
        number = self._own(case.number, style="Archivist Number") + self._own("\u2003")
        return number + self._isolated(case.name)

    def _quote(self, telling: Telling) -> Iterator[Element]:
        quote = telling.quote
        yield self._line(
            "Archivist Meta",
            [*self._own(quote.number), *self._role(quote)],
            w("keepNext"),
            w("spacing", before=300, after=60),
        )
        rtl = is_rtl(quote.words.text, quote.words.language)
        words = self._words(Words(flowing(quote.words.text), quote.words.language))
        yield paragraph(
            self._package.style("Archivist Quote"),
            *self._bookmarked(telling.anchor, words),
            self._footnote(telling),
            properties=[w("keepNext"), *_loose(quote), *([border_at_right(), w("bidi")] if rtl else [])],
        )
        yield self._line("Archivist Meta", self._where(quote), w("ind", left=284))
        if quote.note.text:
            label = self._own(f"{self._labels['note']}\u2003", style="Archivist Label")
            yield self._set("Archivist Note", quote.note, before=label)

    def _role(self, quote: PackQuote) -> list[Element]:
        """In words, where a quote does not simply support its case."""
        if quote.role not in {"contradicts", "context"}:
            return []
        style = "Archivist Contradicts" if quote.role == "contradicts" else "Archivist Role"
        return self._own("\u2003") + self._own(self._labels[quote.role], style=style)

    def _where(self, quote: PackQuote) -> list[Element]:
        exhibit = quote.citation.exhibit
        content = self._from_left(self._internal_link(exhibit, exhibit))
        if quote.citation.where:
            content += self._own(self._labels["comma"]) + self._cited(quote.citation.where)
        content += self._own("\u2003") + self._isolated(self._sources[exhibit].title)
        if quote.tags:
            content.append(plain_run(w("br")))
            content += self._own(f"{self._labels['tags']}: ")
            for place, tag in enumerate(quote.tags):
                content += (self._own(" · ") if place else []) + self._isolated(Words(tag, ""))
        return content

    def _footnote(self, telling: Telling) -> Element:
        content = [self._note_mark(w("footnoteRef")), *self._own(" ")]
        content += self._cited(telling.quote.citation.parts) + self._replaced(telling.quote)
        self.footnotes.append(w("footnote", self._line("footnote text", content), id=telling.note))
        return self._note_mark(w("footnoteReference", id=telling.note))

    def _note_mark(self, reference: Element) -> Element:
        return plain_run(reference, style=self._package.style("footnote reference"))

    def _replaced(self, quote: PackQuote) -> list[Element]:
        """The reader is told where letters are shown otherwise than they stand in the source."""
        replaced = self._shown.in_words_of(quote)
        if not replaced:
            return []
        left_out = self._labels["left_out"]
        listed = ", ".join(f"{one.character} ({one.shown_as or left_out})" for one in replaced)
        return self._own(f" {self._labels['replaced']} {listed}.")

    def _source(self, source: PackSource) -> Iterator[Element]:
        number = self._own(source.exhibit, style="Archivist Number") + self._own("\u2003")
        yield self._heading(source.exhibit, number + self._isolated(source.title), level=2)
        numbers: list[Element] = []
        for place, quote in enumerate(source.quotes):
            gap = self._own(self._labels["comma"]) if place else []
            numbers += [*gap, *self._from_left(self._internal_link(quote, quote))]
        rows = [
            ("author", self._any(source.author)),
            ("publisher", self._any(source.publisher)),
            ("published", self._any(source.date)),
            ("address", self._address(source.source_url)),
            ("received_from", self._any(source.received_from)),
            ("captured", self._any(source.imported_on)),
            ("file", self._any(source.file_name)),
            ("original", self._original(source)),
            ("fingerprint", self._hash(source.sha256)),
            ("quoted_in", numbers),
        ]
        yield self._facts(rows)
        if source.is_web_page:
            yield self._line("Archivist Meta", self._said("web_page"))

    def _original(self, source: PackSource) -> list[Element]:
        size = f"{source.size:,}".replace(",", "\u202f")
        told = self._own(f" ({size} {self._labels['bytes']})")
        if source.is_web_page:
            return [*self._any(source.path), *told]
        return [self._external_link(source.path, source.path), *told]

    def _address(self, address: str) -> list[Element]:
        target = link_target(address)
        return [self._external_link(target, address)] if target else self._any(address)

    def _check(self) -> Iterator[Element]:
        yield self._heading("check", self._said("check"))
        yield self._line("Normal", self._said("check_intro"))
        for number, name in enumerate(CHECKS, start=1):
            text = f"{number}.\u2002{self._labels[name]}"
            yield self._line("Normal", self._own(text))
        rows = [("pack", self._hash(self._pack.id)), ("state", self._hash(self._pack.chain_head))]
        yield self._facts(rows)


def _loose(quote: PackQuote) -> list[Element]:
    """Lines of a quote stay on one page, unless that would leave most of the page before it empty."""
    return [w("keepLines", val=0)] if len(quote.words.text) > LONG_QUOTE else []
