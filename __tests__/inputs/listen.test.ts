import { describe, expect, test } from '@jest/globals'
import { readInputs } from '../../src/inputs/read.ts'
import { actionSource, commandSource } from '../../src/inputs/sources.ts'

const inJob = (text: string, gateway = 'job') =>
  readInputs(actionSource({ 'INPUT_GATEWAY-LISTEN': text, INPUT_GATEWAY: gateway }, '/work'))
const inShell = (text: string, gateway = 'step') =>
  readInputs(commandSource({ 'gateway-listen': text, gateway }, {}, '/work'))
const problemOf = (read: ReturnType<typeof inJob>) => {
  const [problem] = read.ok ? [] : read.problems
  return problem === undefined ? undefined : `${problem.message} ${problem.hint} [${problem.code}]`
}

describe('gateway-listen', () => {
  test.each([
    ['docker', 'docker', undefined],
    ['docker:8080', 'docker', 8080],
    ['172.17.0.1', '172.17.0.1', undefined],
    ['10.1.2.3:65535', '10.1.2.3', 65_535],
    ['192.168.0.9', '192.168.0.9', undefined],
    ['169.254.10.1', '169.254.10.1', undefined],
    ['100.127.0.1', '100.127.0.1', undefined],
    ['127.0.0.1:1', '127.0.0.1', 1],
    ['::1', '::1', undefined],
    ['[::1]:8080', '::1', 8080],
    ['[FD00:0:0::1]', 'fd00::1', undefined],
  ])('%s', (text, host, port) => {
    const read = inJob(text)
    expect(read.ok && read.value.inputs.gatewayListen).toEqual({ host, port, label: 'gateway-listen' })
  })

  test.each([
    ['0.0.0.0', 'LISTEN_PUBLIC'],
    ['0.0.0.0:80', 'LISTEN_PUBLIC'],
    ['::', 'LISTEN_PUBLIC'],
    ['[0:0::0]:80', 'LISTEN_PUBLIC'],
    ['::ffff:0.0.0.0', 'LISTEN_PUBLIC'],
    ['::ffff:10.0.0.1', 'LISTEN_PUBLIC'],
    ['8.8.8.8', 'LISTEN_PUBLIC'],
    ['172.32.0.1', 'LISTEN_PUBLIC'],
    ['172.15.255.255', 'LISTEN_PUBLIC'],
    ['100.128.0.1', 'LISTEN_PUBLIC'],
    ['192.169.0.1', 'LISTEN_PUBLIC'],
    ['224.0.0.1', 'LISTEN_PUBLIC'],
    ['255.255.255.255', 'LISTEN_PUBLIC'],
    ['2001:db8::1', 'LISTEN_PUBLIC'],
    ['2606:4700::1', 'LISTEN_PUBLIC'],
    ['fe80::1', 'LISTEN_PUBLIC'],
    ['[fe80::1]:80', 'LISTEN_PUBLIC'],
    ['fe80::1%eth0', 'LISTEN_PUBLIC'],
    ['10.0.0.1:0', 'LISTEN_PORT'],
    ['10.0.0.1:65536', 'LISTEN_PORT'],
    ['10.0.0.1:080', 'LISTEN_PORT'],
    ['docker:', 'LISTEN_PORT'],
    ['docker:http', 'LISTEN_PORT'],
    ['010.0.0.1', 'LISTEN_ADDRESS'],
    ['10.1', 'LISTEN_ADDRESS'],
    ['0x0a000001', 'LISTEN_ADDRESS'],
    ['167772161', 'LISTEN_ADDRESS'],
    ['10.0.0.256', 'LISTEN_ADDRESS'],
    ['10.0.0.1/8', 'LISTEN_ADDRESS'],
    ['[10.0.0.1]:80', 'LISTEN_ADDRESS'],
    ['docker0', 'LISTEN_ADDRESS'],
    ['localhost', 'LISTEN_ADDRESS'],
    ['true', 'LISTEN_ADDRESS'],
    ['http://10.0.0.1', 'LISTEN_ADDRESS'],
    ['10.0.0.1 10.0.0.2', 'LISTEN_ADDRESS'],
  ])('%s is refused', (text, code) => {
    expect(problemOf(inJob(text))).toMatch(new RegExp(`^gateway-listen: .*\\[INPUT_${code}\\]$`))
  })

  test('the refusal says what is wrong, and what is allowed', () => {
    expect(problemOf(inJob('0.0.0.0'))).toMatch(
      /`0\.0\.0\.0` stands for every network of this machine.*Allowed: docker, or a loopback, private/,
    )
    expect(problemOf(inJob('8.8.8.8'))).toContain('others than this machine’s own networks may reach')
  })

  test('a gateway must be there for containers', () => {
    expect(problemOf(inJob('docker', 'step'))).toMatch(/ends with this step\. Set `gateway: job`.*LISTEN_GATEWAY/)
    expect(problemOf(inJob('docker', 'off'))).toMatch(/there is no gateway.*LISTEN_GATEWAY/)
    expect(problemOf(inShell('docker', 'off'))).toMatch(/^--gateway-listen: .*Leave --gateway out/)
    expect(inShell('docker').ok).toBe(true)
  })
})
