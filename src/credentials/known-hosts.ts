import { createHmac } from 'node:crypto'
import type { KnownHost } from '../inputs/known-hosts.ts'

/**
 * The keys of the great hosts as their documentation gives them; a test compares each with the fingerprint published
 * beside it. Sources: docs.github.com “GitHub's SSH key fingerprints”; docs.gitlab.com “GitLab.com settings, SSH host
 * keys fingerprints”; support.atlassian.com “Configure SSH and two-step verification”.
 */
export const PINNED_HOSTS: Readonly<Record<string, readonly string[]>> = {
  'github.com': [
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt+VTTvDP6mHBL9j1aNUkY4Ue1gvwnGLVlOhGeYrnZaMgRK6+PKCUXaDbC7qtbW8gIkhL7aGCsOr/C56SJMy/BCZfxd1nWzAOxSDPgVsmerOBYfNqltV9/hWCqBywINIR+5dIg6JTJ72pcEpEjcYgXkE2YEFXV1JHnsKgbLWNlhScqb2UmyRkQyytRLtL+38TGxkxCflmO+5Z8CSSNY7GidjMIZ7Q4zMjA2n1nGrlTDkzwDCsw+wqFPGQA179cnfGWOWRVruj16z6XyvxvjJwbz0wQZ75XK5tKSb7FNyeIEs4TT4jk+S4dhPeAUC5y+bDYirYgM4GC7uEnztnZyaVWQ7B381AK4Qdrwt51ZqExKbQpTUNn+EjqoTwvqNj4kqx5QUCI0ThS/YkOxJCXmPUWZbhjpCg56i+2aB6CmK2JGhn57K5mj0MNdBXA4/WnwH6XoPWJzK5Nyu2zB3nAZp+S5hpQs+p1vN1/wsjk=',
  ],
  'gitlab.com': [
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFSMqzJeV9rUzU4kWitGjeR4PWSa29SPqJ1fVkhtj3Hw9xjLVXVYrU9QlYWrOLXBpQ6KWjbjTDTdDkoohFzgbEY=',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCsj2bNKTBSpIYDEGk9KxsGh3mySTRgMtXL583qmBpzeQ+jqCMRgBqB98u3z++J1sKlXHWfM9dyhSevkMwSbhoR8XIq/U0tCNyokEi/ueaBMCvbcTHhO7FcwzY92WK4Yt0aGROY5qX2UKSeOvuP4D6TPqKF1onrSzH9bx9XUf2lEdWT/ia1NEKjunUqu1xOB/StKDHMoX4/OKyIzuS0q/T1zOATthvasJFoPrAjkohTyaDUz2LN5JoH839hViyEG82yB+MjcFV5MU3N1l1QL3cVUCh93xSaua1N85qivl+siMkPGbO5xR/En4iEY6K2XPASUEMaieWVNTRCtJ4S8H+9',
  ],
  'bitbucket.org': [
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO',
    'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPIQmuzMBuKdWeF4+a2sjSSpBK0iqitSQ+5BM9KhpexuGt20JpTVM7u5BDZngncgrqDMbWdxMWWOGtZ9UgbqgZE=',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDQeJzhupRu0u0cdegZIa8e86EG2qOCsIsD1Xw0xSeiPDlCr7kq97NLmMbpKTX6Esc30NuoqEEHCuc7yWtwp8dI76EEEB1VqY9QJq6vk+aySyboD5QF61I/1WeTwu+deCbgKMGbUijeXhtfbxSxm6JwGrXrhBdofTsbKRUsrN1WoNgUa8uqN1Vx6WAJw1JHPhglEGGHea6QICwJOAr/6mrui/oB7pkaWKHj3z7d1IC4KWLtY47elvjbaTlkN04Kc/5LFEirorGYVbt15kAUlqGM65pk6ZBxtaO3+30LVlORZkxOh+LKL/BvbZ/iRNhItLqNyieoQj/uh/7Iv4uyH/cV/0b4WDSd3DptigWq84lJubb9t/DnZlrJazxyDCulTmKdOR7vs9gMTo+uoIrPSb8ScTtvw65+odKAlBj59dhnVp9zd7QUojOpXlL62Aw56U4oO+FALuevvMjiWeavKhJqlR7i5n9srYcrNV7ttmDw7kf/97P5zauIhxcjX+xHv4M=',
  ],
}

/**
 * The known_hosts file: what the user gave, and the pinned keys of hosts that the user gives none for; one revoked, or
 * a pattern for many hosts, is none. A name with a port counts without it as well, since a key's alias is looked up by
 * the host's name alone.
 */
export function renderKnownHosts(given: readonly KnownHost[]): string {
  const names = (host: string) => (entry: KnownHost) =>
    entry.marker !== REVOKED && entry.names.some(name => withoutPort(name) === host || isHashOf(name, host))
  const pinned = Object.entries(PINNED_HOSTS).filter(([host]) => !given.some(names(host)))
  return [
    ...given.map(({ marker, names, key }) => {
      const all = [...new Set([...names, ...names.map(withoutPort)])]
      return `${marker === undefined ? '' : `${marker} `}${all.join(',')} ${key}\n`
    }),
    ...pinned.flatMap(([host, keys]) => keys.map(key => `${host} ${key}\n`)),
  ].join('')
}

/** Whether the file says which key a host has. */
export function isKnownHost(host: string, given: readonly KnownHost[]): boolean {
  return Object.hasOwn(PINNED_HOSTS, host) || given.some(entry => entry.marker !== REVOKED && isAbout(entry, host))
}

const REVOKED = '@revoked'

/** Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT; ssh_config(5), PATTERNS. */
function isAbout({ names }: KnownHost, host: string): boolean {
  const fits = (pattern: string) => toRegExp(withoutPort(pattern)).test(host) || isHashOf(pattern, host)
  const [not, yes] = [names.filter(name => name.startsWith('!')), names.filter(name => !name.startsWith('!'))]
  return yes.some(fits) && !not.some(name => fits(name.slice(1)))
}

function toRegExp(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${escaped}$`, 'i')
}

/** `|1|salt|hash`, as HashKnownHosts makes them. */
function isHashOf(name: string, host: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(name) ?? []
  return salt !== undefined && createHmac('sha1', Buffer.from(salt, 'base64')).update(host).digest('base64') === hash
}

function withoutPort(name: string): string {
  return /^\[(.+)\]:\d+$/.exec(name)?.[1] ?? name
}
