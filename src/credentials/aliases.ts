import { createHash } from 'node:crypto'
import { type Place, showPlace } from '../places/place.ts'
import type { CredentialFacts } from './facts.ts'
import type { PlacedKey } from './key-places.ts'
import { isKnownHost, renderKnownHosts } from './known-hosts.ts'
import { type Layouts, placeOfSsh, serverOf } from './layouts.ts'
import { parseSshHost, renderSshConfig, type SshAlias } from './ssh.ts'

export const SSH_CONFIG = 'ssh.config'
const KNOWN_HOSTS = 'known_hosts'

/** A place with the host name that makes ssh take its keys. */
export type PlacedAlias = SshAlias & {
  readonly place: Place
  readonly keys: readonly string[]
  /** Lines of the input at which they begin. */
  readonly lines: readonly number[]
  readonly onlyLed: boolean
}

/** One alias for each place that keys are for. */
export function planAliases(
  placed: readonly PlacedKey[],
  layouts: Layouts,
  facts: CredentialFacts,
): readonly PlacedAlias[] {
  const { directory, knownHosts, sshHosts } = facts
  const places = [...new Map(placed.map(({ place }) => [showPlace(place), place])).values()]
  const pems = [...new Set(placed.map(({ pem }) => pem))]
  return places.map((place, i) => {
    const here = placed.filter(key => showPlace(key.place) === showPlace(place))
    const keys = here.map(({ pem }) => pem)
    const server = serverOf(place, layouts)
    const host = sshHosts.get(server.host) ?? parseSshHost(server.host, '')
    // What a host has for networks that let only port 443 through has the same keys. Source: see `PINNED_HOSTS`.
    const names = [host.hostKeyAlias ?? server.host, placeOfSsh(place, layouts).host]
    const name = names.find(one => isKnownHost(one, knownHosts))
    return {
      place,
      keys,
      lines: here.map(({ line }) => line),
      onlyLed: here.some(key => key.onlyLed === true),
      // The host's name first, for ssh's messages show the alias.
      alias: `${server.host}.${tagOf(directory)}-${i}`,
      host: {
        ...host,
        port: place.port ?? (host.port === 22 ? (server.port ?? 22) : host.port),
        hostKeyAlias: name ?? host.hostKeyAlias,
      },
      keyFiles: keys.map(pem => `${directory}/key-${pems.indexOf(pem)}`),
      knownHostsFile: name !== undefined ? `${directory}/${KNOWN_HOSTS}` : undefined,
    }
  })
}

/** In every alias of one use, and in no other's. */
function tagOf(directory: string): string {
  return `go-proxy-setup-${createHash('sha256').update(directory).digest('hex').slice(0, 8)}`
}

/** The files that ssh needs, by name. */
export function sshFiles(
  aliases: readonly PlacedAlias[],
  placed: readonly PlacedKey[],
  { knownHosts, sshUsersFile }: CredentialFacts,
): Readonly<Record<string, string>> {
  const pems = [...new Set(placed.map(({ pem }) => pem))]
  return {
    ...Object.fromEntries(pems.map((pem, i) => [`key-${i}`, pem])),
    [KNOWN_HOSTS]: renderKnownHosts(knownHosts),
    [SSH_CONFIG]: renderSshConfig(aliases, sshUsersFile),
  }
}
