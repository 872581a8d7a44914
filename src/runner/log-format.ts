import type { Environment } from '../effects.ts'

export type LogFormat = 'text' | 'json'

/** Options of the command line that take no value. */
export const VALUELESS: readonly string[] = ['-q', '--quiet', '--json', '--markdown', '-h', '--help', '-V', '--version']

const OPTION = '--log-format'
const VARIABLE = 'GO_PROXY_SETUP_LOG_FORMAT'

/**
 * How the log is written. This is known before the arguments are parsed, so that what is wrong with them is written so,
 * too; whether the value is allowed is found out with all other inputs. Of several the last counts, as for the parser.
 */
export function findLogFormat(args: readonly string[], env: Environment): LogFormat {
  const own = ownWords(args)
  const given = own.flatMap((word, i) => {
    if (word === OPTION) return own[i + 1] ?? ''
    return word.startsWith(`${OPTION}=`) ? word.slice(OPTION.length + 1) : []
  })
  return (given.at(-1) ?? env[VARIABLE] ?? '').trim() === 'json' ? 'json' : 'text'
}

/** The arguments that are ours: all but those behind `--`, and behind the name of the command that `exec` runs. */
function ownWords(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--')
  const words = end < 0 ? args : args.slice(0, end)
  let isOfExec = false
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word.startsWith('-')) {
      const isAlone = word.includes('=') || VALUELESS.includes(word) || isJoined(word)
      // Where a value may be left out, an option is none.
      if (!isAlone && !/^-./.test(words[i + 1] ?? '')) i++
    } else if (isOfExec) return words.slice(0, i)
    else if (word === 'exec') isOfExec = true
    else return words
  }
  return words
}

/** `-Cservices/a` has its value with it. */
function isJoined(word: string): boolean {
  return /^-[^-]./.test(word)
}
