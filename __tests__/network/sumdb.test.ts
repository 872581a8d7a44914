// Real network: the record of a Go toolchain, proven by sum.golang.org as the module proxy passes it on, a dozen small
// requests. Run by `npm run test:network`.
import { expect, test } from '@jest/globals'
import { failed, ok } from '../../src/errors.ts'
import { parseGosumdb } from '../../src/go/gosumdb.ts'
import { proveRecord } from '../../src/sumdb/prove.ts'
import { toolchainModule } from '../../src/toolchain/resolve.ts'

const BASE = 'https://proxy.golang.org/sumdb/sum.golang.org'
const module = toolchainModule('go1.26.7', { os: 'linux', arch: 'amd64' })

test('the record of go1.26.7 is in the tree that sum.golang.org has signed, and that tree is in a later one', async () => {
  const requests: string[] = []
  const reader = {
    read: async (path: string, signal: AbortSignal) => {
      requests.push(path)
      const response = await fetch(`${BASE}${path}`, { signal })
      if (response.ok) return ok(Buffer.from(await response.arrayBuffer()))
      return failed({ code: `HTTP_${response.status}`, message: path, hint: '' })
    },
  }
  const database = parseGosumdb('sum.golang.org')
  if (!database.ok || database.value.kind === 'off') throw new Error('the key is built in')
  const { verifierKey } = database.value
  const signal = AbortSignal.timeout(60_000)
  const proven = await proveRecord(reader, verifierKey, module, { signal })
  expect(proven).toMatchObject({
    ok: true,
    // What `go mod download -json golang.org/toolchain@v0.0.1-go1.26.7.linux-amd64` says.
    value: { h1: 'h1:BbG1DRIqH1ZVMRnQg/4M6jtOJjMFUusUjI+kXRBWqE8=' },
  })
  expect(requests.length).toBeLessThan(10)
  const latest = await (await fetch(`${BASE}/latest`, { signal })).text()
  const again = await proveRecord(reader, verifierKey, module, { signal, remembered: latest })
  expect(again).toMatchObject({ ok: true, value: { tree: { note: latest } } })
}, 120_000)
