"""Typst: BibTeX and BibLaTeX typeset with its style for GB/T 7714-2015, by way of the PDF's text."""

import re

from common import library, main, missing, run, tool

# A line that no reference fills, so that none is broken.
DOCUMENT = """#set page(width: 4000cm, height: auto)
#set text(font: "WenQuanYi Micro Hei", size: 8pt)
#bibliography("{name}", full: true, title: none, style: "gb-7714-2015-numeric")
"""
FONT = "wqy-microhei"


def read(_, path):
    typst = library("typst")
    if FONT not in run([tool("fc-list")])[0]:
        missing(f"the font {FONT}")
    document, pdf = path.with_name("document.typ"), path.with_name("document.pdf")
    document.write_text(DOCUMENT.format(name=path.name))
    _, warnings = typst.compile_with_warnings(str(document), output=str(pdf))
    out, _ = run([tool("pdftotext"), "-layout", str(pdf), "-"])
    items = re.split(r"^\s*\[\d+\]", out, flags=re.M)[1:]
    return [{"prints": item} for item in items], [warning.message for warning in warnings]


main(read)
