"""rispy: RIS."""

from common import library, main, put

FIELDS = {
    "title": "title",
    "translated_title": "other-title",
    "secondary_title": "journal",
    "volume": "volume",
    "number": "issue",
    "doi": "doi",
    "custom7": "number",
}


def record_of(entry):
    record = {"authors": [{"literal": name} for name in entry.get("authors", [])]}
    for name, field in FIELDS.items():
        put(record, field, entry.get(name))
    put(record, "date", (entry.get("date") or entry.get("year") or "").replace("/", "-"))
    put(record, "pages", "-".join(filter(None, [entry.get("start_page"), entry.get("end_page")])))
    return record


def read(_, path):
    rispy = library("rispy")
    with path.open(encoding="utf-8", newline="") as file:
        entries = rispy.load(file)
    unknown = [f"unknown tag {tag}" for entry in entries for tag in entry.get("unknown_tag", {})]
    return [record_of(entry) for entry in entries], unknown


main(read)
