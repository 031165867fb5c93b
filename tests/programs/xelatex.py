"""xelatex with biblatex and its style gb7714-2015: BibLaTeX, by way of the PDF's text."""

import re

from common import file_of_tex, main, missing, run, tool

# A line that no reference fills, so that none is broken, and the key before each reference; the
# partner in a pair is a copy there, with a key that biber made.
# amssymb: formulas of titles stay as they are. Entries that another names in `related` are not cited: the style prints them with that one.
DOCUMENT = r"""\documentclass{article}
\usepackage[paperwidth=400cm,paperheight=400cm,margin=1cm]{geometry}
\usepackage{amsmath,amssymb}
\usepackage{fontspec}
\setmainfont{WenQuanYi Micro Hei}
\setmonofont{WenQuanYi Micro Hei}
\setsansfont{WenQuanYi Micro Hei}
\usepackage[style=gb7714-2015]{biblatex}
\addbibresource{%s}
\renewbibmacro*{begentry}{@@\iffieldundef{clonesourcekey}{\thefield{entrykey}}{\detokenize\expandafter{\romannumeral-`0\thefield{clonesourcekey}}}@@ }
\AtBeginBibliography{\raggedright\hyphenpenalty10000\relax}
\pagestyle{empty}
\begin{document}
\nocite{%s}
\printbibliography
\end{document}
"""
FONT = "wqy-microhei"
NOISE = re.compile(r"LaTeX Font Warning|Please \(?re-?run|undefined references|Some font shapes|rerun LaTeX")


def cited(bib):
    keys = re.findall(r"^@\w+\{([^,\s]+)", bib, re.M)
    related = set(re.findall(r"^\s*related = \{([^}]*)\}", bib, re.M))
    return [key for key in keys if key not in related]


def numbered(text):
    return re.findall(r"^\s*\[\d+\]\s*@@(\S+?)@@", text, re.M)


def read(_, path):
    file_of_tex("gb7714-2015.bbx")
    if FONT not in run([tool("fc-list")])[0]:
        missing(f"the font {FONT}")
    source = path.with_name("document.tex")
    keys = cited(path.read_text(encoding="utf-8"))
    source.write_text(DOCUMENT % (path.name, ",".join(keys)), encoding="utf-8")
    # What an earlier run has left would be read by this one.
    for left in path.parent.glob("document.*"):
        if left != source:
            left.unlink()
    typeset = [tool("xelatex"), "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "document"]
    run(typeset, path.parent)
    said, _ = run([tool("biber"), "document"], path.parent)
    run(typeset, path.parent)
    out, _ = run([tool("pdftotext"), "-layout", "document.pdf", "-"], path.parent)
    log = path.with_name("document.log").read_text(encoding="utf-8", errors="replace")
    complaints = [line for line in said.splitlines() if line.startswith(("WARN", "ERROR"))]
    complaints += [line for line in log.splitlines() if "Warning:" in line and not NOISE.search(line)]
    complaints += ["a number of its own for the second of a pair" for key in numbered(out) if key not in keys]
    parts = re.split(r"@@(\S+?)@@", out)[1:]
    # The number of the reference that follows is no part of this one.
    items = [re.sub(r"\s*\[\d+\]\s*$", "", item) for item in parts[1::2]]
    return [{"key": key, "prints": item} for key, item in zip(parts[0::2], items)], complaints


main(read)
