"""hayagriva, the bibliography library of Typst: BibTeX, BibLaTeX and its own YAML, by way
of the YAML that it writes."""

import re

from common import library, main, put, run, tool


def listed(value):
    return value if isinstance(value, list) else [value] if value else []


def name_of(person):
    if isinstance(person, str):
        return {"literal": person}
    family = " ".join(filter(None, [person.get("prefix"), person.get("name")]))
    return {"family": family, "given": person.get("given-name"), "suffix": person.get("suffix")}


def plain(value):
    """A text with marks: braces keep the case of what is in them, a backslash makes a sign of them."""
    text = value.get("value", "") if isinstance(value, dict) else str(value or "")
    return re.sub(r"\\(.)|[{}]", lambda found: found[1] or "", text)


def translation(title):
    return title.get("translation") if isinstance(title, dict) else None


def record_of(key, entry):
    parents = listed(entry.get("parent"))
    hosts = [entry, *(parent for parent in parents if parent.get("type") != "original")]
    original = next((parent["title"] for parent in parents if parent.get("type") == "original"), None)
    first = lambda name, among=hosts: next((host[name] for host in among if name in host), None)
    record = {"key": key, "authors": [name_of(person) for person in listed(entry.get("author"))]}
    put(record, "title", plain(entry.get("title")))
    put(record, "other-title", plain(translation(entry.get("title")) or original))
    put(record, "journal", plain(first("title", hosts[1:])))
    serial = first("serial-number")
    serial = serial if isinstance(serial, dict) else {"serial": serial}
    for name, field in {"volume": "volume", "issue": "issue", "page-range": "pages"}.items():
        value = first(name)
        put(record, field, value.get("value") if isinstance(value, dict) else value)
    put(record, "number", serial.get("serial"))
    put(record, "doi", serial.get("doi"))
    put(record, "date", first("date"))
    return record


def read(format, path):
    yaml = library("yaml")
    reader = "yaml" if format == "hayagriva" else format
    out, said = run([tool("hayagriva"), "--format", reader, str(path)])
    # Every scalar is text: a volume 010 is no number.
    entries = yaml.load(out, yaml.BaseLoader)
    return [record_of(key, entry) for key, entry in entries.items()], said.splitlines()


main(read)
