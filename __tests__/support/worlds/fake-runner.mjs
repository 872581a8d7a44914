// What the GitHub runner (source of 2.336) does around a JavaScript action, by a child process, plain files and variables:
// INPUT_* and STATE_*, the GITHUB_* command files, workflow commands on both output streams, masks, limits, cancel signals.
// Needs nothing installed. Not modelled: expressions, `if:`, action.yml defaults, composite actions, containers, problem matchers.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const COMMANDS = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]
const DATA = { '%0D': '\r', '%0A': '\n', '%25': '%' }
const PROPERTY = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' }
const LEGACY = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' }
const WHITE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/ // .NET TrimStart; JavaScript's \s lacks U+0085
const decode = (text, table) => Object.entries(table).reduce((result, [from, to]) => result.replaceAll(from, to), text)

/**
 * The runner's two parsers: `::name k=v,k=v::data` after leading white space, then `##[name k=v;k=v]data` anywhere in the line.
 * Use it as the oracle when testing a sanitiser: what came out must give undefined.
 * @param {string} line
 * @returns {Command | undefined}
 */
export function parseCommand(line, names = new Set(COMMANDS)) {
  const trimmed = line.replace(WHITE, '')
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1
  if (end >= 0) {
    const command = toCommand(trimmed.slice(2, end), trimmed.slice(end + 2), ',', PROPERTY, DATA)
    if (names.has(command.name)) return command
  }
  const start = line.indexOf('##[')
  const close = start < 0 ? -1 : line.indexOf(']', start)
  if (close < 0) return undefined
  const command = toCommand(line.slice(start + 3, close), line.slice(close + 1), ';', LEGACY, LEGACY)
  return names.has(command.name) ? command : undefined
}

function toCommand(info, data, separator, propertyTable, dataTable) {
  const [, name, rest] = /^([^ ]*) ?(.*)$/s.exec(info)
  const pairs = rest
    .trim()
    .split(separator)
    .map(pair => /^([^=]+)=+(.+)$/s.exec(pair))
    .filter(Boolean)
  return {
    name: name.toLowerCase(),
    props: Object.fromEntries(pairs.map(([, key, value]) => [key, decode(value, propertyTable)])),
    data: decode(data, dataTable),
  }
}

/**
 * Reads GITHUB_ENV, GITHUB_OUTPUT or GITHUB_STATE: `name=value` lines, or `name<<MARK`, value lines, `MARK`.
 * Only LF ends a line (CRLF too on Windows), so elsewhere a CR stays in the value. Throws where the runner fails the step.
 * @param {string} text
 */
export function parseKeyValueFile(text) {
  /** @type {Strings} */
  const result = {}
  const lines = text.split(process.platform === 'win32' ? /\r?\n/ : '\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) result[line.slice(0, equals)] = line.slice(equals + 1)
    else if (heredoc >= 0) {
      const name = line.slice(0, heredoc)
      const mark = line.slice(heredoc + 2)
      if (!name || !mark)
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      const end = lines.indexOf(mark, i + 1)
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${mark}'`)
      result[name] = lines.slice(i + 1, end).join('\n')
      i = end
    } else throw new Error(`Invalid format '${line}'`)
  }
  return result
}

/**
 * @typedef {Record<string, string>} Strings
 * @typedef {{ name: string, props: Strings, data: string }} Command
 * @typedef {{ inputs?: Strings, state?: Strings, args?: string[], env?: Strings, cancelAfter?: number | undefined, cancelAfterState?: boolean, cancelWhen?: Promise<unknown> | undefined, cancelBy?: NodeJS.Signals, timeout?: number }} StepOptions
 * @typedef {object} StepResult
 * @property {'success' | 'failure' | 'cancelled'} outcome
 * @property {number | null} exitCode
 * @property {NodeJS.Signals | null} signal
 * @property {number} ms
 * @property {boolean} timedOut
 * @property {boolean} leftRunning a child still held stdout or stderr 5 s after the script's end
 * @property {string[]} log what the page shows, masked
 * @property {string} raw what the script printed, secrets included: never look there for leaks
 * @property {Command[]} commands every command carried out, except add-mask
 * @property {(Strings & { type: string, message: string })[]} annotations
 * @property {string[]} failures commands and files the runner could not carry out
 * @property {Strings} env
 * @property {Strings} outputs
 * @property {Strings} state
 * @property {string[]} paths
 * @property {string} summary masked; '' when over the limit
 */

/**
 * One job. `step` runs one script; `uses` runs an action's main and remembers its post; `finish` runs the posts, last first.
 * `env` and `path` are what GITHUB_ENV and GITHUB_PATH collected so far, `masks` what add-mask collected.
 * Call dispose() in afterEach: it removes the workspace, RUNNER_TEMP, the tool cache and HOME.
 */
export class Job {
  /** @type {Strings} */
  env = {}
  /** @type {string[]} */
  path = []
  /** @type {string[]} */
  masks = []
  /** @type {(() => Promise<StepResult>)[]} */
  #posts = []

  /** @param {{ node?: string, env?: Strings }} [options] `env` replaces or adds to what the runner sets */
  constructor({ node = process.execPath, env = {} } = {}) {
    this.node = node
    this.root = mkdtempSync(join(tmpdir(), 'job-'))
    /** @type {string[]} */
    const [workspace = '', temp = '', tools = '', home = ''] = ['work', 'temp', 'tools', 'home'].map(name =>
      join(this.root, name),
    )
    for (const path of [workspace, temp, tools, home]) mkdirSync(path)
    this.workspace = workspace
    this.temp = temp
    /** @type {Strings} */
    this.base = {
      PATH: process.env.PATH ?? '',
      HOME: home,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: 'X64',
      RUNNER_NAME: 'fake',
      RUNNER_ENVIRONMENT: 'github-hosted',
      RUNNER_TEMP: temp,
      RUNNER_TOOL_CACHE: tools,
      GITHUB_WORKSPACE: workspace,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'https://api.github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_REPOSITORY_OWNER: 'o',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: '0'.repeat(40),
      GITHUB_JOB: 'job',
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_NUMBER: '1',
      GITHUB_RUN_ATTEMPT: '1',
      ...env,
    }
  }

  /**
   * Runs main. Post is registered before main starts and its default condition is always(), so it runs whatever main does.
   * @param {StepOptions & { main: string, post?: string }} action
   */
  async uses({ main, post, ...options }) {
    const result = await this.step(main, options)
    if (post)
      this.#posts.push(() =>
        this.step(post, { ...options, state: result.state, cancelAfter: undefined, cancelWhen: undefined }),
      )
    return result
  }

  /** Runs the posts in reverse order; each gets the inputs of its main, the state main saved, and the env of all steps. */
  async finish() {
    /** @type {StepResult[]} */
    const results = []
    while (this.#posts.length > 0) results.push(await this.#posts.pop()())
    return results
  }

  dispose() {
    rmSync(this.root, { recursive: true, force: true })
  }

  mask(text) {
    return this.masks.reduce((result, secret) => result.replaceAll(secret, '***'), text)
  }

  /**
   * `cancelAfter`: ms until SIGINT to the script alone; SIGTERM 7.5 s later; 2.5 s after that the whole process group is killed.
   * `cancelAfterState`: those ms count from the first state that it saves.
   * `cancelWhen`: the same when this resolves. `cancelBy`: begins with another signal.
   * `timeout`: ms until the group is killed, so that a test never hangs. A child that keeps the output open costs 5 s, then is killed.
   * @param {string} file
   * @param {StepOptions} [options]
   */
  async step(
    file,
    {
      inputs = {},
      state = {},
      args = [],
      env: extra = {},
      cancelAfter,
      cancelAfterState = false,
      cancelWhen,
      cancelBy = 'SIGINT',
      timeout = 60_000,
    } = {},
  ) {
    const files = Object.fromEntries(
      ['ENV', 'OUTPUT', 'STATE', 'PATH', 'STEP_SUMMARY'].map(name => [
        name,
        join(this.temp, `${name.toLowerCase()}_${randomUUID()}`),
      ]),
    )
    for (const path of Object.values(files)) writeFileSync(path, '') // they exist, empty, before the action starts
    const env = { ...this.base, ...this.env, ...extra }
    for (const [name, value] of Object.entries(inputs)) env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value // hyphens stay
    for (const [name, value] of Object.entries(state)) env[`STATE_${name}`] = value
    for (const [name, path] of Object.entries(files)) env[`GITHUB_${name}`] = path
    env.PATH = [...this.path, env.PATH].join(delimiter)

    /** @type {StepResult} */
    const result = {
      outcome: 'success',
      exitCode: null,
      signal: null,
      ms: 0,
      timedOut: false,
      leftRunning: false,
      log: [],
      raw: '',
      commands: [],
      annotations: [],
      failures: [],
      env: {},
      outputs: {},
      state: {},
      paths: [],
      summary: '',
    }
    const started = performance.now()
    const child = spawn(this.node, [file, ...args], {
      env,
      cwd: env.GITHUB_WORKSPACE,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    const killGroup = () => {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        child.kill('SIGKILL')
      }
    }
    const timers = [
      setTimeout(() => {
        result.timedOut = true
        killGroup()
      }, timeout),
    ]
    let cancelled = false
    const cancel = () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      cancelled = true
      child.kill(cancelBy)
      timers.push(
        setTimeout(() => child.kill('SIGTERM'), 7_500),
        setTimeout(killGroup, 10_000),
      )
    }
    const cancelLater = () => timers.push(setTimeout(cancel, cancelAfter))
    if (cancelAfter !== undefined && cancelAfterState) this.#whenWritten(files.STATE, timers, cancelLater)
    else if (cancelAfter !== undefined) cancelLater()
    cancelWhen?.then(cancel)
    child.on('exit', () =>
      timers.push(
        setTimeout(() => {
          result.leftRunning = true
          killGroup()
          child.stdout.destroy()
          child.stderr.destroy()
        }, 5_000),
      ),
    )
    const onLine = this.#lineHandler(result)
    const ends = [child.stdout, child.stderr].map(stream => splitLines(stream, onLine))
    try {
      ;[result.exitCode, result.signal] = await new Promise((resolve, reject) => {
        child.on('error', reject).on('close', (...how) => resolve(how))
      })
    } finally {
      for (const timer of timers) clearTimeout(timer)
    }
    for (const end of ends) end()
    result.ms = performance.now() - started
    this.#collect(files, result)
    if (result.exitCode !== 0 || result.failures.length > 0) result.outcome = 'failure'
    if (cancelled) result.outcome = 'cancelled'
    return result
  }

  #whenWritten(path, timers, act) {
    if (statSync(path).size > 0) return act()
    timers.push(setTimeout(() => this.#whenWritten(path, timers, act), 2))
  }

  #issue(result, type, message, props = {}) {
    // the log has every one; 10 of each type become annotations, 4096 characters long at most
    const text = this.mask(message).slice(0, 4096)
    result.log.push(`##[${type}]${text}`)
    if (result.annotations.filter(annotation => annotation.type === type).length < 10)
      result.annotations.push({ ...props, type, message: text })
  }

  #fail(result, message) {
    // a command the runner could not carry out fails the step even if the action exits with 0
    result.failures.push(message)
    this.#issue(result, 'error', message)
  }

  #lineHandler(result) {
    // stop-commands holds for the rest of this step, masks hold for the rest of the job
    const names = new Set(COMMANDS)
    let stopToken
    return line => {
      result.raw += `${line}\n`
      const command = parseCommand(line, names)
      if (!command || stopToken !== undefined) {
        if (command?.name === stopToken && stopToken !== undefined) {
          names.delete(stopToken)
          stopToken = undefined
        }
        return void result.log.push(this.mask(line))
      }
      const { name, props, data } = command
      if (name === 'add-mask') return this.#addMask(data)
      result.commands.push({ name, props, data: this.mask(data) })
      if (name === 'error' || name === 'warning' || name === 'notice') this.#issue(result, name, data, props)
      else if (name === 'set-env' || name === 'add-path') this.#fail(result, `The \`${name}\` command is disabled.`)
      else if ((name === 'set-output' || name === 'save-state') && !props.name)
        this.#fail(result, `Required field 'name' is missing in ##[${name}] command.`)
      else if (name === 'set-output')
        result.outputs[props.name] = data // deprecated, and still carried out
      else if (name === 'save-state') result.state[props.name] = data
      else if (name === 'stop-commands') {
        if (data === '' || names.has(data.toLowerCase()) || data === 'pause-logging')
          return this.#fail(result, 'Invoked ::stop-commands:: with an unusable token.')
        stopToken = data.toLowerCase()
        names.add(stopToken)
      } else if (name === 'group' || name === 'endgroup' || (name === 'debug' && this.base.RUNNER_DEBUG === '1'))
        result.log.push(this.mask(`##[${name}]${data}`))
    }
  }

  #addMask(data) {
    // the value and each of its lines; the real runner masks their base64, URI, JSON and XML forms as well
    for (const secret of [data, ...data.split(/[\r\n]+/).map(part => part.trim())])
      if (secret.trim() && !this.masks.includes(secret)) this.masks.push(secret)
    this.masks.sort((a, b) => b.length - a.length)
  }

  #collect(files, result) {
    const read = name => readFileSync(files[name], 'utf8')
    const apply = (name, use) => {
      try {
        use(read(name))
      } catch (error) {
        this.#fail(result, `Unable to process file command '${name.toLowerCase()}' successfully. ${error.message}`)
      }
    }
    apply('ENV', text => {
      for (const [name, value] of Object.entries(parseKeyValueFile(text))) {
        if (name.toUpperCase() === 'NODE_OPTIONS')
          this.#issue(result, 'error', `Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`)
        else this.env[name] = result.env[name] = value
      }
    })
    apply('OUTPUT', text => Object.assign(result.outputs, parseKeyValueFile(text)))
    apply('STATE', text => Object.assign(result.state, parseKeyValueFile(text)))
    apply('PATH', text => {
      result.paths = text.split(/\r?\n/).filter(Boolean)
      for (const path of result.paths) this.path = [path, ...this.path.filter(known => known !== path)]
    })
    apply('STEP_SUMMARY', text => {
      // masked line by line; over 1 MiB nothing is uploaded and the step still passes
      const kib = Math.floor(Buffer.byteLength(text) / 1024)
      if (Buffer.byteLength(text) > 1024 * 1024)
        this.#issue(
          result,
          'error',
          `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kib}k.`,
        )
      else
        result.summary = text
          .split('\n')
          .map(line => this.mask(line))
          .join('\n')
    })
    for (const path of Object.values(files)) rmSync(path, { force: true })
  }
}

function splitLines(stream, onLine) {
  // CR, LF and CRLF each end a line, as in .NET's StreamReader
  let rest = ''
  stream.setEncoding('utf8').on('data', text => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop()
    lines.forEach(onLine)
  })
  return () => {
    if (rest !== '') rest.replace(/\r$/, '').split('\r').forEach(onLine)
  }
}
