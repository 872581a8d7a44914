import { basename } from 'node:path'
import type { Problem } from '../errors.ts'
import { classifyGoError, type GoFailure } from '../go/failure.ts'
import { redactUrl } from '../go/goproxy.ts'
import type { ModuleDirectory } from '../project/project.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { type Ahead, nameAhead } from './ahead.ts'
import type { AttemptEnd } from './attempt.ts'

/** Where we ended go, its words do not say why. */
export function failureOf(end: AttemptEnd, ahead: Ahead | undefined): GoFailure {
  const base = { module: undefined, text: '' }
  switch (end.how) {
    case 'stalled':
      return {
        ...base,
        code: 'DOWNLOAD_STALLED',
        retry: 'rounds',
        message: 'The download stalled.',
        hint: SILENCE_HINT,
      }
    case 'timed out':
      return {
        ...base,
        code: 'DOWNLOAD_TIMEOUT',
        // Where there is still time, it was kept for the last try.
        retry: 'rounds',
        message: end.silent
          ? 'The download did not end in time, and nothing arrived any more.'
          : 'The download timed out.',
        // More time brings nothing from a proxy that is silent.
        hint: end.silent ? SILENCE_HINT : 'Raise `timeout`, or look in the table of candidates for a faster one.',
      }
    case 'cancelled':
      return { ...base, code: 'DOWNLOAD_CANCELLED', retry: 'never', message: 'The download was cancelled.', hint: '' }
    default:
      return cleaned(classifyGoError(nameAhead(end.words, ahead)))
  }
}

const SILENCE_HINT = 'A proxy accepted the connection and then sent nothing; add another candidate.'

/** go's words quote peers: one harmless line of them, without the signatures of URLs. */
function cleaned(failure: GoFailure): GoFailure {
  return { ...failure, text: redactUrl(sanitizeLine(withoutFileLines(failure.text), WORDS_BYTES)) }
}

/**
 * go quotes the line of a go.mod that it cannot read. The project's own were read before; a module that stands in a
 * directory may have a link there, to any file of this machine.
 */
function withoutFileLines(text: string): string {
  return text.replace(/(\.(?:mod|work):\d+(?::\d+)?:)[\s\S]*$/, '$1 …')
}

const WORDS_BYTES = 500

export function toProblem(failure: GoFailure, directory: ModuleDirectory): Problem {
  const words = failure.text === '' ? '' : ` go says: ${failure.text}`
  const where = directory.name === '.' ? '' : ` (in ${directory.name})`
  return {
    code: failure.code,
    message: `go mod download failed${where}. ${withNames(failure.message, directory)}${words}`,
    hint: withNames(failure.hint, directory),
  }
}

/** Our words say go.mod and go.sum also where `-modfile` names others. */
function withNames(text: string, { kind, modFiles: [modFile], sumFiles: [sumFile] }: ModuleDirectory): string {
  if (kind === 'workspace' || modFile === undefined || sumFile === undefined) return text
  return text.replace(/\bgo\.mod\b/g, () => basename(modFile)).replace(/\bgo\.sum\b/g, () => basename(sumFile))
}
