import type { LineChange } from '../environment/written/difference.ts'
import { redactGoproxy, redactUrl } from '../go/goproxy.ts'
import { renderJson } from '../report/json.ts'
import { sanitizeLine } from '../text/sanitiser.ts'

/** What `env --write` or `env --remove` has done. */
export interface Written {
  /** As the user writes it. */
  readonly target: string
  readonly action: 'write' | 'remove'
  readonly file: string
  readonly changed: boolean
  /** Whether the file is there now. */
  readonly exists: boolean
  readonly lines: readonly LineChange[]
}

/** For standard output: what changed, line by line. Lines that were there may hold a login, which is not shown. */
export function renderWritten({ lines, ...written }: Written, asJson: boolean): string {
  const shown = lines.map(showLine)
  if (asJson) return renderJson({ ...written, lines: shown })
  const { action, changed, exists } = written
  const file = sanitizeLine(written.file)
  if (!changed && action === 'write') return `${file}: nothing to change: it already has these settings.\n`
  if (!changed) return `${file}: nothing to change: it has nothing from go-proxy-setup.\n`
  const width = String(Math.max(0, ...lines.map(({ line }) => line))).length
  const told = shown.map(({ line, removed, added }) =>
    removed === undefined
      ? `+ ${String(line).padStart(width)}  ${added}`
      : `- ${String(line).padStart(width)}  ${removed}`,
  )
  const head = exists ? `${file}:` : `${file}: removed, since nothing else is in it.`
  return `${[head, ...told].join('\n')}\n`
}

function showLine({ line, removed, added }: LineChange): LineChange {
  return {
    line,
    ...(removed === undefined ? {} : { removed: show(removed) }),
    ...(added === undefined ? {} : { added: show(added) }),
  }
}

function show(line: string): string {
  // A login in a list of proxies may stand behind no `://`.
  const [, name, goproxy = ''] = /^(.*?GOPROXY=)(.*)$/.exec(line) ?? []
  return sanitizeLine(name === undefined ? redactUrl(line) : name + redactGoproxy(goproxy))
}
