import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { BuiltModule } from '../../../src/demo/modules.ts'

/** A checksum database of one record, with a key of its own: what go needs to believe it. */
export interface TestDatabase {
  /** `name+hash+key`, as GOSUMDB takes it. */
  readonly verifierKey: string
  readonly head: string
  /** What it answers, by path below its URL. */
  readonly answers: ReadonlyMap<string, Buffer>
}

/** Source: golang.org/x/mod/sumdb/note, RFC 6962 (the hash of a tree of one leaf is the leaf's). */
export function makeDatabase(
  name: string,
  module: Pick<BuiltModule, 'path' | 'version' | 'h1' | 'goModH1'>,
): TestDatabase {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.concat([Buffer.from([1]), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)])
  const hash = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4)
  const { path, version, h1, goModH1 } = module
  const record = `${path} ${version} ${h1}\n${path} ${version}/go.mod ${goModH1}\n`
  const leaf = createHash('sha256')
    .update(Buffer.from([0]))
    .update(record)
    .digest()
  const text = `go.sum database tree\n1\n${leaf.toString('base64')}\n`
  const signature = Buffer.concat([hash, sign(null, Buffer.from(text), privateKey)]).toString('base64')
  const head = `${text}\n— ${name} ${signature}\n`
  return {
    verifierKey: `${name}+${hash.toString('hex')}+${key.toString('base64')}`,
    head,
    answers: new Map([
      ['/supported', Buffer.alloc(0)],
      ['/latest', Buffer.from(head)],
      [`/lookup/${path}@${version}`, Buffer.from(`0\n${record}\n${head}`)],
      ['/tile/8/0/000.p/1', leaf],
    ]),
  }
}
