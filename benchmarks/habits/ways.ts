import { join } from 'node:path'
import { defaultPolicy } from '../../src/policy.ts'
import { root } from '../root.ts'
import type { Way } from './habit.ts'

/** A command line with what it adds to the environment. */
export interface Call {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The inputs that are deadlines, as in action.yml. `timeout` is left out: to give it changes what it means. */
const DEADLINES_MS = {
  'connect-timeout': 3_000,
  'read-timeout': 10_000,
  'benchmark-timeout': 2_000,
  'retry-delay': 1_000,
}

/** What go does by itself in the same job. */
export function plainGo(urls: readonly string[]): Call {
  return { command: ['go', 'mod', 'download'], env: { GOPROXY: chainOf(urls) } }
}

/** The product, told of these URLs in one of the four ways. @param scale its deadlines are divided by it */
export function product(way: Way, urls: readonly string[], scale: number): Call {
  const deadlines = Object.entries(DEADLINES_MS).flatMap(([name, ms]) => [`--${name}`, `${ms / scale}ms`])
  const [options, env] = inputsOf(way, urls)
  return {
    command: [process.execPath, join(root, 'dist', 'index.js'), 'run', ...options, ...(scale === 1 ? [] : deadlines)],
    env: {
      ...env,
      ...(scale === 1 ? {} : { GO_PROXY_SETUP_POLICY: JSON.stringify(scalePolicy(defaultPolicy, scale)) }),
    },
  }
}

function inputsOf(way: Way, urls: readonly string[]): readonly [readonly string[], Readonly<Record<string, string>>] {
  switch (way) {
    case 'configured':
      return [[], { GOPROXY: chainOf(urls) }]
    case 'private':
      return [['--private-proxy', urls.join(' '), '--fallback', 'off'], {}]
    case 'own':
    case 'two':
      return [['--proxies', urls.join(' '), '--fallback', 'off'], {}]
  }
}

/** go passes on to the next one after every failure. */
function chainOf(urls: readonly string[]): string {
  return urls.length === 1 ? `${urls[0]},off` : urls.join('|')
}

/** All times of a policy, which are the members whose names end in `Ms`, divided by the scale. */
export function scalePolicy<T>(policy: T, scale: number, name = ''): T {
  if (typeof policy === 'number') return (name.endsWith('Ms') ? policy / scale : policy) as T
  const members = Object.entries(policy as Record<string, unknown>)
  return Object.fromEntries(members.map(([key, value]) => [key, scalePolicy(value, scale, key)])) as T
}
