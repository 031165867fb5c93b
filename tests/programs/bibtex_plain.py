"""bibtex with plain.bst."""

from bibtex import reader
from common import main

main(reader("plain"))
