import { failed, ok, type Result } from '../errors.ts'

/**
 * The objects of concatenated JSON as `go mod download -json` prints them: each begins with `{` and ends with `}`
 * in the first column. What stands between is ignored; broken objects are a problem.
 */
export function parseJsonStream(text: string): Result<readonly unknown[]> {
  const objects: unknown[] = []
  for (const part of text.split(/^(?=\{)/m)) {
    const end = part.search(/^\}/m)
    if (end < 0) continue
    try {
      objects.push(JSON.parse(part.slice(0, end + 1)))
    } catch {
      return failed({
        code: 'GO_JSON',
        message: 'go printed something that is not JSON.',
        hint: 'Is `go` on PATH the real go command?',
      })
    }
  }
  return ok(objects)
}
