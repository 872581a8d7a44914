/** The variable that names the module proxy for the scripts, instead of the one that the test binary starts. */
export const PROXY_VARIABLE = 'CONFORMANCE_GOPROXY'

/** Where `StartProxy` of Go's proxy_test.go names its own URL; scripts get it as GOPROXY. */
const ASSIGNMENT = /^\t+proxyURL = .*\*proxyAddr.*$/gm

/**
 * Go's proxy_test.go with one statement more, on the same line so that the lines keep their numbers.
 * @param {string} source
 * @returns {import('../src/errors.ts').Result<string>}
 */
export function letVariableNameProxy(source) {
  const found = source.match(ASSIGNMENT)?.length ?? 0
  const missing = [
    found === 1 ? undefined : `one line \`proxyURL = … *proxyAddr …\` (there are ${found})`,
    /^\t"os"$/m.test(source) ? undefined : 'the import of "os"',
  ].filter(one => one !== undefined)
  if (missing.length > 0)
    return {
      ok: false,
      problems: [
        {
          code: 'CONFORMANCE_PATCH',
          message: `Go's cmd/go/proxy_test.go is not what the change was written for. Missing: ${missing.join(', ')}.`,
          hint: 'See where this version of Go gives its scripts GOPROXY (script_test.go, scriptEnv), and adapt conformance/patch.mjs.',
        },
      ],
    }
  const statement = `if url := os.Getenv("${PROXY_VARIABLE}"); url != "" { proxyURL = url }`
  return { ok: true, value: source.replace(ASSIGNMENT, line => `${line}; ${statement}`) }
}
