// citeproc-js: CSL-JSON, formatted with a style of ours that prints a field a line (fields.csl), so
// that what the processor understood can be read off.
'use strict'
const fs = require('fs')
const path = require('path')
const { library, otherTitle, emit } = require('./common.cjs')
const CSL = library('citeproc')
library('@citation-js/core')
const { plugins } = library('@citation-js/core')
library('@citation-js/plugin-csl')

const { locales } = plugins.config.get('@csl')
const style = fs.readFileSync(path.join(__dirname, 'fields.csl'), 'utf8')
const items = JSON.parse(fs.readFileSync(process.argv[3], 'utf8'))
const byId = new Map(items.map((item) => [item.id, item]))
const complaints = []
CSL.debug = (said) => complaints.push(String(said))

const engine = new CSL.Engine({ retrieveLocale: (lang) => locales.get(lang) || locales.get('en-US'), retrieveItem: (id) => byId.get(id) }, style)
engine.setOutputFormat('text')
engine.updateItems([...byId.keys()])
const [about, entries] = engine.makeBibliography()
for (const error of about.bibliography_errors) complaints.push(JSON.stringify(error))

/** `⟦name⟧value` for each field; authors stand between bars. */
function held (text, key) {
  const fields = { key }
  for (const [, name, value] of text.matchAll(/⟦([a-z-]+)⟧([^⟦]*)/g)) fields[name] = value.trim()
  fields['other-title'] = fields['other-title'] || otherTitle(fields.note)
  fields.authors = (fields.authors || '').split('¦').filter(Boolean).map((name) => ({ literal: name.trim() }))
  return fields
}
emit(entries.map((text, at) => held(text, about.entry_ids[at][0])), complaints)
