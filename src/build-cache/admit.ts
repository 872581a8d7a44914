import { type Action, entryName, parseAction } from './entry.ts'

/** A file of an archive that does not get into GOCACHE, and why, in plain words. */
export interface DroppedEntry {
  readonly name: string
  readonly what: string
}

/** More than this are no accident: then nothing of the archive is used. */
export const MAX_DROPPED = 100

export interface AdmittedActions {
  readonly actions: readonly Action[]
  readonly dropped: readonly DroppedEntry[]
}

/**
 * The actions of an archive that go may find: each must be in go's form and name an output whose content was verified.
 * Whether an action has that output, only the job knows that wrote the entry.
 * @param actions content by id  @param outputs sizes of those that are what their name says
 */
export function admitActions(
  actions: ReadonlyMap<string, Uint8Array>,
  outputs: ReadonlyMap<string, number>,
): AdmittedActions {
  const admitted: Action[] = []
  const dropped: DroppedEntry[] = []
  for (const [id, content] of actions) {
    const action = parseAction(content, id)
    const what = action === undefined ? 'it is not in go’s form' : whyNot(action, outputs)
    if (action !== undefined && what === undefined) admitted.push(action)
    else dropped.push({ name: entryName({ kind: 'action', hash: id }), what: what ?? '' })
  }
  return { actions: admitted, dropped }
}

function whyNot({ output, bytes }: Action, outputs: ReadonlyMap<string, number>): string | undefined {
  const there = outputs.get(output)
  if (there === undefined) return 'its output is not there'
  return there === bytes ? undefined : `its output has ${there} bytes instead of ${bytes}`
}
