import { expect, test } from '@jest/globals'
import { parseObjectUrl } from '../../src/go/trace.ts'

const FILE = 'example.com/%21m/@v/v1.0.0.mod'

test.each([
  ['as it is named', 'https://corp.example/go', `https://corp.example/go/${FILE}`],
  ['with slashes at its end', 'https://corp.example//go//', `https://corp.example/go/${FILE}`],
  ['with its scheme in capitals', 'HTTPS://corp.example', `https://corp.example/${FILE}`],
  ['with a query', 'https://corp.example/go?key=a/b', `https://corp.example/go/${FILE}?key=a/b`],
  ['with a login, which go hides', 'https://me:cAnArY@corp.example', `https://me:xxxxx@corp.example/${FILE}`],
  ['that is a directory', 'file:///srv/go', `file:///srv/go/${FILE}`],
])('a request is known to be for a proxy %s', (_, proxy, url) => {
  expect(parseObjectUrl(url, ['https://corp.example/other', 'https://proxy.golang.org', proxy])).toEqual({
    proxy,
    escapedPath: 'example.com/!m',
    escapedVersion: 'v1.0.0',
    extension: 'mod',
  })
})

test('and for no other', () => {
  for (const proxy of ['https://corp.example/g', 'http://corp.example/go', 'https://corp.example:8443/go'])
    expect(parseObjectUrl(`https://corp.example/go/${FILE}`, [proxy])).toBeUndefined()
})
