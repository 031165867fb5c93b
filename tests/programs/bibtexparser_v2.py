"""bibtexparser 2: BibTeX and BibLaTeX, with its middleware for names and for TeX."""

from common import date_of_month, library, main, put

FIELDS = {
    "title": ["title"],
    "other-title": ["titletranslation", "origtitle"],
    "journal": ["journal", "journaltitle", "booktitle"],
    "volume": ["volume"],
    "issue": ["number"],
    "pages": ["pages"],
    "number": ["eid"],
    "doi": ["doi"],
}


def name_of(parts, text):
    part = lambda words: text(" ".join(words))[0]
    return {"family": part(parts.von + parts.last), "given": part(parts.first), "suffix": part(parts.jr)}


def record_of(entry, text):
    value = {name: field.value for name, field in entry.fields_dict.items()}
    record = {"key": entry.key, "authors": [name_of(parts, text) for parts in value.get("author", [])]}
    for field, names in FIELDS.items():
        put(record, field, next((value[name] for name in names if name in value), None))
    put(record, "date", value.get("date") or date_of_month(*map(value.get, ("year", "month", "day"))))
    return record


def read(_, path):
    bibtexparser = library("bibtexparser")
    from bibtexparser import middlewares

    names = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    read_library = bibtexparser.parse_file(str(path), encoding="utf-8", append_middleware=names)
    failed = [f"{block.error!r}" for block in read_library.failed_blocks]
    decode = middlewares.LatexDecodingMiddleware(keep_braced_groups=False)
    entries = [decoded(entry, decode) for entry in read_library.entries]
    return [record_of(entry, decode._transform_python_value_string) for entry in entries], failed


def decoded(entry, decode):
    """TeX decoded, but not in `doi`, which is no TeX."""
    doi = entry.fields_dict["doi"].value if "doi" in entry.fields_dict else None
    entry = decode.transform_entry(entry, None)
    if doi:
        entry.fields_dict["doi"].value = doi
    return entry


main(read)
