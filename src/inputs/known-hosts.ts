import { failed, ok, type Result } from '../errors.ts'
import { type Given, inputProblem, splitLines } from './given.ts'
import { mendEntry } from './mend.ts'

/** One line of a known_hosts file. Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export interface KnownHost {
  readonly marker: '@cert-authority' | '@revoked' | undefined
  /** As written, parted by commas: names, `[name]:port`, patterns; or one hash. */
  readonly names: readonly string[]
  /** `ssh-ed25519 AAAA…`. */
  readonly key: string
}

const LINE =
  /^(?:(@cert-authority|@revoked)[ \t]+)?(\S+)[ \t]+([a-z0-9@.-]+)[ \t]+(AAAA[A-Za-z0-9+/]+={0,2})(?:[ \t].*)?$/

export function parseKnownHosts(given: Given): Result<readonly KnownHost[]> {
  const hosts: KnownHost[] = []
  for (const { text, line } of splitLines(given.text)) {
    const host = readLine(text)
    if (host === undefined) {
      const { parts, faults } = mendEntry(text)
      const why = faults.length === 0 ? '' : `: ${faults.join('; ')}`
      const corrected = parts[0] !== undefined && readLine(parts[0]) !== undefined ? parts[0] : undefined
      const advice = corrected === undefined ? '' : ` Write \`${corrected}\` instead.`
      const what = `line ${line} is not a line of a known_hosts file${why}`
      return failed(
        inputProblem(given, 'KNOWN_HOSTS', what, {
          advice: `\`ssh-keyscan HOST\` prints such lines.${advice}`,
        }),
      )
    }
    hosts.push(host)
  }
  return ok(hosts)
}

function readLine(text: string): KnownHost | undefined {
  const [, marker, names = '', type, key] = LINE.exec(text) ?? []
  // A name beyond ASCII, or in quotes, is no host's.
  if (key === undefined || !/^[!-~]+$/.test(names) || /["'`]/.test(names)) return undefined
  return { marker: marker as KnownHost['marker'], names: names.split(','), key: `${type} ${key}` }
}
