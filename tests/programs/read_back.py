"""Reads the golden files back with programs that other people use.

    python read_back.py [FOLDER]

Takes every `expected*.bib`, `expected*.ris` and `expected*.csl.json` under FOLDER (tests/data if none is given) and
hands it to each program that reads its format. A program passes a file if it reads it without a complaint, finds as
many records as stand in the file, and gives each record that has a title in the file a title that is not empty.
The four files of a case hold the same records, so they must have the same number of them.

Prints a line for each program and file, and last `read-back: N passed, N failed`. Exit code 1 if anything failed, or
if there was no file at all: a check that checks nothing must not look like one that passed.
"""

import html
import json
import logging
import re
import subprocess
import sys
import warnings
from pathlib import Path

SAME_RECORDS = ["expected.bib", "expected.biblatex.bib", "expected.ris", "expected.csl.json"]


# What stands in the file, counted without any program: a list with True for each record that has a title.


def stands(text, begin, title):
    records = re.split(begin, text, flags=re.I | re.M)[1:]
    if text.strip() and not records:
        raise ValueError("no record in it, but text")
    return [bool(re.search(title, record, re.I | re.M)) for record in records]


def stands_in_bib(text):
    return stands(text, r"^\ufeff?@(?!(?:comment|preamble|string)\b)\w+\s*\{", r"^\s*title\s*=")


def stands_in_ris(text):
    return stands(text, r"^\ufeff?TY  - ", r"^T[I1]  - ")


def stands_in_json(text):
    return ["title" in item for item in json.loads(text)]


# What a program finds: a list with the title, or an empty text, for each record it reads.


def pybtex(path):
    import pybtex.errors
    from pybtex.database import parse_file
    from pybtex.richtext import Text

    pybtex.errors.set_strict_mode(True)
    entries = parse_file(str(path), "bibtex").entries.values()
    return [str(Text.from_latex(entry.fields.get("title", ""))) for entry in entries]


def bibtexparser(path):
    from bibtexparser import parse_file

    library = parse_file(str(path), encoding="utf-8")
    if library.failed_blocks:
        raise ValueError("; ".join(f"line {block.start_line + 1}: {block.error!r}" for block in library.failed_blocks))
    return [entry.fields_dict["title"].value if "title" in entry.fields_dict else "" for entry in library.entries]


def rispy(path):
    import rispy

    with path.open(encoding="utf-8", newline="") as file:
        records = rispy.load(file)
    return [record.get("title") or record.get("primary_title") or "" for record in records]


def pandoc(reader):
    def pandoc(path):
        import pypandoc

        command = [pypandoc.get_pandoc_path(), "--fail-if-warnings", "-f", reader, "-t", "csljson", str(path)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8")
        if done.returncode != 0 or done.stderr.strip():
            raise ValueError(f"exit code {done.returncode}: {done.stderr.strip()}")
        return [html.unescape(re.sub(r"<[^>]*>", "", item.get("title", ""))) for item in json.loads(done.stdout)]

    return pandoc


def programs_for(name):
    """The counter and the programs for a file of this name."""
    if name.endswith(".csl.json"):
        return stands_in_json, [pandoc("csljson")]
    if name.endswith(".ris"):
        return stands_in_ris, [rispy, pandoc("ris")]
    dialect = "biblatex" if ".biblatex." in name else "bibtex"
    return stands_in_bib, [pybtex, bibtexparser, pandoc(dialect)]


def judge(program, path, has_title):
    """What is wrong, as a list of sentences."""
    try:
        titles = program(path)
    except Exception as error:  # whatever it raises, the file was not read
        return [f"not read: {type(error).__name__}: {error}"]
    wrong = []
    if len(titles) != len(has_title):
        wrong.append(f"{len(titles)} records read, {len(has_title)} in the file")
    found = sum(1 for title in titles if title.strip())
    if found != sum(has_title):
        wrong.append(f"{found} titles read, {sum(has_title)} in the file")
    return wrong


def files_under(folder):
    names = ["expected*.bib", "expected*.ris", "expected*.csl.json"]
    return sorted(path for name in names for path in folder.rglob(name))


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def line(self, who, what, wrong, right):
        if wrong:
            self.failed += 1
            print(f"FAIL  {who:<12}  {what}: {' '.join('; '.join(wrong).split())}")
        else:
            self.passed += 1
            print(f"ok    {who:<12}  {what}: {right}")


def read_back(path, report):
    """Hands one file to its programs; gives the number of its records, or None if they can't be counted."""
    count, programs = programs_for(path.name)
    try:
        has_title = count(path.read_bytes().decode("utf-8"))
    except (ValueError, TypeError) as error:
        report.line("file", path, [f"{type(error).__name__}: {error}"], "")
        return None
    untitled = len(has_title) - sum(has_title)
    right = f"{len(has_title)} records" + (f", {untitled} without a title" if untitled else "")
    for program in programs:
        report.line(program.__name__, path, judge(program, path, has_title), right)
    return len(has_title)


def main(arguments):
    warnings.simplefilter("error")
    logging.disable()  # what a program has to say comes as its error, on its own line
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1] / "data"
    files = files_under(folder)
    if not files:
        print(f"FAIL: there are no golden files under {folder}: nothing was read back")
        return 1
    report = Report()
    cases = {}
    for path in files:
        count = read_back(path, report)
        if path.name in SAME_RECORDS and count is not None:
            cases.setdefault(path.parent, {})[path.name] = count
    for case, counts in cases.items():
        if len(counts) < 2:
            continue
        told = ", ".join(f"{count} in {name}" for name, count in counts.items())
        wrong = [f"not the same number of records: {told}"] if len(set(counts.values())) > 1 else []
        report.line("case", case, wrong, told)
    print(f"{len(files)} files")
    print(f"read-back: {report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
