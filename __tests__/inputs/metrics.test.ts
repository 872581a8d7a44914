import { expect, test } from '@jest/globals'
import { readInputs } from '../../src/inputs/read.ts'
import { commandSource } from '../../src/inputs/sources.ts'

const read = (texts: Readonly<Record<string, string>>) => readInputs(commandSource(texts, {}, '/work'))

test.each([
  ['metrics.prom', undefined],
  ['/var/lib/node_exporter/go proxy.prom', undefined],
  ['/dev/null', undefined],
  ['metrics.txt', /^Write `metrics\.prom` instead\.$/],
  ['out/metrics', /^Write `out\/metrics\.prom` instead\.$/],
  ['metrics.prom.tmp', /instead/],
  ['..', /^Write `\.\.\/go-proxy-setup\.prom` instead\.$/],
  ['out/', /^Write `out\/go-proxy-setup\.prom` instead\.$/],
  ['-', /^Name a file\.$/],
])('metrics-file: %s', (text, hint) => {
  const result = read({ 'metrics-file': text })
  if (hint === undefined) expect(result).toMatchObject({ ok: true, value: { inputs: { metricsFile: text } } })
  else expect(result).toMatchObject({ ok: false, problems: [{ hint: expect.stringMatching(hint) }] })
})

test.each([
  ['http://127.0.0.1:9091', undefined],
  ['https://pushgateway.corp.example/base', undefined],
  ['http://pushgateway.corp.example:9091/metrics/job/own/matrix/linux', undefined],
  ['https://robot:secret-1@pushgateway.corp.example', 'INPUT_URL_USERINFO'],
  ['https://pushgateway.corp.example?token=secret-1', 'INPUT_URL_QUERY'],
  ['ftp://pushgateway.corp.example', 'INPUT_URL_SCHEME'],
  ['pushgateway:9091', 'INPUT_URL_SCHEME'],
  ['https://a.example https://b.example', 'INPUT_PUSH_URL'],
  ['# nothing', 'INPUT_PUSH_URL'],
])('metrics-push-url: %s', (text, code) => {
  const result = read({ 'metrics-push-url': text })
  if (code === undefined) return expect(result).toMatchObject({ ok: true, value: { inputs: { metricsPushUrl: text } } })
  expect(result).toMatchObject({ ok: false, problems: [{ code }] })
  const said = JSON.stringify(result)
  expect(said).not.toContain('secret-1')
  expect(said).not.toMatch(/module|proxies/)
})
