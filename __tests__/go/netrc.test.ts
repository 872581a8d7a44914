import { expect, test } from '@jest/globals'
import { parseNetrc } from '../../src/go/netrc.ts'

const brief = (text: string) =>
  parseNetrc(text).map(({ machine, login, password }) => `${machine} ${login} ${password}`)

test.each<[string, string, readonly string[]]>([
  ['one line', 'machine a.example login u password p', ['a.example u p']],
  ['several lines, any order', 'machine a.example\n  password p\n\tlogin u\n', ['a.example u p']],
  ['a port is part of the name', 'machine a.example:8443 login u password p', ['a.example:8443 u p']],
  [
    'several, in order',
    'machine a login 1 password 2\nmachine a login 3 password 4\r\nmachine b login 5 password 6\r\n',
    ['a 1 2', 'a 3 4', 'b 5 6'],
  ],
  ['without a password there is none', 'machine a login u\nmachine b login u password p', ['b u p']],
  ['what belongs to no machine', 'login u password p\nmachine b login v password q', ['b v q']],
  ['`default` and what follows it on its line', 'default login u password p\nmachine b login v password q', ['b v q']],
  ['`default` alone ends it', 'machine a login u password p\ndefault\nmachine b login v password q', ['a u p']],
  [
    'a macro ends at an empty line',
    'macdef m\nmachine a login u password p\n\nmachine b login v password q',
    ['b v q'],
  ],
  ['further words', 'machine a account x login u password p', ['a u p']],
  ['nothing', '', []],
])('%s', (_, text, expected) => {
  expect(brief(text)).toEqual(expected)
})
