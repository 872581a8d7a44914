/**
 * The variables that `go env -json` prints; undefined where it is no such answer: a wrapper named go may print anything.
 * Source: cmd/go/internal/envcmd (printEnvAsJSON).
 */
export function parseEnvJson(json: string): Readonly<Record<string, string>> | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value)
  return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
    ? Object.fromEntries(entries)
    : undefined
}
