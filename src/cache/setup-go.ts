/**
 * Whether a job of a workflow uses setup-go with its cache, which is on unless it is switched off. The file is read as
 * text, line by line, by indentation: what cannot be told is answered with no.
 * @param workflow the text of the workflow's file  @param job the job's id
 */
export function cachesWithSetupGo(workflow: string, job: string): boolean {
  const steps = stepsOf(jobLines(workflow.split(/\r?\n/).filter(isMeant), job))
  return steps.some(step => {
    const uses = step.map(line => /^\s*(?:-\s+)?uses:\s*['"]?actions\/setup-go@(\S+)/.exec(line)?.[1]).find(Boolean)
    if (uses === undefined) return false
    const input = step.map(line => /^\s*cache:\s*['"]?([^'"#\s]+)/.exec(line)?.[1]).find(Boolean)
    // Up to version 3 it had to be switched on.
    return /^['"]?v[0-3](\.|['"]?$)/.test(uses) ? input === 'true' : input !== 'false'
  })
}

/** `o/r/.github/workflows/ci.yml@refs/heads/main`: the file's path in the repository. */
export function workflowPath(workflowRef: string, repository: string): string | undefined {
  const [, path] = /^[^/]+\/[^/]+\/(\.github\/workflows\/[^/@]+\.ya?ml)@/.exec(workflowRef) ?? []
  return workflowRef.startsWith(`${repository}/`) ? path : undefined
}

function isMeant(line: string): boolean {
  return !/^\s*(#|$)/.test(line)
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** Those lines from the first on that are indented deeper than `depth`. */
function blockOf(lines: readonly string[], depth: number): readonly string[] {
  const end = lines.findIndex(line => indentOf(line) <= depth)
  return end < 0 ? lines : lines.slice(0, end)
}

function jobLines(lines: readonly string[], job: string): readonly string[] {
  const jobs = lines.findIndex(line => /^jobs:\s*(#.*)?$/.test(line))
  if (jobs < 0) return []
  const inner = blockOf(lines.slice(jobs + 1), 0)
  const at = inner.findIndex(
    line => line.trimStart().startsWith(`${job}:`) && indentOf(line) === indentOf(inner[0] ?? ''),
  )
  return at < 0 ? [] : blockOf(inner.slice(at + 1), indentOf(inner[at] as string))
}

function stepsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const at = lines.findIndex(line => /^\s*steps:\s*(#.*)?$/.test(line))
  const first = lines[at + 1]
  if (at < 0 || first === undefined) return []
  // A list may stand as deep as its key.
  const depth = indentOf(first)
  const steps: string[][] = []
  for (const line of lines.slice(at + 1)) {
    if (indentOf(line) < depth) break
    if (indentOf(line) === depth) {
      if (!line.trimStart().startsWith('-')) break
      steps.push([])
    }
    steps.at(-1)?.push(line)
  }
  return steps
}
