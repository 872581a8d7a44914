import type { BuiltModule } from '../../../src/demo/modules.ts'
import { makeKey, makeLog, recordOf } from './log.ts'

/** A checksum database of one record, with a key of its own: what go needs to believe it. */
export interface TestDatabase {
  /** `name+hash+key`, as GOSUMDB takes it. */
  readonly verifierKey: string
  readonly head: string
  /** What it answers, by path below its URL. */
  readonly answers: ReadonlyMap<string, Buffer>
}

export function makeDatabase(
  name: string,
  module: Pick<BuiltModule, 'path' | 'version' | 'h1' | 'goModH1'>,
): TestDatabase {
  const log = makeLog([recordOf(module)], makeKey(name))
  const head = log.head(1)
  return {
    verifierKey: log.key.verifierKey,
    head,
    answers: new Map([
      ['/supported', Buffer.alloc(0)],
      ['/latest', Buffer.from(head)],
      [`/lookup/${module.path}@${module.version}`, Buffer.from(log.lookup(0, 1))],
      ['/tile/8/0/000.p/1', log.root(1)],
    ]),
  }
}
