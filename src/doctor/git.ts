import { readsNetrcVariable } from '../credentials/git-version.ts'
import type { Problem } from '../errors.ts'
import { redactUrl } from '../go/goproxy.ts'
import { matchesPatterns } from '../go/patterns.ts'
import { possible } from '../project/project.ts'
import { type Finding, faultOf, good, skipped, warnOf } from './finding.ts'
import type { SetupFacts } from './setup-facts.ts'

/** git, and how it logs in: only where go would run it. */
export function findGitFaults(facts: SetupFacts): readonly Finding[] {
  const { git } = facts
  if (!git.isThere) return [withoutGit(facts)]
  return [
    good('git', `git ${git.version.git?.join('.') ?? 'is installed'}`),
    ...findUnreadNetrc(facts),
    ...findColliding(facts),
    ...findEmptyAgent(facts),
  ]
}

/** Modules that go fetches from their repositories. */
export function modulesByGit({ settings, project, privateDomains }: SetupFacts): readonly string[] {
  if (project === undefined) return []
  const patterns = [settings.GONOPROXY.value, ...(settings.GONOPROXY.from === 'default' ? privateDomains : [])].join(
    ',',
  )
  return possible(project)
    .modules.map(({ path }) => path)
    .filter(path => matchesPatterns(patterns, path))
}

function withoutGit(facts: SetupFacts): Finding {
  const { inForce, candidates, project } = facts
  const [first] = modulesByGit(facts)
  const isAll = candidates.mode === 'none' && inForce?.ending === 'direct' && (project?.missing.length ?? 0) > 0
  const who = first ?? (isAll ? 'every module (GOPROXY is direct)' : undefined)
  if (who === undefined) return skipped('git', 'git is not installed, and nothing here needs it')
  return faultOf('git', {
    code: 'GIT_NOT_INSTALLED',
    message: `git is not installed, and go fetches ${who} with it.`,
    hint: 'Install git.',
  })
}

/** git before libcurl 8.16 reads ~/.netrc alone. */
function findUnreadNetrc({ git, env }: SetupFacts): readonly Finding[] {
  const { netrc, version, isNetrcMissing } = git
  const path = env['NETRC']
  if (!path) return []
  if (isNetrcMissing)
    return [
      warnOf('credentials', {
        code: 'DOCTOR_NETRC_MISSING',
        message: `NETRC names ${path}, which cannot be read: go has no logins from it.`,
        hint: 'Correct NETRC, or unset it: go and git then read ~/.netrc.',
      }),
    ]
  const unseen = netrc.forGo.filter(machine => !netrc.forGit.includes(machine))
  if (readsNetrcVariable(version) || unseen.length === 0) return []
  return [
    warnOf('credentials', {
      code: 'DOCTOR_NETRC_UNREAD',
      message: `NETRC names ${path}, with a login for ${unseen.slice(0, 3).join(', ')}: go reads it for proxies and pages, but this git reads only ~/.netrc.`,
      hint: 'Put the logins into ~/.netrc as well, or give git a credential helper for these hosts.',
    }),
  ]
}

/** Of rewrites for the same beginning git takes one, and the others never. Source: git's remote.c, alias_url. */
function findColliding({ git: { rewrites } }: SetupFacts): readonly Finding[] {
  const targets = new Map<string, string[]>()
  for (const { to, from } of rewrites) {
    for (const url of from) targets.set(url, [...new Set([...(targets.get(url) ?? []), to])])
  }
  return [...targets].flatMap(([from, to]) => (to.length < 2 ? [] : [warnOf('git', colliding(from, to))]))
}

function colliding(from: string, to: readonly string[]): Problem {
  return {
    code: 'DOCTOR_INSTEAD_OF_COLLIDES',
    message: `git’s configuration rewrites ${redactUrl(from)} to ${to.map(redactUrl).join(' and to ')}: git obeys only one of these.`,
    hint: '`git config --show-origin --get-regexp "^url\\..*insteadof"` shows where they stand; remove those that are not meant, or make them longer.',
  }
}

/** Where git is told to go over ssh, and ssh has no key to show. */
function findEmptyAgent({ git }: SetupFacts): readonly Finding[] {
  const overSsh = git.rewrites.find(({ to }) => /^(ssh:\/\/|[\w.-]+@[\w.-]+:)/.test(to))
  if (overSsh === undefined || git.hasKeyFile || git.agent === 'keys' || git.agent === undefined) return []
  const agent = git.agent === 'empty' ? 'has no keys' : 'does not answer'
  return [
    warnOf('git', {
      code: 'DOCTOR_SSH_AGENT_EMPTY',
      message: `git goes over ssh (${redactUrl(overSsh.to)}), but the ssh agent of SSH_AUTH_SOCK ${agent}, and ~/.ssh has no key.`,
      hint:
        git.agent === 'empty'
          ? 'Add the key: `ssh-add FILE`.'
          : 'Start an agent and add the key: `eval "$(ssh-agent)"; ssh-add FILE`. Or unset SSH_AUTH_SOCK.',
    }),
  ]
}
