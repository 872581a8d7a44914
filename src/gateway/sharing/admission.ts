import type { Candidate } from '../../candidates/candidate.ts'
import { unescapeModulePath } from '../../go/escape.ts'
import { sumKey } from '../../go/gosum.ts'
import type { Login } from '../../upstream/fetch.ts'
import { basicAuthorization } from '../../upstream/list.ts'
import type { GatewayRoute } from '../serving/route.ts'
import type { Reply } from '../serving/serve.ts'

/** What decides what others than this job get. */
export interface Admission {
  /** Whether they get private modules, too, and what a proxy gives for a login. */
  readonly withPrivate: boolean
  /** Whether a module is private or looks so. */
  readonly isPrivate: (modulePath: string) => boolean
  /** Those that are asked now. */
  readonly upstreams: () => readonly Candidate[]
  readonly logins: readonly Login[]
  /** Line keys and hashes of go.sum. */
  readonly sums: ReadonlyMap<string, string>
  /** How many bytes of files that go.sum does not name they get in all. */
  readonly strangeBytes: number
  /** How many requests they have in all: each is remembered until the gateway ends. */
  readonly requests: number
}

const HINT = 'Give the build its own login and GOPRIVATE, or set gateway-listen-private: true'

/**
 * Answers others on this machine's networks: with what is public alone, unless the user says otherwise, and with so much
 * and no more of what is not the project's, for it may stay on the disk until the gateway ends. A refusal is a 403, which
 * a comma in GOPROXY does not pass: the name of a private module must not go on to a public proxy.
 */
export function admit(
  answer: (route: GatewayRoute) => Promise<Reply>,
  { withPrivate, isPrivate, upstreams, logins, sums, strangeBytes, requests }: Admission,
): (route: GatewayRoute) => Promise<Reply> {
  /** Targets that were counted, and how large all of them are. */
  const counted = new Set<string>()
  let bytes = 0
  let answered = 0
  const refusalOf = (route: GatewayRoute): string | undefined => {
    const path = modulePathOf(route)
    if (!withPrivate && path !== undefined && isPrivate(path)) return `${path} is private here. ${HINT}`
    // Whether it would give the same without the login is not known, nor what a 404 would tell.
    if (!withPrivate && upstreams().some(one => hasLogin(one, logins)))
      return `a proxy here is asked with a login. ${HINT}`
    if (bytes >= strangeBytes && !isOfProject(route, sums) && !counted.has(route.target))
      return `others have had ${Math.round(bytes / 1e6)} MB of modules that go.sum does not name, which is the limit`
    if (answered >= requests) return `others have made ${requests} requests, which is the limit`
    return undefined
  }
  return async route => {
    const refusal = refusalOf(route)
    if (refusal !== undefined) return { status: 403, text: `go-proxy-setup refuses: ${refusal}` }
    answered++
    const reply = await answer(route)
    if (reply.status === 200 && 'size' in reply && !isOfProject(route, sums) && !counted.has(route.target)) {
      counted.add(route.target)
      bytes += reply.size
    }
    return reply
  }
}

function isOfProject(route: GatewayRoute, sums: ReadonlyMap<string, string>): boolean {
  if (!('module' in route)) return false
  return sums.has(sumKey(route.module, route.kind === 'mod' ? 'mod' : 'zip'))
}

/** Of a lookup in the checksum database, too: its name is as private. */
function modulePathOf(route: GatewayRoute): string | undefined {
  if ('module' in route) return route.module.path
  if (route.kind !== 'sumdb') return route.path
  const [, escaped] = /^lookup\/(.*)@[^@]*$/.exec(route.request) ?? []
  return escaped === undefined ? undefined : unescapeModulePath(escaped)
}

function hasLogin({ list }: Candidate, logins: readonly Login[]): boolean {
  return list.entries.some(
    ({ url }) => URL.canParse(url) && 'authorization' in basicAuthorization(new URL(url), logins),
  )
}
