// Takes pictures of the job summary, as GitHub renders it, and of the page, light and dark: `npm run pictures`. Each is of
// a real run of dist/ against servers on loopback, whose addresses are replaced by names. They are put below
// .cache/pictures/, with the reports that they are made of; `--kept` takes them anew from these reports, `--only a,b` takes
// some, and `--write` puts those that the documents show into docs/images/. Needs chromium or Chrome.
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { marked } from 'marked'
import markedAlert from 'marked-alert'
import { chromium } from 'playwright-core'
import { compile } from '../benchmarks/compile.mjs'
import { encodePalette } from './palette.mjs'

/** What the documents show: the picture's name, and how much of it from the top, in CSS pixels. */
const SHOWN = {
  'fast-summary-light': 890,
  'candidates-summary-dark': 800,
  'tampering-summary-light': 640,
  'failed-summary-dark': 420,
  'retries-summary-light': 760,
  'fast-page-light': 560,
}
/** Widths of a job's summary on GitHub, and of a window, in CSS pixels. */
const WIDTH = { summary: 980, page: 1200 }
/** Below 60 kB each, and clear where a README shows them. */
const SHOWN_SCALE = 1.25
const SHOWN_COLOURS = 32

/** A page of thousands of requests is as long as a book. */
const MOST_HEIGHT = 3_000
/** As the summary of a job links to it. */
const VERDICTS = 'https://github.com/org/go-proxy-setup/blob/v1/docs/verdicts.md'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const out = join(root, '.cache', 'pictures')
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, kept: { type: 'boolean' }, write: { type: 'boolean' } },
})

const built = compile(root)
const load = path => import(pathToFileURL(join(built, path)).href)
const { SCENES, play } = await load('benchmarks/pictures/scenes.js')
const { renderSummary } = await load('src/report/summary.js')
const { renderPage } = await load('src/report/page.js')

const wanted = options.only?.split(',')
const scenes = SCENES.filter(({ name }) => wanted === undefined || wanted.includes(name))
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND'],
})
try {
  for (const scene of scenes) {
    const reports = await reportsOf(scene)
    const summary = reports.map(report => renderSummary(report, VERDICTS)).join('\n')
    write(`${scene.name}.md`, summary)
    write(`${scene.name}-page.html`, renderPage(reports.at(-1)))
    for (const look of ['light', 'dark']) {
      write(`${scene.name}-summary-${look}.html`, likeGitHub(summary, look))
      await shoot(`${scene.name}-summary-${look}`, `${scene.name}-summary-${look}.html`, WIDTH.summary, look)
      await shoot(`${scene.name}-page-${look}`, `${scene.name}-page.html`, WIDTH.page, look)
    }
    console.log(`${scene.name}: ${scene.title}`)
  }
} finally {
  await browser.close()
}
console.log(`The pictures are in ${out}.`)

async function reportsOf(scene) {
  const path = join(out, `${scene.name}.json`)
  if (options.kept) return JSON.parse(readFileSync(path, 'utf8'))
  const reports = await play(scene, join(root, 'dist', 'index.js'))
  write(`${scene.name}.json`, JSON.stringify(reports))
  return reports
}

/** @param look light or dark */
async function shoot(name, file, width, look) {
  const shownHeight = options.write ? SHOWN[name] : undefined
  const context = await browser.newContext({
    viewport: { width, height: shownHeight ?? 800 },
    colorScheme: look,
    deviceScaleFactor: shownHeight === undefined ? 1 : SHOWN_SCALE,
  })
  try {
    const page = await context.newPage()
    await page.goto(pathToFileURL(join(out, file)).href)
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    const clip = { x: 0, y: 0, width, height: Math.min(height, shownHeight ?? MOST_HEIGHT) }
    const image = await page.screenshot({ clip, fullPage: true })
    writeFileSync(join(out, `${name}.png`), image)
    if (shownHeight === undefined) return
    const small = encodePalette(await pixelsOf(image, context), SHOWN_COLOURS)
    mkdirSync(join(root, 'docs', 'images'), { recursive: true })
    writeFileSync(join(root, 'docs', 'images', `${name}.png`), small)
    console.log(`docs/images/${name}.png: ${Math.round(small.length / 1000)} kB`)
  } finally {
    await context.close()
  }
}

/** The browser decodes its own picture. */
async function pixelsOf(image, context) {
  const page = await context.newPage()
  const { width, height, data } = await page.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const drawing = canvas.getContext('2d')
    drawing.drawImage(bitmap, 0, 0)
    const { data: pixels } = drawing.getImageData(0, 0, bitmap.width, bitmap.height)
    let text = ''
    for (let at = 0; at < pixels.length; at += 32_768) text += String.fromCharCode(...pixels.subarray(at, at + 32_768))
    return { width: bitmap.width, height: bitmap.height, data: btoa(text) }
  }, image.toString('base64'))
  return { width, height, rgba: Buffer.from(data, 'base64') }
}

function likeGitHub(markdown, look) {
  marked.use(markedAlert())
  const css = readFileSync(createRequire(import.meta.url).resolve(`github-markdown-css/github-markdown-${look}.css`))
  const [ground, line] = look === 'light' ? ['#ffffff', '#d1d9e0'] : ['#0d1117', '#3d444d']
  return `<!doctype html><meta charset="utf-8"><style>${css}
body{margin:0;padding:16px;background:${ground}}
.markdown-body{border:1px solid ${line};border-radius:6px;padding:16px}</style>
<article class="markdown-body">${marked.parse(markdown, { gfm: true })}</article>`
}

function write(name, text) {
  writeFileSync(join(out, name), text)
}

function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const paths = (process.env.PATH ?? '').split(delimiter).flatMap(directory => names.map(name => join(directory, name)))
  const found = paths.find(isExecutable)
  if (found === undefined) throw new Error(`There is none of ${names.join(', ')} in PATH.`)
  return found
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
