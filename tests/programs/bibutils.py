"""bibutils: bib2xml, biblatex2xml, ris2xml, by way of its MODS."""

import re
import xml.etree.ElementTree as ElementTree

from common import main, other_title, put, run, tool

MODS = "{http://www.loc.gov/mods/v3}"
PROGRAMS = {"bibtex": "bib2xml", "biblatex": "biblatex2xml", "ris": "ris2xml", "enw": "end2xml"}


def text(node, path):
    found = node.find("/".join(MODS + part for part in path.split("/")))
    return (found.text or "") if found is not None else ""


def title_of(node):
    for info in node.findall(MODS + "titleInfo"):
        if not info.get("type"):
            return ": ".join(filter(None, [text(info, "title"), text(info, "subTitle")]))
    return ""


def name_of(node):
    parts = {"family": [], "given": [], "termsOfAddress": [], None: []}
    for part in node.findall(MODS + "namePart"):
        parts.setdefault(part.get("type"), []).append(part.text or "")
    literal, suffix = " ".join(parts[None]), " ".join(parts["termsOfAddress"])
    return {"literal": literal, "family": " ".join(parts["family"]), "given": " ".join(parts["given"]), "suffix": suffix}


def details(node, kind):
    """Volume, issue, or number of the article; from the part of the host, or of the work itself."""
    for detail in node.iter(MODS + "detail"):
        if detail.get("type") == kind:
            return text(detail, "number")
    return ""


def pages_of(node):
    for extent in node.iter(MODS + "extent"):
        if extent.get("unit") == "page":
            pages = [text(extent, "start"), text(extent, "end")]
            return "-".join(filter(None, pages)) or text(extent, "total")
    return details(node, "page")


def record_of(node, keyed):
    authors = [name for name in node.findall(MODS + "name") if text(name, "role/roleTerm") == "author"]
    record = {"authors": [name_of(name) for name in authors]}
    put(record, "key", node.get("ID") if keyed else None)
    put(record, "title", title_of(node))
    host = node.find(f"{MODS}relatedItem[@type='host']")
    put(record, "journal", title_of(host) if host is not None else "")
    put(record, "volume", details(node, "volume"))
    put(record, "issue", details(node, "issue") or details(node, "number"))
    put(record, "number", details(node, "article") or details(node, "article number"))
    put(record, "pages", pages_of(node))
    dates = [date.text for tag in ("dateIssued", "dateOther", "date") for date in node.iter(MODS + tag)]
    put(record, "date", next(filter(None, dates), None))
    doi = [one.text for one in node.iter(MODS + "identifier") if one.get("type") == "doi"]
    put(record, "doi", next(iter(doi), None))
    put(record, "other-title", other_title("\n".join(note.text or "" for note in node.findall(MODS + "note"))))
    return record


def complaint(line):
    """What it says of an entry, without the entry; of a value, its name."""
    unused = re.match(r"\w+2xml:\s+'(\w+)', '.*', \d+$", line)
    return f"unused {unused[1]}" if unused else line


# The lines about an entry, before the list of what it did not use.
ABOUT = re.compile(r"\w+2xml:\s+(?:Processed|Reference \d|Author|Year|Title|Unused entries|[^' ]+$|$)")


def read(format, path):
    out, said = run([tool(PROGRAMS[format]), "--input-encoding", "utf8", path.name], path.parent)
    root = ElementTree.fromstring(out.lstrip("\ufeff"))
    complaints = [complaint(line) for line in said.splitlines() if not ABOUT.match(line)]
    return [record_of(node, format.startswith("bib")) for node in root.iter(MODS + "mods")], complaints


main(read)
