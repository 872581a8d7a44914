import type { Environment } from '../effects.ts'
import { type Place, parsePlace } from '../places/place.ts'
import { detectSystem } from './system.ts'

/** What the job's own token is for. */
export interface JobLogin extends Place {
  /** undefined: what the host expects. */
  readonly user: string | undefined
  readonly token: string
}

/** Why there is none: no text of either holds a variable's value. */
export interface NoJobLogin {
  readonly what: string
  readonly advice: string
}

const BY_HAND = 'Write the host and a token instead: git.example.com/group TOKEN.'

/** The token that the CI system made for this job, for the server that the system names and no other. */
export function jobLoginOf(env: Environment): JobLogin | NoJobLogin {
  const system = detectSystem(env)
  if (system === undefined)
    return { what: '`ci` means the job’s token, and no CI system is known here', advice: BY_HAND }
  const { name, token } = system
  if (token === undefined) return { what: `${name} gives its jobs no token for a git server`, advice: BY_HAND }
  const { variable, serverVariable, user } = token
  const secret = env[variable] ?? ''
  if (secret === '')
    return { what: `\`ci\` means the job’s token of ${name}, and ${variable} is not set`, advice: token.remedy }
  // As in a line of one's own: what a netrc file or git's protocol would take apart.
  if (!/^[!-~]{5,}$/.test(secret))
    return { what: `${variable} holds no token of ${name}`, advice: 'Give it the token as it is, on one line.' }
  const place = placeOfServer(token.server(env))
  if (typeof place === 'string') return { what: `${serverVariable} of ${name} ${place}`, advice: BY_HAND }
  return { ...place, user, token: secret }
}

/** The place of a server's URL, or what is wrong with it in words that do not repeat it. */
function placeOfServer(text: string): Place | string {
  if (text === '') return 'is not set'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:') return 'names a server without TLS, and go sends no login over http'
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return 'names no https server'
  const port = url.port === '' ? '443' : url.port
  const place = parsePlace(`${url.hostname}:${port}${url.pathname.replace(/\/+$/, '')}`)
  return typeof place === 'string' ? 'names no https server' : place
}
