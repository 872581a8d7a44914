import type { Candidate } from '../../../src/candidates/candidate.ts'

/** A mirror that the user named; its list is its name alone unless another is given. */
export function createCandidate(overrides: Partial<Candidate> = {}): Candidate {
  const { name = 'https://proxy.example' } = overrides
  return {
    name,
    list: { entries: [{ text: name, url: name, separator: undefined }], ending: undefined },
    configured: false,
    trust: 'mirror',
    from: 'input',
    incumbent: false,
    starts: 'at once',
    ...overrides,
  }
}
