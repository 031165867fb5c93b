"""What the adapters share: see README.md for what an adapter prints."""

import html
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

MISSING = 77
TOOLS = Path(os.environ.get("BIBILINGUAL_TOOLS", "target/programs"))


def missing(name):
    print(name, file=sys.stderr)
    sys.exit(MISSING)


def tool(name):
    """The path of a program: ours if .ci/programs installed it, else the one of the machine."""
    ours = [TOOLS / "bin" / name, TOOLS / "python" / "bin" / name]
    found = next((str(path) for path in ours if path.exists()), None) or shutil.which(name)
    return found or missing(name)


def library(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return missing(f"the Python package {name}")


def file_of_tex(name):
    """A file of the TeX installation has to be there."""
    done = subprocess.run([tool("kpsewhich"), name], capture_output=True, text=True)
    return done.stdout.strip() or missing(name)


def run(command, folder=None, codes=(0,)):
    """Runs a program to its end; standard output and standard error as text."""
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode not in codes:
        sys.exit(f"{command[0]}: exit code {done.returncode}: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    return done.stdout, done.stderr


def put(record, field, value):
    if value:
        record[field] = str(value)


# Commands that pylatexenc does not know or takes for another character, and what TeX prints for them.
PRINTS = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~", "textbackslash": "\\"}


def tex(text):
    """What TeX prints, for programs that hand TeX on to it and decode none."""
    decoder = library("pylatexenc.latex2text").LatexNodes2Text(keep_braced_groups=False, strict_latex_spaces=True)
    marks = {chr(0xE000 + at): command for at, command in enumerate(PRINTS)}
    for mark, command in marks.items():
        text = re.sub(rf"\\{command}(?:\{{\}}|(?![A-Za-z]) ?)", mark, text)
    text = decoder.latex_to_text(text)
    return "".join(PRINTS[marks[c]] if c in marks else c for c in text)


def csl_record(item):
    """The record of a CSL item with its markup as HTML, such as pandoc's."""
    record = {"authors": item.get("author", [])}
    put(record, "key", item.get("id"))
    names = {"title": "title", "original-title": "other-title", "container-title": "journal"}
    for name, field in names.items():
        put(record, field, without_tags(item.get(name, "")))
    for name, field in {"volume": "volume", "issue": "issue", "page": "pages", "number": "number"}.items():
        put(record, field, item.get(name))
    put(record, "doi", item.get("DOI"))
    record.setdefault("other-title", other_title(item.get("note", "")))
    put(record, "date", date_of_parts(item.get("issued", {}).get("date-parts")))
    return record


def other_title(note):
    """The other title in a note, as our RIS and CSL-JSON have it there."""
    found = re.search(r"(?:titleTranslation|(?:Translated|Original) title \(\w+\)): (.*)", note)
    return found and found[1]


def without_tags(text):
    return html.unescape(re.sub(r"</?(?:i|b|em|strong|sub|sup|span)(?: [^>]*)?>", "", text))


def date_of_parts(parts):
    return "-".join(f"{int(part):02}" for part in parts[0]) if parts else None


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def date_of_month(year, month, day):
    """The date of the fields `year`, `month` and `day` of BibTeX."""
    at = (month or "").lower()[:3]
    if not year or at not in MONTHS:
        return year
    return f"{year}-{MONTHS.index(at) + 1:02}" + (f"-{int(day):02}" if day else "")


def emit(records, complaints=()):
    json.dump({"records": records, "complaints": sorted(set(complaints))}, sys.stdout, ensure_ascii=False)


def main(read):
    """Runs `read(format, path)`, which gives the records and the complaints, and prints them."""
    emit(*read(sys.argv[1], Path(sys.argv[2]).resolve()))
