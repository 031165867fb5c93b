"""bibtex with gbt7714-numerical.bst."""

from bibtex import reader
from common import main

main(reader("gbt7714-numerical"))
