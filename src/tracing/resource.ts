import type { PipelineRun } from '../ci/pipeline.ts'
import type { Environment } from '../effects.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { VERSION } from '../version.ts'
import type { SpanAttributes } from './spans.ts'

const SERVICE = 'go-proxy-setup'

/**
 * What all spans have in common: this program, and the run of the pipeline, in the words of the semantic conventions
 * (service, cicd, vcs). What the user says in OTEL_RESOURCE_ATTRIBUTES goes before ours. Without secrets.
 */
export function resourceOf(
  env: Environment,
  run: PipelineRun | undefined,
  redact: (text: string) => string,
): SpanAttributes {
  const given = parseAttributes(env['OTEL_RESOURCE_ATTRIBUTES'] ?? '')
  const service = env['OTEL_SERVICE_NAME']?.trim()
  const all = {
    'service.name': SERVICE,
    'service.version': VERSION,
    ...(run === undefined ? {} : attributesOf(run)),
    ...given,
    ...(service ? { 'service.name': service } : {}),
  }
  // Before it is cut, a secret is whole; and once more, for cleaning may join its parts.
  const clean = (text: string) => redact(cleanValue(redact(text)))
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [clean(name), clean(value)]))
}

function attributesOf(run: PipelineRun): Readonly<Record<string, string>> {
  const { pipeline, runId, url, task, worker, repository, ref, isTag, revision, system } = run
  const [owner, name] = ownerAndName(repository)
  const all = {
    'cicd.pipeline.name': pipeline,
    'cicd.pipeline.run.id': runId,
    'cicd.pipeline.run.url.full': url,
    'cicd.pipeline.task.name': task,
    'cicd.worker.name': worker,
    'vcs.repository.url.full': repository,
    'vcs.repository.name': name,
    'vcs.owner.name': owner,
    'vcs.provider.name': PROVIDERS[system] ?? '',
    'vcs.ref.head.name': ref,
    'vcs.ref.head.revision': revision,
    'vcs.ref.head.type': ref === '' ? '' : isTag ? 'tag' : 'branch',
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

const PROVIDERS: Readonly<Record<string, string>> = {
  'GitHub Actions': 'github',
  'GitLab CI': 'gitlab',
  'Gitea Actions': 'gitea',
  'Forgejo Actions': 'forgejo',
}

/** `https://host/group/sub/name.git` and `git@host:owner/name` as owner and name. */
function ownerAndName(repository: string): readonly [string, string] {
  const [, path = ''] = /^(?:[a-z+]+:\/\/[^/]+\/|[^/]+:)(.+?)(?:\.git)?\/?$/i.exec(repository) ?? []
  const at = path.lastIndexOf('/')
  return at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)]
}

/** `name=value,name=value`, percent-encoded. What is none of it is left out, as the standard says of all of it. */
function parseAttributes(text: string): Readonly<Record<string, string>> {
  const pairs = text
    .split(',')
    .map(pair => pair.trim())
    .filter(pair => pair !== '')
  const parsed = pairs.map(pair => {
    const [, name = '', value = ''] = /^([^=\s]+)\s*=\s*(.*)$/s.exec(pair) ?? []
    try {
      return [decodeURIComponent(name), decodeURIComponent(value)] as const
    } catch {
      // A percent sign that begins no escape.
      return ['', ''] as const
    }
  })
  return parsed.some(([name]) => name === '') ? {} : Object.fromEntries(parsed)
}

/** Systems put logins into the addresses of repositories. */
function cleanValue(value: string): string {
  return sanitizeLine(value, VALUE_BYTES).replace(/:\/\/[^/\s]*@/g, '://')
}

const VALUE_BYTES = 600
