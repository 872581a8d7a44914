import { dirname } from 'node:path'
import type { Files } from '../effects.ts'
import { bareOf, type MarkedText, parseMarked, splitLines } from '../environment/written/block.ts'
import { findLineChanges, type LineChange } from '../environment/written/difference.ts'
import { fromBytes } from '../environment/written/forms.ts'
import type { WrittenPlace } from '../environment/written/target.ts'
import { failed, ok, type Problem, type Result, whyNotWritten } from '../errors.ts'

/** A file that settings are written to, as it is. */
export interface Marked {
  /** Which of the place's files it is. */
  readonly file: string
  readonly isThere: boolean
  /** One character a byte. */
  readonly text: string
  /** undefined: nothing of ours is in it. */
  readonly marked: MarkedText | undefined
}

/** What became of it. */
export interface ChangedFile {
  readonly file: string
  readonly changed: boolean
  /** Whether it is there now. */
  readonly exists: boolean
  readonly lines: readonly LineChange[]
  /** Lines between our marks that were the user's by now. */
  readonly kept: readonly string[]
  /** Lines behind ours. */
  readonly below: readonly { readonly line: number; readonly text: string }[]
}

/** Far more than any file of settings. */
const MOST_BYTES = 1 << 20

export async function readMarked(place: WrittenPlace, files: Files): Promise<Result<Marked>> {
  const file = await findFile(place, files)
  const fault = (why: string, hint: string) => failed(notWritten(place, file, why, hint))
  try {
    const kind = await files.kind(file)
    if (kind === 'directory') return fault('it is a directory', 'Name a file.')
    if (kind === 'other') return fault('it is not a regular file', 'Use --format for what another program reads.')
    if (!place.makesDirectory && (await files.kind(dirname(file))) !== 'directory')
      return fault('there is no such directory', 'Make it, or name another file.')
    if (!(await files.isWritable(file)))
      return fault('this user may not write to it', 'Change its permissions, or name another target.')
    const [stat] = await files.stat([file])
    if ((stat?.bytes ?? 0) > MOST_BYTES) return fault('it has more than 1 MiB', 'Is it the right file?')
    const bytes = await files.read(file)
    const text = bytes?.toString('latin1') ?? ''
    // Windows PowerShell's `>` writes UTF-16.
    if (/^(\xff\xfe|\xfe\xff)|\0/.test(text))
      return fault('it is not UTF-8 text', 'Save it as UTF-8, in which its readers expect it.')
    const marked = parseMarked(text)
    if (marked !== undefined && !('without' in marked)) return failed(brokenMarks(file, marked.lines))
    return ok({ file, isThere: bytes !== undefined, text, marked })
  } catch (error) {
    return fault(whyNotWritten(error), 'Name a file that this user may read and write.')
  }
}

async function findFile({ files: paths }: WrittenPlace, files: Files): Promise<string> {
  const [last = ''] = paths.slice(-1)
  for (const path of paths) if ((await files.kind(path)) !== undefined) return path
  return last
}

/** Another program may write the file between our reading and writing; then it is read again. */
const TRIES = 3

/** Changes the file as a whole, or not at all. @param change its text as it will be, from what it is */
export async function changeFile(
  place: WrittenPlace,
  files: Files,
  change: (current: Marked) => Result<string>,
): Promise<Result<ChangedFile>> {
  for (let tries = 1; ; tries++) {
    const read = await readMarked(place, files)
    if (!read.ok) return read
    const { file, text, isThere, marked } = read.value
    const changed = change(read.value)
    if (!changed.ok) return changed
    const after = changed.value
    const again = await readMarked(place, files)
    if (!again.ok) return again
    if (again.value.text !== text) {
      if (tries < TRIES) continue
      return failed(notWritten(place, file, 'another program keeps changing it', 'Run it again when that has ended.'))
    }
    const vanishes = after === '' && marked?.isNew === true
    const isSame = after === text && !vanishes
    if (!isSame) {
      const problem = await put(place, file, vanishes ? undefined : after, files)
      if (problem !== undefined) return failed(problem)
    }
    const exists = isSame ? isThere : !vanishes
    return ok({
      file,
      changed: !isSame,
      exists,
      lines: linesOf(text, after),
      kept: keptOf(marked),
      below: behind(after),
    })
  }
}

function keptOf(marked: MarkedText | undefined): readonly string[] {
  return (marked?.kept ?? []).map(fromBytes)
}

function linesOf(before: string, after: string): readonly LineChange[] {
  return findLineChanges(before, after).map(({ line, removed, added }) => ({
    line,
    ...(removed === undefined ? {} : { removed: fromBytes(removed) }),
    ...(added === undefined ? {} : { added: fromBytes(added) }),
  }))
}

function behind(text: string): ChangedFile['below'] {
  const lines = splitLines(text).map(bareOf)
  const marked = parseMarked(text)
  if (marked === undefined || !('without' in marked)) return []
  const behindOurs = splitLines(marked.without).length - marked.position
  return lines.map((line, i) => ({ line: i + 1, text: fromBytes(line) })).slice(lines.length - behindOurs)
}

/** @param text undefined: the file goes, for it was made for ours and has nothing else */
async function put(
  place: WrittenPlace,
  file: string,
  text: string | undefined,
  files: Files,
): Promise<Problem | undefined> {
  try {
    // A link stays, and its target goes.
    if (text === undefined) await files.remove((await files.realPath(file)) ?? file)
    else {
      if (place.makesDirectory) await files.makeDirectory(dirname(file))
      await files.deliver(file, Buffer.from(text, 'latin1'))
    }
    return undefined
  } catch (error) {
    return notWritten(place, file, whyNotWritten(error), 'Name a file in a directory that this user may write to.')
  }
}

function notWritten({ name }: WrittenPlace, file: string, why: string, hint: string): Problem {
  return { code: 'ENV_WRITE_FILE', message: `${name}: ${file} cannot be changed: ${why}.`, hint }
}

function brokenMarks(file: string, lines: readonly number[]): Problem {
  return {
    code: 'ENV_WRITE_MARKS',
    message: `${file}: the marks of go-proxy-setup in line${lines.length === 1 ? '' : 's'} ${lines.slice(0, 20).join(', ')} do not belong together. Nothing was changed.`,
    hint: 'Remove these lines and the settings between them by hand, and run it again.',
  }
}
