/** One login of a netrc file, as the go command reads it. */
export interface NetrcLogin {
  /** As written: `host` or `host:port`; from Go 1.24 also behind `https://`, from 1.25 also with a path. */
  readonly machine: string
  readonly login: string
  readonly password: string
}

/**
 * The logins of a netrc file, in order: the first for a machine counts. Words in pairs, no quotes; a macro goes on to
 * the next empty line; `default` has no meaning for go, and an entry needs both login and password. A pair at a line's
 * odd end is lost. Source: cmd/go/internal/auth, parseNetrc.
 */
export function parseNetrc(text: string): readonly NetrcLogin[] {
  const found: NetrcLogin[] = []
  let entry: NetrcLogin = NO_LOGIN
  let inMacro = false
  for (const line of text.split('\n')) {
    if (inMacro) {
      inMacro = line !== ''
      continue
    }
    const words = line.split(/\s+/).filter(word => word !== '')
    for (let i = 0; i + 1 < words.length; i += 2) {
      const [key, value = ''] = words.slice(i, i + 2)
      if (key === 'machine') entry = { ...NO_LOGIN, machine: value }
      else if (key === 'login') entry = { ...entry, login: value }
      else if (key === 'password') entry = { ...entry, password: value }
      else if (key === 'macdef') inMacro = true
      if (entry.machine === '' || entry.login === '' || entry.password === '') continue
      found.push(entry)
      entry = NO_LOGIN
    }
    if (words.length % 2 === 1 && words.at(-1) === 'default') break
  }
  return found
}

const NO_LOGIN: NetrcLogin = { machine: '', login: '', password: '' }
