import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** Who signs a checksum database. Source: golang.org/x/mod/sumdb/note. */
export interface SigningKey {
  readonly name: string
  /** `name+hash+key`, as GOSUMDB takes it. */
  readonly verifierKey: string
  readonly hash: Buffer
  readonly privateKey: KeyObject
}

export function makeKey(name: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.concat([Buffer.from([1]), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)])
  const hash = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4)
  return { name, hash, privateKey, verifierKey: `${name}+${hash.toString('hex')}+${key.toString('base64')}` }
}

/** `text` ends in a line break. */
export function signNote(text: string, ...keys: readonly SigningKey[]): string {
  const lines = keys.map(({ name, hash, privateKey }) => {
    const signature = Buffer.concat([hash, sign(null, Buffer.from(text), privateKey)])
    return `— ${name} ${signature.toString('base64')}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** A checksum database: an append-only log of records, which can be asked at any of its sizes. */
export interface TestLog {
  readonly key: SigningKey
  /** The root of its first records. */
  readonly root: (size: number) => Buffer
  /** The signed head of its first records. */
  readonly head: (size: number) => string
  /** The answer to a lookup of this record, with the head of that size. */
  readonly lookup: (id: number, size: number) => string
  /** What stands under `/tile/8/…`, of all of the log. */
  readonly tile: (path: string) => Buffer | undefined
}

/** Written after RFC 6962, 2.1, and golang.org/design/25530-sumdb, without the product's code. @param records go.sum lines */
export function makeLog(records: readonly string[], key: SigningKey): TestLog {
  /** `levels[k]`: the roots of all complete subtrees of 2^k leaves. */
  const levels: Buffer[][] = [records.map(record => digest(0, Buffer.from(record)))]
  for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? [])
    levels.push(Array.from({ length: below.length >> 1 }, (_, i) => digest(1, ...below.slice(2 * i, 2 * i + 2))))
  const rootOf = (start: number, size: number): Buffer => {
    if (size === 0) return createHash('sha256').digest()
    const level = 31 - Math.clz32(size)
    const left = levels[level]?.[start / 2 ** level] as Buffer
    const rest = size - 2 ** level
    return rest === 0 ? left : digest(1, left, rootOf(start + 2 ** level, rest))
  }
  const root = (size: number) => rootOf(0, size)
  const head = (size: number) => signNote(headText(size, root(size)), key)
  return {
    key,
    root,
    head,
    lookup: (id, size) => `${id}\n${records[id]}\n${head(size)}`,
    tile: path => {
      const [, level = '', number = '', width = '256'] = /^\/tile\/8\/(\d+)\/([x\d/]+)(?:\.p\/(\d+))?$/.exec(path) ?? []
      const start = Number(number.replace(/[x/]/g, '')) * 256
      const hashes = (levels[8 * Number(level)] ?? []).slice(start, start + Number(width))
      return number !== '' && hashes.length === Number(width) ? Buffer.concat(hashes) : undefined
    },
  }
}

export function headText(size: number, root: Buffer): string {
  return `go.sum database tree\n${size}\n${root.toString('base64')}\n`
}

export function digest(kind: 0 | 1, ...parts: readonly Buffer[]): Buffer {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from([kind]), ...parts]))
    .digest()
}

/** What the database records of a module. */
export function recordOf(module: {
  readonly path: string
  readonly version: string
  readonly h1: string
  readonly goModH1: string
}): string {
  const { path, version, h1, goModH1 } = module
  return `${path} ${version} ${h1}\n${path} ${version}/go.mod ${goModH1}\n`
}
