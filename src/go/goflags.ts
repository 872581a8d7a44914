/**
 * GOFLAGS as go splits it: at white space, with quotes around a whole flag; a quote inside one is a character like any
 * other. Source: cmd/internal/quoted (Split).
 * @returns undefined where a quote is never closed, which go refuses
 */
export function splitGoflags(text: string): readonly string[] | undefined {
  const flags: string[] = []
  let rest = text
  for (;;) {
    rest = rest.replace(/^[ \t\r\n]+/, '')
    const quote = rest[0]
    if (quote === undefined) return flags
    const isQuoted = quote === '"' || quote === "'"
    const end = isQuoted ? rest.indexOf(quote, 1) : rest.search(/[ \t\r\n]|$/)
    if (end < 0) return undefined
    flags.push(rest.slice(isQuoted ? 1 : 0, end))
    rest = rest.slice(isQuoted ? end + 1 : end)
  }
}

/** The value of `-name=value` or `--name=value` in GOFLAGS: the last one counts, for go. undefined where it is not set. */
export function flagValue(goflags: string, name: string): string | undefined {
  const values = (splitGoflags(goflags) ?? []).flatMap(flag => {
    const [, key, value] = /^--?([^=]+)=(.*)$/s.exec(flag) ?? []
    return key === name && value !== undefined ? [value] : []
  })
  return values.at(-1)
}

/** Where go keeps the sums of a file that `-modfile` names. Source: go help build. */
export function sumFileOf(modFile: string): string {
  return `${modFile.replace(/\.mod$/, '')}.sum`
}

/** Flags as GOFLAGS takes them. @returns undefined where one has both kinds of quotation marks, and a space */
function joinGoflags(flags: readonly string[]): string | undefined {
  const quoted = flags.map(flag => {
    if (!/[ \t\r\n]/.test(flag) && !/^["']/.test(flag)) return flag
    const quote = flag.includes("'") ? '"' : "'"
    return flag.includes(quote) ? undefined : `${quote}${flag}${quote}`
  })
  return quoted.includes(undefined) ? undefined : quoted.join(' ')
}

/**
 * Flags about one project: with them `go install` of a package from elsewhere fails, does nothing, or reads files that are
 * not there. What -X sets are variables of its own, often to the commit, and would make each tool another one for each.
 */
const OF_PROJECT = /^--?((mod|modfile|overlay|pgo|C|n|o)(=|$)|ldflags=.*-X)/s

/** GOFLAGS for what belongs to no project. Where it cannot be read it stays, and go says so. */
export function goflagsBesideProject(text: string): string {
  return withoutFlags(text, OF_PROJECT)
}

/** What is told to the linker alone; often another text in each commit, such as `-ldflags=-X=main.commit=0123abc`. */
const OF_LINKER = /^--?ldflags(=|$)/

/** GOFLAGS as far as what go compiles depends on it. */
export function goflagsOfCompiler(text: string): string {
  return withoutFlags(text, OF_LINKER)
}

function withoutFlags(text: string, unwanted: RegExp): string {
  const flags = splitGoflags(text)
  if (flags === undefined || !flags.some(flag => unwanted.test(flag))) return text
  return joinGoflags(flags.filter(flag => !unwanted.test(flag))) ?? text
}
