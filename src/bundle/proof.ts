import { failed, ok, type Problem } from '../errors.ts'
import { OFFICIAL_SUMDB, parseGosumdb } from '../go/gosumdb.ts'
import { proveRecord } from '../sumdb/prove.ts'
import { type BundledGo, proofName } from './members.ts'

/**
 * Why the checksum database does not vouch for the Go in a bundle, by the answers that are in there; undefined: it does.
 * They are signed, so they cannot have been changed on the way, and no network is needed.
 * @param gosumdb whose key is trusted; `off` is about asking it, and what is asked here is a file
 */
export async function findUnproven(
  go: BundledGo,
  gosumdb: string,
  read: (name: string) => Promise<Buffer | undefined>,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  const given = parseGosumdb(gosumdb)
  if (!given.ok) return given.problems[0]
  const database = given.value.kind === 'off' ? parseGosumdb(OFFICIAL_SUMDB) : given
  if (!database.ok || database.value.kind === 'off') return undefined
  const { name, verifierKey } = database.value
  const reader = {
    async read(path: string) {
      const answer = await read(proofName(name, path))
      return answer === undefined ? failed(notKept(name, path)) : ok(answer)
    },
  }
  const proven = await proveRecord(reader, verifierKey, go.module, { signal })
  if (!proven.ok) return unproven(go, name, proven.problems[0]?.message ?? 'it is not in it')
  if (proven.value.h1 === go.h1) return undefined
  return unproven(go, name, `the database has ${proven.value.h1}, and the bundle ${go.h1}`)
}

function notKept(database: string, path: string): Problem {
  return { code: 'BUNDLE_PROOF', message: `the bundle has no answer of ${database} to ${path}`, hint: '' }
}

function unproven({ version }: BundledGo, database: string, what: string): Problem {
  return {
    code: 'BUNDLE_GO_UNPROVEN',
    message: `Nothing proves the Go ${version.slice(2)} in the bundle: ${what.replace(/\.$/, '')}.`,
    hint: `Nothing of it was used. The database is ${database}, from GOSUMDB; if the bundle was made with another one, set GOSUMDB to its name and key.`,
  }
}
