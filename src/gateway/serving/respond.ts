import { Readable } from 'node:stream'
import type { Clock } from '../../effects.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import type { Flights } from '../fetching/flights.ts'
import { wordsFor } from '../fetching/retrieve.ts'
import type { Journal } from '../telling/journal.ts'
import type { GatewayRoute, SumdbRoute } from './route.ts'
import type { Reply } from './serve.ts'
import type { SumdbAnswer } from './sumdb.ts'

/** Answers go, and records each answer. */
export function openResponder(
  flights: Flights,
  askSumdb: (route: SumdbRoute) => Promise<SumdbAnswer>,
  journal: Journal,
  clock: Clock,
): (route: GatewayRoute) => Promise<Reply> {
  const answerModule = async (route: ModuleRoute): Promise<Reply> => {
    const askedMs = clock.now()
    const { retrieved, ahead, done } = await flights.ask(route)
    const found = retrieved.kind === 'found' ? retrieved : undefined
    const status = found !== undefined ? 200 : retrieved.kind === 'absent' ? 404 : 502
    journal.record({
      kind: 'served',
      target: route.target,
      status,
      bytes: found?.content.size ?? 0,
      ...journal.since(askedMs),
      from: found?.from,
      via: found?.via,
      proof: found?.proof,
      ahead,
    })
    if (found !== undefined) return { status: 200, size: found.content.size, stream: found.content.stream, done }
    done(false)
    return { status, text: wordsFor(retrieved) }
  }
  const answerSumdb = async (route: SumdbRoute): Promise<Reply> => {
    const askedMs = clock.now()
    const answer = await askSumdb(route)
    journal.record({
      kind: 'served',
      target: route.target,
      status: answer.status,
      bytes: 'body' in answer ? answer.body.length : 0,
      ...journal.since(askedMs),
      from: undefined,
      proof: undefined,
      ahead: false,
    })
    if (!('body' in answer)) return { status: answer.status, text: answer.words ?? 'the checksum database' }
    const { body } = answer
    return { status: 200, size: body.length, stream: () => Readable.from([body]), done: () => {} }
  }
  return route => (route.kind === 'sumdb' ? answerSumdb(route) : answerModule(route))
}
