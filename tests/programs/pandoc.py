"""pandoc: any of our formats, by way of its CSL-JSON."""

import json

from common import csl_record, main, put, run, tool
from pathlib import Path


def pandoc():
    try:
        import pypandoc

        return pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        return tool("pandoc")


def record_of(item, format):
    record = csl_record(item)
    # A line of the note that begins with a word and a colon is a variable to pandoc.
    put(record, "other-title", item.get("titletranslation"))
    if format == "ris":
        # It has no keys there, and pandoc makes its own.
        record.pop("key", None)
    return record


def read(format, path: Path):
    reader = format.replace("csl-json", "csljson")
    out, said = run([pandoc(), "-f", reader, "-t", "csljson", str(path)])
    return [record_of(item, format) for item in json.loads(out)], said.splitlines()


main(read)
