import type { TraceEvent } from '../go/trace.ts'

/** What go has asked for and does not have yet. */
export interface Waiting {
  /** Of proxies, and of hosts' `?go-get=1` pages; without queries. */
  readonly urls: readonly string[]
  /** Repositories that git fetches from now. */
  readonly repositories: readonly Repository[]
  /** Every repository that go has a clone of. */
  readonly clones: readonly Repository[]
  /** Whether git works on a clone that is there already. */
  readonly gitWorks: boolean
}

export interface Repository {
  /** As go has it: git's configuration may lead elsewhere. */
  readonly url: string
  /** Where go keeps its clone. */
  readonly directory: string
}

export const NOTHING_AWAITED: Waiting = { urls: [], repositories: [], clones: [], gitWorks: false }

/** Follows the output of `-x`. */
export function followWaiting(): { note(event: TraceEvent): void; read(): Waiting } {
  const urls = new Set<string>()
  const commands = new Set<string>()
  const repositories = new Map<string, Repository>()
  return {
    note(event) {
      if (event.kind === 'request started') urls.add(event.url)
      if (event.kind === 'request answered' || event.kind === 'request failed') urls.delete(event.url)
      if (event.kind === 'repository') repositories.set(event.directory, event)
      if (event.kind === 'command started') commands.add(event.text)
      if (event.kind === 'command ended') commands.delete(event.text)
    },
    read: () => ({
      urls: [...urls],
      repositories: [...commands].flatMap(text => repositories.get(NETWORK_COMMAND.exec(text)?.[1] ?? '') ?? []),
      clones: [...repositories.values()],
      gitWorks: [...commands].some(text => LOCAL_COMMAND.test(text)),
    }),
  }
}

/** Everything else that go lets git do ends by itself. Source: cmd/go/internal/modfetch/codehost, git.go. */
const NETWORK_COMMAND = /^cd (.+?); git (?:-c \S+ )?(?:ls-remote|fetch) /
/** These read a clone, or make a module's files of it, which may take long in a large repository. */
const LOCAL_COMMAND =
  /^cd .+?; git (?:-c \S+ )*(?:archive|cat-file|config|for-each-ref|init|log|merge-base|remote|tag) /
