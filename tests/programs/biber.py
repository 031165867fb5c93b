"""biber, as a tool, checking against its data model: BibLaTeX, by way of its XML."""

import re
import xml.etree.ElementTree as ElementTree

from common import main, put, run, tex, tool

BLTX = "{http://biblatex-biber.sourceforge.net/biblatexml}"
FIELDS = {
    "title": ["title"],
    "other-title": ["titletranslation", "origtitle"],
    "journal": ["journaltitle", "booktitle"],
    "volume": ["volume"],
    "issue": ["number"],
    "number": ["eid"],
}


def whole(node):
    return "".join(node.itertext()) if node is not None else ""


def name_of(node, text):
    parts = {}
    for part in node.findall(BLTX + "namepart"):
        inner = [whole(piece) for piece in part.findall(BLTX + "namepart")] or [whole(part)]
        parts[part.get("type")] = text(" ".join(inner))
    family = " ".join(filter(None, [parts.get("prefix"), parts.get("family")]))
    return {"family": family, "given": parts.get("given"), "suffix": parts.get("suffix")}


def authors_of(entry, text):
    names = entry.find(f"{BLTX}names[@type='author']")
    if names is None:
        return []
    others = [{"literal": "others"}] if names.get("morenames") else []
    return [name_of(name, text) for name in names.findall(BLTX + "name")] + others


def pages_of(entry):
    items = entry.iterfind(f"{BLTX}pages/{BLTX}list/{BLTX}item")
    spans = [[whole(end) for end in item] or [whole(item)] for item in items]
    return ", ".join("-".join(filter(None, span)) for span in spans)


def record_of(entry, text):
    record = {"key": entry.get("id"), "authors": authors_of(entry, text)}
    value = lambda name: whole(entry.find(BLTX + name))
    for field, names in FIELDS.items():
        put(record, field, text(next(filter(None, map(value, names)), "")))
    put(record, "doi", value("doi"))
    put(record, "date", value("date"))
    put(record, "pages", text(pages_of(entry)))
    return record


def complaint(line):
    """The warning without the entry it is about."""
    return re.sub(r"Entry '[^']*' \([^)]*\): ", "", line)


def read(_, path):
    made = path.with_suffix(".bltxml")
    command = [tool("biber"), "--tool", "--validate-datamodel", "--output-format=biblatexml"]
    out, _ = run([*command, f"--output-file={made.name}", path.name], path.parent)
    said = [complaint(line) for line in out.splitlines() if line.startswith(("WARN", "ERROR"))]
    root = ElementTree.parse(made).getroot()
    return [record_of(entry, tex) for entry in root.iter(BLTX + "entry")], said


main(read)
