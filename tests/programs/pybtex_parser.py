"""pybtex: BibTeX and BibLaTeX, strict, with its own decoding of TeX."""

from common import date_of_month, library, main, put

FIELDS = {
    "title": ["title"],
    "other-title": ["titletranslation", "origtitle"],
    "journal": ["journal", "journaltitle", "booktitle"],
    "volume": ["volume"],
    "issue": ["number"],
    "pages": ["pages"],
    "number": ["eid"],
}


def name_of(person, text):
    part = lambda names: " ".join(text(name) for name in names)
    family = part(person.prelast_names + person.last_names)
    given = part(person.first_names + person.middle_names)
    return {"family": family, "given": given, "suffix": part(person.lineage_names)}


def record_of(key, entry, text):
    record = {"key": key, "authors": [name_of(person, text) for person in entry.persons.get("author", [])]}
    for field, names in FIELDS.items():
        put(record, field, next((text(entry.fields[name]) for name in names if name in entry.fields), None))
    put(record, "doi", entry.fields.get("doi"))
    month = date_of_month(*map(entry.fields.get, ("year", "month", "day")))
    put(record, "date", entry.fields.get("date") or month)
    return record


def read(_, path):
    library("pybtex")
    import pybtex.errors
    from pybtex.database import parse_file
    from pybtex.richtext import Text

    pybtex.errors.set_strict_mode(True)
    entries = parse_file(str(path), "bibtex").entries
    return [record_of(key, entry, lambda tex: str(Text.from_latex(tex))) for key, entry in entries.items()], []


main(read)
