/**
 * Whether a job of a workflow uses setup-go with its cache, which is on unless it is switched off. The file is read as
 * text, line by line, by indentation: what is unclear is answered with no.
 * @param workflow the text of the workflow's file  @param job the job's id
 */
export function cachesWithSetupGo(workflow: string, job: string): boolean {
  const steps = stepsOf(jobLines(workflow.split(/\r?\n/).filter(isMeant), job))
  return steps.some(step => {
    const used = step.map(line => USES.exec(line)).find(match => match !== null)
    if (used == null) return false
    const [, ref = '', comment] = used
    const input = cacheInputOf(step)
    return input === 'absent' ? isOnByDefault(ref, comment) : input === 'true'
  })
}

/** The reference, and the version that stands in a comment behind a commit. */
const USES = /^\s*(?:-\s+)?uses:\s*['"]?actions\/setup-go@([^\s'"#]+)['"]?(?:\s+#\s*(\S+))?/

/** Up to version 3 it had to be switched on. A commit alone says nothing. */
function isOnByDefault(ref: string, comment: string | undefined): boolean {
  if (ref === 'main') return true
  const [, major] = /^v(\d+)(?:\.|$)/.exec(/^[0-9a-f]{40}$/.test(ref) ? (comment ?? '') : ref) ?? []
  return major !== undefined && Number(major) >= 4
}

/** What `with` says: `absent` when it surely says nothing of it, undefined when it is no plain true or false. */
function cacheInputOf(step: readonly string[]): 'true' | 'false' | 'absent' | undefined {
  const at = step.findIndex(line => WITH.test(line))
  if (at < 0) return 'absent'
  const [, lead = '', behind = ''] = WITH.exec(step[at] ?? '') ?? []
  const inner = blockOf(step.slice(at + 1), lead.length)
  if (behind === '') return readCache(inner)
  // `{ a: b, cache: false }`, over one line or several; anything else (an alias) leads elsewhere.
  return behind.startsWith('{') ? readCache([behind.slice(1), ...inner].join(' ').split(/[,}]/)) : undefined
}

const WITH = /^(\s*(?:-\s+)?)with:\s*(?:#.*)?(.*)$/

function readCache(members: readonly string[]): 'true' | 'false' | 'absent' | undefined {
  const found = members.map(member => /^\s*(['"]?)cache\1\s*:\s*(.*)$/.exec(member)).find(match => match !== null)
  if (found == null) return 'absent'
  const value = (found[2] ?? '').replace(/\s+#.*$/, '').trim()
  // As the action reads it (YAML 1.2, 10.3.2), in quotes or not.
  const plain = /^(['"]?)(true|True|TRUE|false|False|FALSE)\1$/.exec(value)?.[2]?.toLowerCase()
  return plain === 'true' || plain === 'false' ? plain : undefined
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
