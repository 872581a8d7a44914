import { objectPath } from '../../go/escape.ts'
import type { ModuleVersion } from '../../go/module.ts'
import { describeOutcome } from '../../upstream/outcome.ts'
import { type Asked, type GatewayEvent, senderOf } from './events.ts'

/** What a place said when it was asked for a module, in plain words. */
export interface PlaceAnswer {
  /** The proxy's URL without its password, or the host. */
  readonly name: string
  readonly answer: string
  /** It says that it does not have the module. */
  readonly absent: boolean
}

/** What each upstream answered last when it was asked for a file of this module; only what was no success. */
export function answersFor(module: ModuleVersion, events: readonly GatewayEvent[]): readonly PlaceAnswer[] {
  const prefix = objectPath(module, 'zip')?.replace(/zip$/, '')
  if (prefix === undefined) return []
  const last = new Map<string, PlaceAnswer | undefined>()
  for (const event of events) {
    if (!('target' in event) || !event.target.startsWith(prefix)) continue
    if (event.kind === 'asked' && event.outcome !== 'stopped') last.set(event.upstream.name, answerOf(event))
    if (event.kind === 'rejected')
      last.set(senderOf(event), {
        name: senderOf(event),
        answer: `it sent wrong content: ${event.what.replace(/^The/, 'the').replace(/\.$/, '')}`,
        absent: false,
      })
  }
  return [...last.values()].filter(answer => answer !== undefined)
}

function answerOf({ upstream, outcome, status, reason }: Asked): PlaceAnswer | undefined {
  if (outcome === 'found') return undefined
  return { name: upstream.name, answer: reason ?? describeOutcome(outcome, status), absent: outcome === 'absent' }
}
