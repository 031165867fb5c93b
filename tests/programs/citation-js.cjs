// citation-js: all of our formats. The format is named: left to guess, it takes a RIS file with
// `@article{` in a title for BibTeX.
'use strict'
const fs = require('fs')
const { library, record, emit } = require('./common.cjs')
const { Cite, logger } = library('@citation-js/core')
library('@citation-js/plugin-bibtex')
library('@citation-js/plugin-ris')

const TYPES = { bibtex: '@bibtex/text', biblatex: '@biblatex/text', ris: '@ris/file', 'csl-json': '@else/json' }
const [, , format, file] = process.argv
const complaints = []
if (logger) logger._console = { log () {}, warn: (...said) => complaints.push(said.join(' ')), error: (...said) => complaints.push(said.join(' ')) }
const { data } = new Cite(fs.readFileSync(file, 'utf8'), { forceType: TYPES[format] })
emit(data.map((item) => record(item, format !== 'ris')), complaints)
