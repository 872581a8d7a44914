import { PRESETS } from './presets.ts'
import type { InputRow } from './table.ts'

/** What may be given, as the end of a sentence that begins with `Allowed:`. */
export function describeAllowed(row: InputRow): string {
  switch (row.kind) {
    case 'address':
      return 'docker, or a loopback, private (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7), link-local (169.254.0.0/16) or shared (100.64.0.0/10) IP address of this machine; each may have a port (172.17.0.1:8080, [fd00::1]:8080)'
    case 'boolean':
      return 'true or false'
    case 'choice':
      return listWords(row.allowed)
    case 'duration':
      return `a number with its unit ms, s, m or h (90s, 1.5m), from ${row.minimum} to ${row.maximum}`
    case 'integer':
      return `a whole number from ${row.minimum} to ${row.maximum}`
    case 'proxies':
      return `https URLs and the presets ${listWords(['current', ...Object.keys(PRESETS)])}`
    case 'patterns':
      return 'beginnings of module paths; * and ? stand for parts of an element (github.com/my-org, *.corp.example)'
    case 'sumdb':
      return 'auto, off, sum.golang.org, or name+hash+key; all but auto and off may have a URL after a space'
    case 'directories':
      return 'directories and globs (*, **, ?), one per line'
    case 'paths':
      return 'files and globs (*, **, ?), one per line'
    case 'go-version':
      return '1.26.7, 1.26 or 1.26.x, a range, a prerelease by its name, stable or oldstable'
    case 'directory':
      return 'true, false, or the path of a directory'
    case 'path':
      return 'the path of a file'
    case 'text':
      return 'up to 100 letters, digits, spaces and . , _ / + = ( ) -'
    case 'tools':
      return 'package@version with a whole version, one per line (golang.org/x/tools/cmd/stringer@v0.38.0)'
    case 'url':
      return 'one https URL'
    case 'credentials':
      return 'lines `host[:port][/path] [user] token`'
    case 'ssh-keys':
      return 'private keys without passphrase, each optionally after a line `host[:port][/path]:`'
    case 'known-hosts':
      return 'lines of a known_hosts file, as `ssh-keyscan HOST` prints them'
  }
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
