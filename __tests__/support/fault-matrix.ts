import { buildModule } from '../../src/demo/modules.ts'
import type { Fault } from '../../src/demo/proxy.ts'
import { faults } from './faults.ts'

export type Kind = 'info' | 'mod' | 'zip'
export const KINDS: readonly Kind[] = ['info', 'mod', 'zip']

/** What an upstream can do wrong with one kind of object. Rows of the fault matrix. */
export const FAULTS: Readonly<Record<string, (kind: Kind) => Fault | 'closed'>> = {
  'connection refused': () => 'closed',
  'silence before the head': () => faults.silent,
  'silence in the middle of the body': () => faults.stall,
  'cut, with the whole length announced': () => faults.cut,
  'half a body with a length that agrees': () => faults.half,
  'reset before the head': () => faults.reset,
  'an empty 200': () => faults.empty,
  'status 204': () => faults.status(204),
  'status 400': () => faults.status(400),
  'status 401': () => faults.status(401),
  'status 403': () => faults.status(403),
  'status 404 of its own failure': () => faults.status(404, 'not found: bad upstream'),
  'status 429': () => faults.status(429, '', { headers: { 'retry-after': '1' } }),
  'status 429, for an hour': () => faults.status(429, '', { headers: { 'retry-after': '3600' } }),
  'status 500': () => faults.status(500),
  'status 502': () => faults.status(502),
  'status 503 with a date': () =>
    faults.status(503, '', { headers: { 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' } }),
  'a login page': () => faults.portal,
  gzip: () => faults.gzip,
  'a redirect in circles': () => faults.redirect('/example.com/m0/@v/v1.0.0.mod?again'),
  'a redirect to a file': () => faults.redirect('file:///etc/passwd'),
  'a reason phrase with a workflow command': () => faults.status(500, '::error::x', { reason: '##[error]x' }),
  'the content of another module': kind =>
    faults.send(buildModule({ path: 'example.com/other', version: 'v1.0.0' })[kind]),
}
