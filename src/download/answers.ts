import type { PlaceAnswer } from '../gateway/telling/answers.ts'
import { objectPath } from '../go/escape.ts'
import { redactUrl } from '../go/goproxy.ts'
import type { ModuleVersion } from '../go/module.ts'
import { ownText, readLines } from '../go/words.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { Ahead } from './ahead.ts'
import type { AttemptEnd, FailedRequest } from './attempt.ts'

/** What every place said that was asked for a module and did not give it: the proxies in turn, then its host. */
export function answersOf(
  module: ModuleVersion,
  { trace, words }: Pick<AttemptEnd, 'trace' | 'words'>,
  ahead: Ahead | undefined,
): readonly PlaceAnswer[] {
  const prefix = objectPath(module, 'zip')?.replace(/\.zip$/, '')
  const toGo = [...(trace.failed.get(prefix ?? '') ?? [])].filter(([proxy]) => proxy !== ahead?.url)
  const own = toGo.map(([proxy, how]): PlaceAnswer => ({ name: redactUrl(proxy), ...describe(how) }))
  // Of a configured chain go itself tells more.
  const byGateway = (ahead?.answersFor?.(module) ?? []).filter(({ name }) => own.length === 0 || !/[,|]/.test(name))
  const host = hostAnswer(words)
  const all = [...byGateway, ...own, ...(host === undefined ? [] : [host])]
  return [...new Map(all.map(answer => [answer.name, answer])).values()]
}

function describe(how: FailedRequest): Omit<PlaceAnswer, 'name'> {
  if (typeof how === 'string') return { answer: sanitizeLine(redactUrl(how), 200), absent: false }
  if (how === 404 || how === 410) return { answer: `it does not have the file (${how})`, absent: true }
  const what =
    how === 401 || how === 407
      ? 'it asks for credentials'
      : how === 403 || how === 418 || how === 451
        ? 'it refuses'
        : how === 429
          ? 'it limits the number of requests'
          : how === 408 || how >= 500
            ? 'it failed'
            : 'it answered with a status that makes no sense'
  return { answer: `${what} (${how})`, absent: false }
}

const WANTS_LOGIN = 'it wants a login'

/** What git and go say of a module's own host. Sources: git, credential.c and remote-curl.c; cmd/go/internal/vcs. */
const HOST_SAID: readonly (readonly [RegExp, string])[] = [
  [/could not read (?:Username|Password) for '[a-z+]+:\/\/(?:[^@/']*@)?([^/']+)/, WANTS_LOGIN],
  [/Authentication failed for '[a-z+]+:\/\/(?:[^@/']*@)?([^/']+)/, 'it refuses the login'],
  [/fatal: repository '[a-z+]+:\/\/(?:[^@/']*@)?([^/']+)\S*' not found/, 'it shows no such repository without a login'],
  [
    /unable to access '[a-z+]+:\/\/(?:[^@/']*@)?([^/']+)[^\n]*Could not resolve host/,
    'its name cannot be resolved here',
  ],
  [/unable to access '[a-z+]+:\/\/(?:[^@/']*@)?([^/']+)/, 'git could not reach it'],
  [/unrecognized import path "([^"/]+)[^\n]*no such host/i, 'its name cannot be resolved here'],
  [/unrecognized import path "([^"/]+)[^\n]*: 404\b/, 'it does not know this path (404)'],
  [/unrecognized import path "([^"/]+)/, 'it gives no page that leads to the module'],
]

function hostAnswer(words: string): PlaceAnswer | undefined {
  const own = ownText(readLines(words))
  for (const [pattern, answer] of HOST_SAID) {
    const host = pattern.exec(own)?.[1]
    if (host !== undefined) return { name: host, answer, absent: false }
  }
  return undefined
}

/** Whether an answer is a host's that asks who we are. */
export function wantsLogin({ answer }: PlaceAnswer): boolean {
  return answer === WANTS_LOGIN
}
