import { failed, ok, type Problem, type Result } from '../errors.ts'
import { escapeModulePath, escapeVersion } from '../go/escape.ts'
import { type DatabaseRecord, findHashes, parseRecord } from '../go/gosumdb.ts'
import type { ModuleVersion } from '../go/module.ts'
import { parseVerifierKey } from '../go/note.ts'
import { type ReadTile, readHashes } from './hashes.ts'
import { hashLeaf, hashPeaks, peaksOf } from './tile.ts'
import { readSignedTree, type SignedTree } from './tree.ts'

/** Asks the checksum database, or a proxy that passes its answers on. */
export interface SumdbReader {
  /** @param path below the database's URL: `/lookup/…`, `/tile/8/…`. More than `MAX_ANSWER_BYTES` need not be read. */
  read(path: string, signal: AbortSignal): Promise<Result<Buffer>>
}

/** A lookup has less than 2 kB, a full tile 8. */
export const MAX_ANSWER_BYTES = 64 << 10

export interface ProofOptions {
  readonly signal: AbortSignal
  /** The note of the tree head that was believed last, here or by go: the database must stand by it. */
  readonly remembered?: string | undefined
}

export interface ProvenRecord {
  readonly h1: string
  readonly goModH1: string
  /** The newest head that is believed now, for the next time. */
  readonly tree: SignedTree
}

/**
 * What the checksum database has recorded of a module, proven as go proves it: the tree's head is signed, the record is
 * in the tree by the hashes of its tiles, and the tree and the remembered one are one log at two times.
 *
 * A proxy that passes the answers on can only keep them back. The database itself could show this machine a tree that others
 * do not see; without a remembered head that goes unnoticed, here as in go.
 *
 * Problems: `SUMDB_LOOKUP` (no such answer), `SUMDB_PROOF` (the record is not in the signed tree), `SUMDB_FORK` (two signed
 * heads contradict each other), `SUMDB_REMEMBERED`, and those of the reader.
 * Source: golang.org/x/mod/sumdb (Client.Lookup), RFC 6962.
 */
export async function proveRecord(
  reader: SumdbReader,
  verifierKey: string,
  module: ModuleVersion,
  options: ProofOptions,
): Promise<Result<ProvenRecord>> {
  const subject: Subject = { database: parseVerifierKey(verifierKey)?.name ?? 'no database', module }
  const read: ReadTile = path => readBounded(path, reader, options.signal, subject)
  const record = await lookUp(subject, read)
  if (!record.ok) return record
  const tree = readSignedTree(record.value.note, verifierKey)
  if (tree === undefined) return failed(lookupProblem(subject, 'its tree head is not signed by that database'))
  const heads = orderHeads(tree, verifierKey, options.remembered, subject)
  if (!heads.ok) return heads
  const fault = await contradiction(record.value, heads.value, subject, read)
  if (fault !== undefined) return failed(...fault)
  const found = findHashes(record.value.text, module)
  if (found === undefined) return failed(lookupProblem(subject, 'it is about another module'))
  if (!isH1(found.zip) || !isH1(found.mod)) return failed(lookupProblem(subject, 'it has no valid h1 hashes'))
  return ok({ h1: found.zip, goModH1: found.mod, tree: heads.value.newer })
}

interface Subject {
  readonly database: string
  readonly module: ModuleVersion
}

async function lookUp(subject: Subject, read: ReadTile): Promise<Result<DatabaseRecord>> {
  const [path, version] = [escapeModulePath(subject.module.path), escapeVersion(subject.module.version)]
  if (path === undefined || version === undefined)
    return failed(lookupProblem(subject, 'no module has such a name or version'))
  const answer = await read(`/lookup/${path}@${version}`)
  if (!answer.ok) return answer
  const body = answer.value.toString('utf8')
  // Bytes that are no UTF-8 are no record.
  const record = Buffer.from(body).equals(answer.value) ? parseRecord(body) : undefined
  return record === undefined ? failed(lookupProblem(subject, 'it is not in the form of one')) : ok(record)
}

async function readBounded(path: string, reader: SumdbReader, signal: AbortSignal, subject: Subject) {
  const answer = await reader.read(path, signal)
  return answer.ok && answer.value.length > MAX_ANSWER_BYTES ? failed(lookupProblem(subject, 'it is too long')) : answer
}

interface Heads {
  readonly older: SignedTree
  readonly newer: SignedTree
}

/** As by go: the record counts in the newest tree that was ever believed, and the other one must be its beginning. */
function orderHeads(
  tree: SignedTree,
  verifierKey: string,
  remembered: string | undefined,
  subject: Subject,
): Result<Heads> {
  if (remembered === undefined || remembered === '') return ok({ older: tree, newer: tree })
  const known = readSignedTree(remembered, verifierKey)
  if (known === undefined) return failed(rememberedProblem(subject))
  return ok(tree.size > known.size ? { older: known, newer: tree } : { older: tree, newer: known })
}

/** undefined when the record is in the newer tree, and the older one is its beginning. */
async function contradiction(
  { id, text }: DatabaseRecord,
  { older, newer }: Heads,
  subject: Subject,
  read: ReadTile,
): Promise<readonly Problem[] | undefined> {
  if (id >= newer.size)
    return [proofProblem(subject, `it says that it is number ${id} in a tree of ${newer.size}, which counts from 0`)]
  const isSame = older.hash === newer.hash && older.size === newer.size
  if (older.size === newer.size && !isSame) return [forkProblem(subject, older, newer)]
  const peaks = isSame ? [] : peaksOf(older.size)
  const hashes = await readHashes(newer, [{ level: 0, index: id }, ...peaks], read)
  if (!hashes.ok)
    return hashes.why === 'unread'
      ? hashes.problems
      : [proofProblem(subject, 'the tiles do not make up the signed tree')]
  const [leaf, ...rest] = hashes.value
  if (!isSame && hashPeaks(rest).toString('base64') !== older.hash) return [forkProblem(subject, older, newer)]
  return leaf?.equals(hashLeaf(text)) ? undefined : [proofProblem(subject, 'the tree has another record in its place')]
}

function isH1(text: string): boolean {
  return /^h1:[A-Za-z0-9+/]{43}=$/.test(text)
}

function nameOf({ path, version }: ModuleVersion): string {
  return `${path}@${version}`
}

function lookupProblem({ database, module }: Subject, what: string): Problem {
  return {
    code: 'SUMDB_LOOKUP',
    message: `The answer about ${nameOf(module)} is not a valid record of the checksum database ${database}: ${what}.`,
    hint: 'A login page or a proxy may have answered in its place. Ask another proxy, or the database itself.',
  }
}

function proofProblem({ database, module }: Subject, what: string): Problem {
  return {
    code: 'SUMDB_PROOF',
    message: `The record of ${nameOf(module)} is not in the tree that the checksum database ${database} has signed: ${what}.`,
    hint: 'The record or the tiles were changed on the way. Ask another proxy, or the database itself.',
  }
}

function forkProblem({ database }: Subject, older: SignedTree, newer: SignedTree): Problem {
  return {
    code: 'SUMDB_FORK',
    message: `The checksum database ${database} contradicts itself: what it signed as its first ${older.size} records and as its first ${newer.size} does not agree.`,
    hint: 'It shows different records to different users, or its key is in other hands. Report both tree heads to its operator; for sum.golang.org see go.dev/security.',
  }
}

function rememberedProblem({ database }: Subject): Problem {
  return {
    code: 'SUMDB_REMEMBERED',
    message: `The tree head that this machine remembers of the checksum database ${database} is not signed by it.`,
    hint: `The file GOPATH/pkg/sumdb/${database}/latest is damaged or belongs to another database: remove it.`,
  }
}
