import { classifyGoError, type GoFailure } from './failure.ts'
import { readLines } from './words.ts'

/** What go says of packages that it is to install, and never in a download of modules. Texts measured with Go 1.22 to 1.27. */
const OF_TOOLS: readonly (Pick<GoFailure, 'code' | 'message' | 'hint'> & { readonly pattern: RegExp })[] = [
  {
    code: 'TOOL_PACKAGE_UNKNOWN',
    pattern: /found, but does not contain package/,
    message: 'This version of the module has no such package.',
    hint: 'Check the path of the package: it must be the directory with `package main`, which other versions may have elsewhere.',
  },
  {
    code: 'TOOL_NO_PROGRAM',
    pattern: /is not a main package/,
    message: 'The package is a library, not a program.',
    hint: 'Name the directory with `package main`, often below `cmd/`.',
  },
  {
    code: 'TOOL_REPLACES',
    // go breaks the line behind `or`.
    pattern: /the module providing named packages contains one or( more (replace|exclude) directives|$)/,
    message: 'The go.mod of its module has replace or exclude lines, so go refuses to install it by version.',
    hint: 'Check out its repository in a step of the job and build it there, or take its release.',
  },
  {
    code: 'TOOL_MAJOR_VERSION',
    pattern: /module path must match major version/,
    message: 'From v2 on, a module’s path ends in its major version.',
    hint: 'Write the major version after the module’s path, such as `example.com/module/v2/cmd/tool@v2.1.0`.',
  },
]

/** What `go install` means. @param output its standard error */
export function classifyInstallError(output: string): GoFailure {
  const own = readLines(output).filter(({ said }) => said === 'by go')
  for (const { pattern, ...known } of OF_TOOLS) {
    const line = own.find(({ words }) => pattern.test(words))
    if (line !== undefined) return { ...known, retry: 'never', module: undefined, text: line.text.slice(0, 500) }
  }
  const failure = classifyGoError(output)
  const fault = failure.code === 'GO_FAILED' ? compilersFault(output) : undefined
  if (fault === undefined) return failure
  return { ...failure, text: fault, retry: 'never', code: 'TOOL_BUILD_FAILED', message: 'It does not compile here.' }
}

/**
 * The first thing that a compiler or linker complains of: it fails the same way again. Its words begin behind the package, in
 * a line of its own; of C the compiler that is not there is told without one.
 */
function compilersFault(output: string): string | undefined {
  const lines = output.split(/\r?\n/)
  const at = lines.findIndex(line => /^# \S+$/.test(line))
  const said = at < 0 ? lines.filter(line => /^cgo: C compiler /.test(line)) : lines.slice(at + 1)
  return said.find(line => line.trim() !== '')?.slice(0, 500)
}
