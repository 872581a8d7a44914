import { dirname } from 'node:path'
import type { Clock, FileStat, Files, OpenFile } from '../effects.ts'
import { codeOf } from '../errors.ts'
import { objectPath } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'
import { faultOfRevInfo } from '../go/rev-info.ts'
import { readAhead } from '../go/zip.ts'
import type { ObjectKind } from '../objects/object.ts'
import { type Content, MAX_BYTES, verify } from '../objects/verify.ts'
import { isWithin } from '../places/within.ts'
import type { DamagedFile } from './damage-words.ts'

export interface DamageOptions {
  readonly gomodcache: string
  /** Line keys and hashes of go.sum. */
  readonly sums: ReadonlyMap<string, string>
  /** `path@version` of the modules that go named in its failure: their zips are hashed. */
  readonly suspects: readonly string[]
  /** Whether all other modules are looked at, too: their small files, and whether their zips have a directory. */
  readonly all: boolean
  /** Whether a zip, by its path below `cache/download`, was there before this download; no other is judged. */
  readonly wasThere: (target: string) => boolean
  /** Another go that holds a module's lock is waited for so long. */
  readonly lockMs: number
}

export interface DamageWorld {
  readonly files: Files
  readonly clock: Clock
}

/** Finds damaged files and removes them, so that go fetches them again. Right files are never touched. */
export async function removeDamaged(options: DamageOptions, world: DamageWorld): Promise<readonly DamagedFile[]> {
  const { gomodcache, suspects } = options
  const base = await world.files.realPath(gomodcache)
  const damaged: DamagedFile[] = []
  for (const file of base === undefined ? [] : filesOf(options)) {
    const path = downloadPath(gomodcache, file.target)
    const module = `${file.module.path}@${file.module.version}`
    const [seen] = await world.files.stat([path])
    if (seen === undefined) continue
    const what = await findFault({ ...file, path }, { ...options, hash: suspects.includes(module) }, world.files)
    if (what === undefined) continue
    const kept = await discard({ path, seen, lock: lockOf(path) }, base ?? '', options, world)
    damaged.push({ module, target: file.target, what, kept })
  }
  return damaged
}

type CacheKind = ObjectKind | 'ziphash'

interface JudgedFile {
  readonly module: ModuleVersion
  readonly kind: CacheKind
  readonly target: string
}

/** What go.sum has lines for, and what go named without one; the suspects first. */
function filesOf({ sums, suspects, all, wasThere }: DamageOptions): readonly JudgedFile[] {
  const files = [...sums.keys()].flatMap((key): readonly JudgedFile[] => {
    const [path = '', line = ''] = key.split(' ')
    const isGoMod = line.endsWith('/go.mod')
    const module = { path, version: isGoMod ? line.slice(0, -'/go.mod'.length) : line }
    return isGoMod ? placed(module, 'mod') : filesOfZip(module, wasThere, ['info', 'zip', 'ziphash'])
  })
  const isSuspect = ({ module }: JudgedFile) => suspects.includes(`${module.path}@${module.version}`)
  return [
    ...files.filter(isSuspect),
    ...suspects.flatMap(name => filesOfUnsummed(name, sums, wasThere)),
    ...(all ? files.filter(file => !isSuspect(file)) : []),
  ]
}

/** No hash is known of them, so they are damaged where they are no such files at all. */
function filesOfUnsummed(
  name: string,
  sums: ReadonlyMap<string, string>,
  wasThere: DamageOptions['wasThere'],
): readonly JudgedFile[] {
  const at = name.lastIndexOf('@')
  const module = { path: name.slice(0, at), version: name.slice(at + 1) }
  const lacks = (kind: 'zip' | 'mod') => !sums.has(sumKey(module, kind))
  return [
    ...(lacks('mod') ? filesOfZip(module, wasThere, ['mod']) : []),
    ...(lacks('zip') ? filesOfZip(module, wasThere, ['info', 'zip']) : []),
  ]
}

/** Of a module whose zip was there before. */
function filesOfZip(
  module: ModuleVersion,
  wasThere: DamageOptions['wasThere'],
  kinds: readonly CacheKind[],
): readonly JudgedFile[] {
  const zip = objectPath(module, 'zip')
  return zip === undefined || !wasThere(zip) ? [] : kinds.flatMap(kind => placed(module, kind))
}

function placed(module: ModuleVersion, kind: CacheKind): readonly JudgedFile[] {
  const target = kind === 'ziphash' ? objectPath(module, 'zip')?.concat('hash') : objectPath(module, kind)
  return target === undefined ? [] : [{ module, kind, target }]
}

/** Length of `h1:` and a SHA-256 in base64: go computes anew what is no hash (modfetch.isValidSum). */
const HASH_CHARACTERS = 47

/** @returns what is wrong, in plain words; undefined for what is right, what go mends itself, and what is no regular file */
async function findFault(
  { path, target, kind, module }: JudgedFile & { readonly path: string },
  { sums, hash }: Pick<DamageOptions, 'sums'> & { readonly hash: boolean },
  files: Files,
): Promise<string | undefined> {
  const opened = await files.open(path).catch(() => undefined)
  if (opened === undefined) return undefined
  try {
    if (kind === 'ziphash') return faultOfZipHash(await opened.read(0, 2 * HASH_CHARACTERS), module, sums)
    if (opened.size > MAX_BYTES[kind]) return 'it is too large'
    if (kind === 'info') return faultOfInfo((await opened.read(0, opened.size)).toString('utf8'), module)
    const verified = await verify({ kind, module, target }, contentOf(opened), sums, hash)
    return verified.ok ? undefined : verified.what
  } catch (error) {
    // A sector that cannot be read.
    return codeOf(error) === 'EIO' ? 'it cannot be read' : undefined
  } finally {
    await opened.close()
  }
}

function faultOfZipHash(bytes: Buffer, module: ModuleVersion, sums: ReadonlyMap<string, string>): string | undefined {
  const text = bytes.toString('latin1').trim()
  if (text.length !== HASH_CHARACTERS || text.includes('\0') || text === sums.get(sumKey(module, 'zip')))
    return undefined
  return 'it contradicts go.sum'
}

/** go fetches again what is not JSON, and believes what names another version. */
function faultOfInfo(text: string, { path, version }: ModuleVersion): string | undefined {
  const fault = faultOfRevInfo(text, path, version)
  return fault?.fault === 'meaning' ? fault.what : undefined
}

function contentOf(opened: OpenFile): Content {
  return { ...readAhead(opened), whole: () => opened.read(0, opened.size) }
}

/** The file that go locks while it writes those of a version. */
function lockOf(path: string): string {
  return path.replace(/\.\w+$/, '.lock')
}

const LOCK_LOOKS = 20

/**
 * Removes a file if it is still the one that was judged: under another name first, so that a file which another go has
 * put there meanwhile is seen, and put back. Nothing outside of the module cache is removed, wherever links lead.
 * @returns the system's code, `LOCKED` or `LEADS_OUT` when it stays; undefined when it is gone
 */
async function discard(
  file: { readonly path: string; readonly seen: FileStat; readonly lock: string },
  base: string,
  { lockMs }: DamageOptions,
  { files, clock }: DamageWorld,
): Promise<string | undefined> {
  const { path, seen, lock } = file
  const parent = await files.realPath(dirname(path))
  if (parent === undefined || !isWithin(parent, base)) return 'LEADS_OUT'
  for (let looks = 0; await files.isLocked(lock); looks++) {
    if (looks >= LOCK_LOOKS) return 'LOCKED'
    await clock.sleep(lockMs / LOCK_LOOKS)
  }
  // A name that go itself removes before it writes the file anew, should we be killed in between.
  const aside = `${path}go-proxy-setup.tmp`
  try {
    await files.move(path, aside)
    const [moved] = await files.stat([aside])
    if (moved !== undefined && !isSame(moved, seen)) await files.link(aside, path).catch(passIfThere)
    await files.remove(aside)
    return undefined
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : codeOf(error)
  }
}

function isSame(a: FileStat, b: FileStat): boolean {
  return a.bytes === b.bytes && a.modifiedMs === b.modifiedMs
}

/** Another go was faster. */
function passIfThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}
