import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

describe('package.json', () => {
  const { bundled, dependencies, devDependencies } = read('package.json')

  test('names exact versions, as the lock has them', () => {
    const { packages } = read('package-lock.json')
    for (const [name, version] of Object.entries<string>(devDependencies)) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
      expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version])
    }
  })

  test('has no dependencies: an installed bundle needs nothing else', () => {
    expect(dependencies).toBe(undefined)
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining(bundled))
  })

  test('what the bundle holds is told with its licence', () => {
    const licences = readFileSync(new URL('../dist/licenses.txt', import.meta.url), 'utf8')
    for (const name of bundled) expect(licences).toContain(`${name} ${devDependencies[name]}\n`)
  })
})
