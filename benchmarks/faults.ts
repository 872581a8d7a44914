import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FAULTS, KINDS, type Kind } from '../__tests__/support/fault-matrix.ts'
import { faults, tampered } from '../__tests__/support/faults.ts'
import { gatewayFor, QUICK_GATEWAY, upstreamAt } from '../__tests__/support/gateway.ts'
import { goEnvironment, projectOf } from '../__tests__/support/project.ts'
import { buildModule } from '../src/demo/modules.ts'
import { type Fault, startProxy } from '../src/demo/proxy.ts'
import { root } from './step.ts'

const modules = Array.from({ length: 3 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
/** go itself has no deadline: what has not ended by then is taken to hang. */
const HANGS_AFTER_MS = 12_000
const document = join(root, 'docs', 'faults.md')

type Outcome = 'works' | 'fails' | 'hangs'
type Way = 'plain go, `,`' | 'plain go, `|`' | 'through the gateway'
const WAYS: readonly Way[] = ['plain go, `,`', 'plain go, `|`', 'through the gateway']

/**
 * What becomes of `go mod download` when the first of two proxies fails in each way for one kind of file.
 * `--write` puts the table into docs/faults.md; without it the table there is compared. @returns 1 when ours fails
 */
export async function main(args: readonly string[]): Promise<number> {
  const rows: string[] = []
  let ok = true
  const all = { ...FAULTS, 'another content of the right shape': wrongContent }
  for (const [name, faultOf] of Object.entries(all)) {
    const cells: string[] = []
    for (const way of WAYS) {
      const outcomes = await Promise.all(KINDS.map(async kind => [kind, await play(faultOf(kind), kind, way)] as const))
      ok &&= way !== 'through the gateway' || outcomes.every(([, outcome]) => outcome === 'works')
      cells.push(summarize(outcomes))
    }
    rows.push(`| ${name} | ${cells.join(' | ')} |`)
    console.log(rows.at(-1))
  }
  const table = [`| the first of two proxies | ${WAYS.join(' | ')} |`, '| --- | --- | --- | --- |', ...rows].join('\n')
  const text = `${HEAD}\n${table}\n`
  if (args.includes('--write')) writeFileSync(document, text)
  else if (readFileSync(document, 'utf8') !== text)
    console.log('docs/faults.md differs: npm run benchmark -- faults --write')
  return ok ? 0 : 1
}

const HEAD = `# What becomes of a download when a proxy fails

Real \`go mod download\` with two proxies, of which the second is good and the first fails in one way for one kind of file, \`.info\`, \`.mod\` or \`.zip\`; *hangs*: not ended after ${HANGS_AFTER_MS / 1000} s. Made by \`npm run benchmark -- faults --write\`; the third column is also held by \`__tests__/gateway/faults.test.ts\`.
`

/** As its maker could have published it, but not what go.sum says; of an `.info`, another version. */
function wrongContent(kind: Kind): Fault {
  const other = tampered(modules[0] as (typeof modules)[number])
  if (kind === 'info') return faults.send(Buffer.from('{"Version":"v9.9.9"}'))
  return faults.send(kind === 'mod' ? Buffer.from('module example.com/m0\n\ngo 1.20\n') : other.zip)
}

async function play(fault: Fault | 'closed', kind: Kind, way: Way): Promise<Outcome> {
  const good = await startProxy({ modules })
  const bad =
    fault === 'closed'
      ? { url: 'http://127.0.0.1:1', close: async () => {} }
      : await startProxy({
          modules,
          fault: request => (request.path.endsWith(`m0/@v/v1.0.0.${kind}`) ? fault : undefined),
        })
  const gateway =
    way === 'through the gateway'
      ? await gatewayFor(modules, [upstreamAt(bad.url, 'mirror'), upstreamAt(good.url)], { policy: QUICK_GATEWAY })
      : undefined
  const project = projectOf(modules)
  try {
    const goproxy = gateway?.url ?? `${bad.url}${way.includes('|') ? '|' : ','}${good.url}`
    return await download(project.directory, goEnvironment(project, { GOPROXY: goproxy, GONOSUMDB: '*' }))
  } finally {
    await gateway?.stop()
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

/** `works`, or by outcome the kinds that have it: `fails (.mod, .zip)`. */
function summarize(outcomes: readonly (readonly [Kind, Outcome])[]): string {
  const found = [...new Set(outcomes.map(([, outcome]) => outcome))]
  if (found.length === 1) return found[0] ?? ''
  return found
    .map(outcome => {
      const kinds = outcomes.filter(([, one]) => one === outcome).map(([kind]) => `.${kind}`)
      return `${outcome} (${kinds.join(', ')})`
    })
    .join(', ')
}
