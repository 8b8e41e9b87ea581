"""Packs made in code: invented people and places, six scripts, and text that tries to break out."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from archivist.model.citation import CitedSource, Place, cite
from archivist.model.pack import CitationPart, Pack, PackCase, PackQuote, PackSource, Part, Words
from archivist.packs.labels import labels_for
from archivist.workers.write_docx import job

WORDS = {
    "en": "They took him from his home at night without a warrant; the family asked three times"
    "\nand was given no written answer.",
    "fr": "« Ils n’ont jamais remis de mandat à la famille ; l’avocat a été éconduit deux fois. »",
    "zh": "他们没有出示任何文件，就把他从家中带走。家属三次前往派出所询问，\n均未得到书面答复。",
    "ar": "أخذوه من بيته ليلاً من دون أن يُظهروا أي أمر، "
    "وسألت العائلة ثلاث مرات (في آذار 2019) ولم تتلقَّ جواباً مكتوباً.",
    "bo": "ཁོང་ཚོས་ཡིག་ཆ་གང་ཡང་མ་བསྟན་པར་ཁོང་ཁྱིམ་ནས་ཁྲིད་སོང་། ནང་མིས་ཐེངས་གསུམ་དྲིས་ཀྱང་ལན་མ་ཐོབ།",
    "ug": "ئۇلار ھېچقانداق ھۆججەت كۆرسەتمەيلا ئۇنى ئۆيىدىن ئېلىپ كەتتى، ئائىلىسى ئۈچ قېتىم سورىدى.",
}
NAMES = {
    "en": "Mirel Tasko", "fr": "Léonie Varenne", "zh": "示例某", "ar": "شخص افتراضي", "bo": "དཔེར་བརྗོད།",
    "ug": "مىسال ئادەم",
}  # fmt: skip
TITLES = {
    "en": "Monitoring visit to Kestrel Point", "fr": "Rapport sur les gardes à vue",
    "zh": "关于羁押情况的报告",
    "ar": "تقرير عن أماكن الاحتجاز", "bo": "བཙོན་འཇུག་སྐོར་གྱི་སྙན་ཞུ།", "ug": "تۇتۇپ تۇرۇش توغرىسىدا دوكلات",
}  # fmt: skip
PACK_TITLES = {"ar": "الاحتجاز في كيستريل", "zh": "红隼角的羁押"}
AUTHORS = {"ar": "ن. حدّاد", "ug": "ئا. مىسال"}
PUBLISHERS = {"ar": "مرصد افتراضي", "zh": "示例观察"}
DAY = date(2026, 3, 1)
NOTE = "Corroborated by a second, independent source; the date differs by one day."
ENDINGS = ("pdf", "docx", "html", "txt", "md", "pdf")
ROLES = ("supports", "contradicts", "context")

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><img src=http://127.0.0.1:9/seen onerror=alert(1)>",
    "<img src='http://127.0.0.1:9/seen'><link rel=stylesheet href=//127.0.0.1:9/seen>",
    "{{ 7*7 }} {% raw %} {{ ''.__class__.__mro__ }} ${7*7}",
    "]]> <![CDATA[ x ]]> <!-- -- --!> <?xml?> &amp; &lt; & &#60;",
    "\" onmouseover=\"alert(1)\" ' x='y'",
    "</span></blockquote><span data-words=\"Q0001\">forged</span>",
    "a\u200bb\u200cc\u200dd\u2060e\u00adf\ufeffg",
    "w" * 10_000,
    "👩‍👩‍👧‍👦 🏳️‍🌈 𠀀𪛖 𝔘𝔫𝔦 e\u0301\u0327 \U0001f1eb\U0001f1f7",
    "1\u20662 right\u2069 شخص (name) [x]",
    "line one\nline two\n\nnew paragraph per\u00ad\nmitted\ttab",
    "  spaces  kept   inside  ",
)  # fmt: skip
HIDING = "a\x00b\x1bc\ud800d\ue000e\ufffef\u202eg\u202ah\u2066i\U0010ffffj\x85k"


def original(number: int) -> bytes:
    return f"the original bytes of exhibit {number}\n".encode() * 50


def exhibits(pack: Pack) -> Mapping[str, Callable[[], Iterator[bytes]]]:
    return {
        source.exhibit: partial(_chunks, original(number))
        for number, source in enumerate(pack.sources, start=1)
    }


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), 64):
        yield content[start : start + 64]


def run_worker(name: str, header: dict[str, object], data: bytes) -> tuple[dict[str, object], bytes]:
    """The child's work without the child."""
    assert name == "write_docx"
    return job(header, data)


def sample(language: str = "en", cases: int = 6) -> Pack:
    """A pack in `language` whose cases tell of all six languages."""
    languages = list(WORDS)
    sources = tuple(_source(number, tongue) for number, tongue in enumerate(languages, start=1))
    told = []
    quotes: list[PackQuote] = []
    for number in range(1, cases + 1):
        own = languages[(number - 1) % len(languages)]
        first = len(quotes)
        for place in range(3):
            tongue = languages[(number + place - 1) % len(languages)]
            quotes.append(_quote(len(quotes) + 1, tongue, sources, ROLES[place], language))
        told.append(
            PackCase(
                number=f"C{number:03}",
                name=Words(NAMES[own], language),
                aliases=(Words("M. T.", ""), Words(NAMES["ar"], ""), Words(NAMES["zh"], "")),
                summary=Words("Taken from home on 11 March 2019.\nWhere he is held is not known.", "en"),
                quotes=tuple(quotes[first:]),
            )
        )
    sources = tuple(
        replace(source, quotes=tuple(q.number for q in quotes if q.citation.exhibit == source.exhibit))
        for source in sources
    )
    return Pack(
        id="5f0e4d0c-9a54-5f6d-8a9c-1e77b6c1f6b0",
        title=Words(PACK_TITLES.get(language, "Detentions at Kestrel Point"), language),
        recipient=Words("Committee on Samples", "en"),
        author=Words("Archivist demonstration", "en"),
        language=language,
        date=DAY,
        profile="internal",
        summary=(
            Words("Six people were taken from their homes in one spring; each passage is quoted.", "en"),
            Words(WORDS["ar"], "ar"),
            Words("The recipient is asked to raise the cases at the next session.", "en"),
        ),
        cases=tuple(told),
        other_quotes=(),
        sources=sources,
        chain_head="ab" * 32,
        version="0.1.0",
    )  # fmt: skip


def told_again(pack: Pack) -> Pack:
    """`pack`, its first quote told under the second case too, and its last one outside any case."""
    first, second, *rest = pack.cases
    again = replace(first.quotes[0], role="context")
    second = replace(second, quotes=(second.quotes[0], again, *second.quotes[1:]))
    last = rest[-1]
    others = (last.quotes[-1],)
    return replace(
        pack,
        cases=(first, second, *rest[:-1], replace(last, quotes=last.quotes[:-1])),
        other_quotes=others,
    )


def hostile(*texts: str) -> Pack:
    """The sample with each text everywhere that a user can write one."""
    pack = sample(cases=1)
    model = pack.cases[0].quotes[0]
    quotes = tuple(
        replace(
            model,
            number=f"Q{number:04}",
            words=Words(text, "en"),
            note=Words(text, "en"),
            tags=(text,),
            citation=replace(
                model.citation,
                parts=tuple(
                    CitationPart(kind, Words(text, "")) for kind in (Part.OWN, Part.GIVEN, Part.LINK)
                ),
                where=(CitationPart(Part.OWN, Words(text, "en")),),
            ),
        )
        for number, text in enumerate(texts, start=1)
    )
    text = texts[0]
    source = replace(
        pack.sources[0], title=Words(text, ""), author=text, publisher=text, date=text, received_from=text,
        source_url=f"javascript:{text}", file_name=f"{text}.pdf", quotes=tuple(q.number for q in quotes),
    )  # fmt: skip
    case = replace(
        pack.cases[0],
        name=Words(text, "en"),
        aliases=(Words(text, ""),),
        summary=Words(text, "en"),
        quotes=quotes,
    )
    return replace(
        pack, title=Words(text, "en"), recipient=Words(text, ""), author=Words(text, ""),
        summary=(Words(text, "en"),), cases=(case,), sources=(source,),
    )  # fmt: skip


def _quote(number: int, tongue: str, sources: tuple[PackSource, ...], role: str, language: str) -> PackQuote:
    source = sources[list(WORDS).index(tongue)]
    page = str(number % 40 + 1) if source.file_name.endswith("pdf") else ""
    cited = CitedSource(
        source.title.text, source.author, source.publisher, source.date, source.source_url, source.file_name,
        source.sha256, tongue,
    )  # fmt: skip
    return PackQuote(
        number=f"Q{number:04}",
        words=Words(WORDS[tongue], tongue),
        citation=cite(cited, source.exhibit, Place(page), labels_for(language, DAY)),
        role=role,
        tags=("arbitrary detention", "الاحتجاز") if number % 2 else ("denial of counsel",),
        note=Words(NOTE if number % 3 == 1 else "", language),
    )  # fmt: skip


def _source(number: int, tongue: str) -> PackSource:
    content = original(number)
    return PackSource(
        exhibit=f"EX-{number:03}",
        title=Words(TITLES[tongue], tongue),
        author=AUTHORS.get(tongue, "A. Sample"),
        publisher=PUBLISHERS.get(tongue, "Example Monitor"),
        date=f"201{number}-01-10",
        language=tongue,
        file_name=f"report {number}.{ENDINGS[number - 1]}",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        imported_on="2026-02-01",
        received_from="A colleague" if number == 1 else "",
        source_url=f"https://example.org/doc/{number}?a=1&b=2",
        quotes=(),
    )
