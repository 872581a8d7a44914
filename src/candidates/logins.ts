import type { GoproxyEntry } from '../go/goproxy.ts'
import type { NetrcLogin } from '../go/netrc.ts'
import { isOlder } from '../go/version.ts'
import { trustOfProxy } from '../inputs/presets.ts'
import { closest, placeOfUrl } from '../places/place.ts'
import type { GoSettings } from '../settings/settings.ts'
import type { Login } from '../upstream/fetch.ts'
import type { Candidate } from './candidate.ts'

/**
 * What GOAUTH runs to get logins, `git DIR` included; none with a go before 1.24, which does not know GOAUTH. They are the
 * user's own commands: only go runs them. Source: go help goauth.
 */
export function goauthCommands({ goauth, version }: Pick<GoSettings, 'goauth' | 'version'>): readonly string[] {
  if (isOlder(version, 'go1.24')) return []
  return goauth
    .split(';')
    .map(command => command.trim())
    .filter(command => !['', 'netrc', 'off'].includes(command))
}

/** A candidate's proxies that nothing but a command of GOAUTH could have a login for: go sends logins over https alone. */
export function withoutLogin({ list }: Candidate, logins: readonly Login[]): readonly GoproxyEntry[] {
  return list.entries.filter(({ url }) => {
    const place = placeOfUrl(url)
    const isOwn = place !== undefined && trustOfProxy(url) === 'own'
    return isOwn && new URL(url).username === '' && closest(logins, place) === undefined
  })
}

/** Whether go would look into the netrc file: GOAUTH, from Go 1.24, says where it looks. */
export function usesNetrc({ goauth }: Pick<GoSettings, 'goauth'>): boolean {
  return goauth.split(';').some(command => command.trim() === 'netrc')
}

/**
 * What the user's netrc file has for the candidates, as go would use it: over https, where the machine is the host as
 * GOPROXY has it, port included; from Go 1.24 `https://` may stand before it, from 1.25 a path behind it. Only for
 * proxies of the user's own: a public one has no business with a login.
 */
export function loginsFor(
  candidates: readonly Candidate[],
  netrc: readonly NetrcLogin[],
  { version }: Pick<GoSettings, 'version'>,
): readonly Login[] {
  const urls = candidates.filter(({ trust }) => trust === 'own').flatMap(({ list }) => list.entries.map(e => e.url))
  return urls.flatMap(url => loginsForUrl(url, netrc, version))
}

/** The same for one URL of the user's own. @param version of the go that would read it; '': the newest */
export function loginsForUrl(url: string, netrc: readonly NetrcLogin[], version = ''): readonly Login[] {
  const [schemes, paths] = [!isOlder(version, 'go1.24'), !isOlder(version, 'go1.25')]
  const place = placeOfUrl(url)
  const host = /^https:\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(url)?.[1]
  if (place === undefined || host === undefined) return []
  return netrc.flatMap(({ machine, login, password }) => {
    const [name = '', ...path] = (schemes ? machine.replace(/^https:\/\//, '') : machine).split('/')
    if (name !== host || (path.length > 0 && !paths)) return []
    return [{ ...place, path: path.join('/').replace(/\/$/, ''), user: login, token: password }]
  })
}
