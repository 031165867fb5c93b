"""bibtex with a style: BibTeX, by way of the references that it makes."""

import re

from common import file_of_tex, run, tex, tool

ITEM = re.compile(r"\\bibitem(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\])?\{([^}]*)\}")

SAID = re.compile(r"Warning|Repeated|I |.* is a missing field|.*---line")


def complaint(line):
    """The warning without the entry it is about."""
    return re.sub(r"(?: in|, for entry) \S+$", "", line)


def reader(style):
    def read(_, path):
        file_of_tex(f"{style}.bst")
        aux = path.with_suffix(".aux")
        aux.write_text(f"\\relax\n\\citation{{*}}\n\\bibdata{{{path.stem}}}\n\\bibstyle{{{style}}}\n")
        # Exit code 2: the style met an error in an entry and went on with the next.
        out, _ = run([tool("bibtex"), "-min-crossrefs=9", aux.name], path.parent, codes=(0, 2))
        said = [complaint(line) for line in out.splitlines() if SAID.match(line)]
        made = path.with_suffix(".bbl").read_bytes()
        text = made.decode("utf-8", errors="replace")
        if text.encode("utf-8") != made:
            said.append("cut a character into its bytes")
        parts = ITEM.split(text)[1:]
        items = zip(parts[0::2], parts[1::2])
        return [{"key": key, "prints": prints(item)} for key, item in items], said

    return read


def prints(item):
    """The reference as it will be typeset; the argument of `doi` and `url` is no TeX."""
    item = item.split("\\end{thebibliography}")[0]
    item = re.sub(r"%\n\s*", "", item)
    item = re.sub(r"\\(?:newblock|allowbreak)\b ?", " ", item)
    raw = re.findall(r"\\(?:doi|url)\{([^{}]*)\}", item)
    return tex(re.sub(r"\\(?:doi|url)\{[^{}]*\}", "", item)) + " " + " ".join(raw)
