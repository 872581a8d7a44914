// Bundles what the page of a report needs in a browser (src/browser/) into src/report/page/assets.json, from which
// `renderPage` takes it. The file is committed, so that tests and the bundle of the program read it without a build of its
// own. `--check` writes nothing and exits with 1 where it is old. Runs in the repository's root.
import { readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const PATH = 'src/report/page/assets.json'

const [script, style] = await Promise.all(['src/browser/page.ts', 'src/browser/page.css'].map(bundle))
const assets = `${JSON.stringify({ script, style }, null, 2)}\n`
if (!process.argv.includes('--check')) writeFileSync(PATH, assets)
else if (readFileSync(PATH, 'utf8') !== assets) {
  console.error(`${PATH} is not what src/browser/ builds; run npm run build.`)
  process.exitCode = 1
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'iife',
    // Browsers of the last three years.
    target: ['chrome111', 'firefox113', 'safari16.4'],
    charset: 'ascii',
    legalComments: 'none',
    write: false,
  })
  const [{ text }] = outputFiles
  // Within HTML it would end the element.
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${entry}: its bundle has ${RegExp.lastMatch}`)
  // In a literal, for it is no code: a runner obeys it anywhere in a line of a log, where a page may be printed.
  return text.trim().replaceAll('##[', '#\\x23[')
}
