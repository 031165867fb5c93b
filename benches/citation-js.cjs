// citation-js's nearest jobs, for compare.sh: node citation-js.cjs FROM TO FILE
'use strict'
const fs = require('fs')
const { library } = require('../tests/programs/common.cjs')
const { Cite } = library('@citation-js/core')
library('@citation-js/plugin-bibtex')

const INPUT = { bibtex: '@bibtex/text', 'csl-json': '@else/json' }
const OUTPUT = { bibtex: 'bibtex', 'csl-json': 'data' }
const [, , from, to, file] = process.argv
const cite = new Cite(fs.readFileSync(file, 'utf8'), { forceType: INPUT[from] })
process.stdout.write(cite.format(OUTPUT[to]))
