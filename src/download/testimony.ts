import type { Problem } from '../errors.ts'
import { sumKey } from '../go/gosum.ts'
import type { NamedLine } from '../project/lines.ts'
import { count } from '../text/count.ts'
import type { ModulePlace, Testimony } from './examine.ts'

/** Who is wrong about a module's content. */
export type SumVerdict =
  /** Some source gives what the line or the database says: these others do not. */
  | { readonly kind: 'sources lie'; readonly liars: readonly ModulePlace[] }
  /** The line of go.sum. */
  | { readonly kind: 'line is wrong'; readonly liars: readonly ModulePlace[] }
  /** The content changed behind the version's name: several sources give the same, and no longer the old. */
  | { readonly kind: 'retagged' }
  /** One proxy alone contradicts the database. */
  | { readonly kind: 'refuted'; readonly liars: readonly ModulePlace[] }
  /** No source gives a module; these send something else. */
  | { readonly kind: 'no module'; readonly liars: readonly ModulePlace[] }
  /** There is nothing to tell by. */
  | { readonly kind: 'undecided' }

export function judgeTestimony({ mismatch, said, rubbish, database }: Testimony): SumVerdict {
  const others = (hash: string) => said.filter(one => one.hash !== hash).map(({ source }) => source)
  if (said.some(({ hash }) => hash === mismatch.expected))
    return { kind: 'sources lie', liars: others(mismatch.expected) }
  if (said.length === 0 && rubbish.length > 0) return { kind: 'no module', liars: rubbish }
  const known = 'hash' in database ? database.hash : undefined
  if (known !== undefined && known !== mismatch.expected) return { kind: 'line is wrong', liars: others(known) }
  if (known === undefined) return { kind: 'undecided' }
  const hashes = new Set(said.map(({ hash }) => hash))
  const isOrigin = said.some(({ source }) => source.kind === 'repository')
  if (hashes.size === 1 && (said.length > 1 || isOrigin)) return { kind: 'retagged' }
  return { kind: 'refuted', liars: others(known) }
}

/** What to tell of a verdict that no retry can change. */
export function tellVerdict(verdict: SumVerdict, testimony: Testimony, line: NamedLine | undefined): Problem {
  // A page is no word against the line.
  const at = line === undefined || verdict.kind === 'no module' ? {} : { at: { file: line.file, line: line.line } }
  return { ...wordsOf(verdict, testimony, line), ...at }
}

function wordsOf(verdict: SumVerdict, testimony: Testimony, line: NamedLine | undefined): Problem {
  const { mismatch, said, database } = testimony
  const what = sumKey(mismatch.module, mismatch.kind)
  const where = line === undefined ? '' : `${line.name}:${line.line}: `
  const file = line?.name ?? 'go.sum'
  switch (verdict.kind) {
    case 'retagged':
      return {
        code: 'MODULE_RETAGGED',
        message: `${where}${what} was changed after it was published: ${listSources(said)} ${said.length === 1 ? 'has' : 'have'} ${said[0]?.hash} now; ${knowers(line)} ${mismatch.expected}.`,
        hint: `The author moved the tag, so the same version now has two contents. Require another version (\`go get ${mismatch.module.path}@latest\`), and tell the author. No proxy is at fault.`,
      }
    case 'no module': {
      const names = listWords(verdict.liars.map(({ name }) => name))
      return {
        code: 'GO_BAD_CONTENT',
        message: `${names} ${verdict.liars.length === 1 ? 'answers' : 'answer'} with something other than modules (a login page?), also for ${what}.`,
        hint: 'Does this network show a login page, or does the URL belong to another service?',
      }
    }
    case 'refuted':
    case 'sources lie':
      return {
        code: 'PROXY_SENT_WRONG_CONTENT',
        message: `${where}${what}: ${listAnswers(said, mismatch.expected)}; ${knowers(line)} ${mismatch.expected}. The content was not used.`,
        hint: `Use another proxy, and tell the operator of ${verdict.liars.map(({ name }) => name).join(' and ')}. Do not change ${file}, and do not switch GOSUMDB off.`,
      }
    default:
      return lineIsWrong(testimony, 'hash' in database ? database.hash : undefined, { what, where, file })
  }
}

function lineIsWrong(
  { mismatch, said, database }: Testimony,
  known: string | undefined,
  { what, where, file }: { readonly what: string; readonly where: string; readonly file: string },
): Problem {
  const right = known ?? said[0]?.hash ?? mismatch.downloaded
  const agreeing = said.filter(({ hash }) => hash === right)
  const others = said.filter(({ hash }) => hash !== right)
  const witnesses = [
    ...(known === undefined ? [] : ['the checksum database']),
    ...(agreeing.length > 0 ? [listSources(agreeing)] : known === undefined ? ['the place that it came from'] : []),
  ]
  const rest = others.length === 0 ? '' : ` (${listAnswers(others, right)})`
  const repair = file.endsWith('go.work.sum') ? '`go work sync`' : '`go mod tidy`'
  const message = `${where}${what} is ${right} according to ${listWords(witnesses)}${rest}; this line says ${mismatch.expected}.`
  return {
    code: 'GO_SUM_LINE_WRONG',
    message,
    hint:
      known !== undefined
        ? `Delete this line of ${file}, run ${repair}, and commit the file. It was edited by hand or damaged by a merge.`
        : `There is no way to tell which is right, because ${'why' in database ? database.why : ''}. If an earlier commit has another line, restore it. If the version’s tag was moved, ask its author. Otherwise delete this line, run ${repair}, and commit ${file}.`,
  }
}

/** `go.sum and the checksum database say`. */
function knowers(line: NamedLine | undefined): string {
  return line === undefined ? 'the checksum database says' : 'this line and the checksum database say'
}

/** `2 proxies and its repository`; one proxy by its name. */
function listSources(said: Testimony['said']): string {
  const proxies = said.filter(({ source }) => source.kind === 'proxy')
  const repositories = said.filter(({ source }) => source.kind === 'repository')
  return listWords([
    ...(proxies.length > 0 ? [count(proxies.length, 'proxy', 'proxies')] : []),
    ...repositories.map(({ source }) => source.name),
  ])
}

function listAnswers(said: Testimony['said'], right: string): string {
  return said
    .filter(({ hash }) => hash !== right)
    .map(({ source, hash }) => `${source.name} sends ${hash}`)
    .join('; ')
}

function listWords(words: readonly string[]): string {
  const [last = '', ...rest] = [...words].reverse()
  return rest.length === 0 ? last : `${rest.reverse().join(', ')} and ${last}`
}
