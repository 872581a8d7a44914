import { createHash } from 'node:crypto'
import type { Action } from '../../../src/build-cache/entry.ts'

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The file that go keeps of an action. */
export function actionFile({ id, output, bytes, madeMs }: Action): Buffer {
  const time = BigInt(madeMs) * 1_000_000n
  return Buffer.from(`v1 ${id} ${output} ${String(bytes).padStart(20)} ${String(time).padStart(20)}\n`)
}

/** An action and an output, both named after `name`. */
export function actionOf(name: string, bytes: number, madeMs: number): Action {
  return { id: hashOf(`action ${name}`), output: hashOf(`output ${name}`), bytes, madeMs }
}
