import type { Candidate } from '../../candidates/candidate.ts'
import { objectPath, parseObjectPath } from '../../go/escape.ts'
import type { ModuleVersion } from '../../go/module.ts'
import { MAX_BYTES } from '../../objects/verify.ts'
import { headMs, type OutcomeKind } from '../../upstream/outcome.ts'
import type { GatewayEvent, WarmedFigures } from '../telling/events.ts'
import type { RetrievalWorld } from './world.ts'

/**
 * Cold proxies get what came from elsewhere: each is asked for one small file of a module, a few modules at a time, and
 * has to fetch the module for it. No request of go waits for that, and the gateway's end ends it.
 */
export interface Warming {
  /**
   * From now on the cold proxies are asked.
   * @param cold those that are known to be cold by now
   * @param modules what they lack, beside what comes from elsewhere
   */
  begin(cold: () => readonly Candidate[], modules?: readonly ModuleVersion[]): void
  /** Something happened in the gateway. */
  note(event: GatewayEvent): void
  figures(): readonly WarmedFigures[]
  /** Modules that some cold proxy still lacks, as far as is known. */
  left(): readonly ModuleVersion[]
  /** Resolves when no request is under way any more. */
  settled(): Promise<void>
}

/** Modules that one proxy fetches at a time for our sake: about as many as the go of a small machine makes it fetch. */
const AT_ONCE = 4
/** A proxy that gives nothing so many times in a row is left alone. */
const GIVES_UP_AFTER = 3
/** It has too much to do already. */
const BUSY: ReadonlySet<OutcomeKind> = new Set(['limited', 'server error'])

/** Files of a version, and not of a branch that a query names. */
const IS_FIXED = /\.(mod|zip)$/

/** What is known of one cold proxy. */
interface ColdState {
  /** Keys of modules. */
  readonly asked: Set<string>
  readonly has: Set<string>
  /** How many of them it has because it was asked here. */
  warmed: number
  inFlight: number
  failuresInARow: number
  isLeftAlone: boolean
}

type World = Pick<RetrievalWorld, 'clock' | 'deadlines' | 'fetch' | 'journal' | 'mayAsk' | 'pool' | 'signal'>

/** In one piece: a table of cold proxies, and all that changes it. */
export function openWarming(world: World): Warming {
  const { deadlines, fetch, journal, mayAsk, pool, signal } = world
  const modules = new Map<string, ModuleVersion>()
  const states = new Map<Candidate, ColdState>()
  const underWay = new Set<Promise<void>>()
  /** What came, and is not in `modules` yet: most gateways have no cold proxy. */
  const unread: { readonly from: string; readonly target: string }[] = []
  let cold: () => readonly Candidate[] = () => []

  const stateOf = (upstream: Candidate): ColdState => {
    const state = states.get(upstream) ?? newState()
    states.set(upstream, state)
    return state
  }

  const ask = async (upstream: Candidate, state: ColdState, key: string, target: string) => {
    state.inFlight++
    state.asked.add(key)
    const sentMs = world.clock.now()
    const { kind, status, bytes, timings } = await fetch(upstream, target, {
      // It fetches now.
      deadlines: { ...deadlines, sendMs: deadlines.headMs, headMs: deadlines.totalMs },
      maxBytes: MAX_BYTES.mod,
      publicUpstream: upstream.trust !== 'own',
      openBody: () => ({ write: () => {} }),
      signal,
    })
    state.inFlight--
    if (kind === 'found') {
      state.has.add(key)
      state.warmed++
    }
    state.failuresInARow = kind === 'found' ? 0 : state.failuresInARow + 1
    state.isLeftAlone ||= BUSY.has(kind) || state.failuresInARow >= GIVES_UP_AFTER
    const took = { ...journal.since(sentMs), firstByteMs: headMs(timings) }
    journal.record({ kind: 'warmed', target, upstream, outcome: kind, status, bytes, ...took })
  }

  const readAll = () => {
    for (const { from, target } of unread.splice(0)) {
      const module = parseObjectPath(target)
      if (module === undefined) continue
      const key = keyOf(module)
      modules.set(key, { path: module.path, version: module.version })
      const state = [...states].find(([{ name }]) => name === from)?.[1]
      state?.has.add(key)
    }
  }

  const askAll = () => {
    const upstreams = cold()
    if (upstreams.length === 0 && states.size === 0) return
    readAll()
    for (const upstream of upstreams) {
      const state = stateOf(upstream)
      for (const [key, module] of modules) {
        if (signal.aborted || state.isLeftAlone || state.inFlight >= AT_ONCE || pool.isOut(upstream)) break
        const target = objectPath(module, 'mod')
        if (state.asked.has(key) || state.has.has(key) || target === undefined) continue
        if (!mayAsk(upstream, { kind: 'mod', module, target })) continue
        const asking = ask(upstream, state, key, target).then(() => {
          underWay.delete(asking)
          askAll()
        })
        underWay.add(asking)
      }
    }
  }

  return {
    begin(known, lacking = []) {
      cold = known
      for (const module of lacking) modules.set(keyOf(module), module)
      askAll()
    },
    note(event) {
      const from = sourceOf(event)
      if (from === undefined || !IS_FIXED.test(event.target)) return
      unread.push({ from, target: event.target })
      askAll()
    },
    figures: () =>
      [...states].map(([{ name }, { has, warmed }]) => ({ name, modules: warmed, left: modules.size - has.size })),
    left: () =>
      [...modules].flatMap(([key, one]) => ([...states.values()].every(({ has }) => has.has(key)) ? [] : [one])),
    settled: async () => void (await Promise.allSettled(underWay)),
  }
}

function newState(): ColdState {
  return { asked: new Set(), has: new Set(), warmed: 0, inFlight: 0, failuresInARow: 0, isLeftAlone: false }
}

/** The name of the proxy that a file came from. */
function sourceOf(event: GatewayEvent): string | undefined {
  if (event.kind === 'asked') return event.outcome === 'found' ? event.upstream.name : undefined
  return event.kind === 'placed' || event.kind === 'served' ? event.from?.name : undefined
}

function keyOf({ path, version }: ModuleVersion): string {
  return `${path}@${version}`
}
