import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Authority, createAuthority } from '../__tests__/support/builders/certificates.ts'
import { NOT_HERE, openRow, ROWS, type Row } from '../__tests__/support/worlds/fault-matrix.ts'
import {
  type FaultWorld,
  MODULE_KINDS,
  type ModuleKind,
  openUpstream,
  REQUIRED,
  transportFor,
  worldOf,
} from '../__tests__/support/worlds/fault-world.ts'
import { gatewayFor, QUICK_GATEWAY, upstreamAt } from '../__tests__/support/worlds/gateway.ts'
import { goEnvironment, projectOf } from '../__tests__/support/worlds/project.ts'
import { root } from './root.ts'

/** go itself has no deadline: what has not ended by then is taken to hang. */
const HANGS_AFTER_MS = 15_000
/** Rows side by side: most of the time is waiting. */
const LANES = 4
const document = join(root, 'docs', 'faults.md')

type Outcome = 'works' | 'fails' | 'hangs'
type Way = 'plain go, `,`' | 'plain go, `|`' | 'through the gateway'
const WAYS: readonly Way[] = ['plain go, `,`', 'plain go, `|`', 'through the gateway']

/**
 * What becomes of `go mod download` when the first of two proxies fails in each way for one kind of file.
 * With `write` the table is put into docs/faults.md, else the one there is compared. @returns 1 when ours fails
 */
export async function main({ write }: { readonly write?: true }): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'faults-'))
  try {
    const authority = await createAuthority(directory)
    const rows = new Map<Row, string>()
    const left = ROWS.filter(({ not = {} }) => MODULE_KINDS.some(kind => !(kind in not)))
    const wanted = [...left]
    let ok = true
    const lane = async () => {
      for (let row = left.shift(); row !== undefined; row = left.shift()) {
        const cells = await cellsOf(row, worldOf(authority), authority)
        ok &&= cells.at(-1) === 'works'
        rows.set(row, `| ${row.name} | ${cells.join(' | ')} |`)
        console.log(rows.get(row))
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    const text = render(wanted.map(row => rows.get(row) ?? ''))
    if (write) writeFileSync(document, text)
    else if (readFileSync(document, 'utf8') !== text)
      console.log('docs/faults.md differs: npm run benchmark -- faults --write')
    return ok ? 0 : 1
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function render(rows: readonly string[]): string {
  const others = Object.entries(NOT_HERE).map(([fault, why]) => `- ${fault}: ${why}`)
  return `# What happens to a download when a proxy fails

Real \`go mod download\` with two proxies, of which the second is good and the first fails in one way: for one kind of file (\`.info\`, \`.mod\` or \`.zip\`) or as a whole. *hangs* means: not finished after ${HANGS_AFTER_MS / 1000} s. Made by \`npm run benchmark -- faults --write\`.

| the first of two proxies | ${WAYS.join(' | ')} |
| --- | --- | --- | --- |
${rows.join('\n')}

\`__tests__/gateway/faults.test.ts\` tests the last column. It also requests lists, \`@latest\` and the checksum database, and lets all proxies fail alike: then go gets our own error message within seconds, and no wrong byte reaches the module cache. \`__tests__/support/worlds/fault-matrix.ts\` says why it leaves out some kinds of files. Faults without a row:

${others.join('\n')}
`
}

/** For each way `works`, or by outcome the kinds that have it: `fails (.mod, .zip)`. */
async function cellsOf(row: Row, world: FaultWorld, authority: Authority): Promise<readonly string[]> {
  const kinds =
    row.open === undefined ? MODULE_KINDS.filter(kind => row.not?.[kind] === undefined) : MODULE_KINDS.slice(0, 1)
  const cells: string[] = []
  for (const way of WAYS) {
    const outcomes = await Promise.all(
      kinds.map(async kind => [kind, await play(onlyFor(row, kind), way, world, authority)] as const),
    )
    cells.push(summarize(outcomes))
  }
  return cells
}

/** The same row for one kind of file. */
function onlyFor({ fault, stream, open, ...row }: Row, kind: ModuleKind): Row {
  const others = Object.fromEntries(MODULE_KINDS.filter(one => one !== kind).map(one => [one, 'another time']))
  return {
    ...row,
    not: others,
    ...(fault && { fault }),
    ...(stream && {
      stream: request => (request.path.endsWith(`/${kind}/@v/v1.0.0.${kind}`) ? stream(request) : request.answer()),
    }),
    ...(open && { open }),
  }
}

async function play(row: Row, way: Way, world: FaultWorld, authority: Authority): Promise<Outcome> {
  const [bad, good] = [await openRow(row, world), await openUpstream(world)]
  const transport = transportFor(world, bad.env)
  const gateway =
    way === 'through the gateway'
      ? await gatewayFor(REQUIRED, [upstreamAt(bad.url, 'mirror'), upstreamAt(good.url)], {
          policy: QUICK_GATEWAY,
          transport,
        })
      : undefined
  const project = projectOf(REQUIRED)
  try {
    const goproxy = gateway?.url ?? `${bad.url}${way.includes('|') ? '|' : ','}${good.url}`
    const env = { ...bad.env, SSL_CERT_FILE: authority.file, SSL_CERT_DIR: '/nonexistent' }
    return await download(project.directory, goEnvironment(project, { ...env, GOPROXY: goproxy, GONOSUMDB: '*' }))
  } finally {
    await gateway?.stop()
    await transport.connections.close()
    await Promise.all([good.close(), bad.close()])
    project.remove()
  }
}

function download(cwd: string, env: Record<string, string>): Promise<Outcome> {
  return new Promise(resolve => {
    execFile('go', ['mod', 'download'], { cwd, env, timeout: HANGS_AFTER_MS, killSignal: 'SIGKILL' }, error => {
      resolve(error === null ? 'works' : error.killed ? 'hangs' : 'fails')
    })
  })
}

function summarize(outcomes: readonly (readonly [ModuleKind, Outcome])[]): string {
  const found = [...new Set(outcomes.map(([, outcome]) => outcome))]
  if (found.length === 1) return found[0] ?? ''
  return found
    .map(outcome => {
      const kinds = outcomes.filter(([, one]) => one === outcome).map(([kind]) => `.${kind}`)
      return `${outcome} (${kinds.join(', ')})`
    })
    .join(', ')
}
