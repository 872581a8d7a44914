import { isSignedNote, parseGosumdb } from '../go/gosumdb.ts'
import { fetchObject } from './fetch.ts'
import type { Transport } from './transport.ts'

const NOTE_BYTES = 64 << 10

/**
 * Which of these checksum databases answer here, with a tree head that carries the right signature.
 * @param urls bases such as `https://sum.golang.org`
 */
export async function findAnsweringSumdbs(
  urls: readonly string[],
  gosumdb: string,
  timeoutMs: number,
  transport: Transport,
): Promise<readonly string[]> {
  const database = parseGosumdb(gosumdb)
  if (!database.ok || database.value.kind === 'off') return []
  const { verifierKey } = database.value
  const deadlines = { headMs: timeoutMs, stallMs: timeoutMs, totalMs: timeoutMs }
  const answers = await Promise.all(
    urls.map(url => fetchObject(`${url}/latest`, { deadlines, maxBytes: NOTE_BYTES, publicUpstream: true }, transport)),
  )
  return urls.filter((_, i) => {
    const answer = answers[i]
    return answer?.kind === 'found' && isSignedNote(answer.body.toString('utf8'), verifierKey)
  })
}
