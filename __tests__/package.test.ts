import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

describe('package.json', () => {
  const { dependencies, devDependencies } = read('package.json')

  test('names exact versions, as the lock has them', () => {
    const { packages } = read('package-lock.json')
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
      expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version])
    }
  })

  test('what the bundle holds is told with its licence', () => {
    const licences = readFileSync(new URL('../dist/licenses.txt', import.meta.url), 'utf8')
    // @actions/cache comes with the parts that use it.
    for (const name of Object.keys(dependencies).filter(one => one !== '@actions/cache'))
      expect(licences).toContain(name)
  })
})
