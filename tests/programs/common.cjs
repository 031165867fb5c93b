// What the adapters in JavaScript share: see README.md for what an adapter prints.
'use strict'
const path = require('path')

/** The package that .ci/programs installed; exit code 77 where it is not. */
exports.library = function (name) {
  const tools = process.env.BIBILINGUAL_TOOLS || 'target/programs'
  try {
    return require(require.resolve(name, { paths: [path.resolve(tools, 'node')] }))
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
    process.stderr.write(`the npm package ${name}\n`)
    return process.exit(77)
  }
}

/** The record of a CSL item. */
exports.record = function (item, keyed) {
  const parts = item.issued && item.issued['date-parts']
  const text = (value) => value === undefined ? undefined : plain(String(value))
  return {
    key: keyed ? item.id : undefined,
    title: text(item.title),
    'other-title': text(item['original-title']) || otherTitle(item.note),
    journal: text(item['container-title']),
    volume: text(item.volume),
    issue: text(item.issue),
    pages: text(item.page),
    number: text(item.number),
    doi: item.DOI,
    date: parts ? parts[0].map((part) => String(part).padStart(2, '0')).join('-') : undefined,
    authors: item.author || []
  }
}

/** The other title in a note, as our RIS and CSL-JSON have it there. */
function otherTitle (note) {
  const found = /(?:titleTranslation|(?:Translated|Original) title \(\w+\)): (.*)/.exec(note || '')
  return found ? found[1] : undefined
}
exports.otherTitle = otherTitle

function plain (text) {
  return text.replace(/<\/?(?:i|b|sub|sup|sc|span)(?: [^>]*)?>/g, '')
}

exports.emit = function (records, complaints) {
  process.stdout.write(JSON.stringify({ records, complaints: [...new Set(complaints)].sort() }))
}
