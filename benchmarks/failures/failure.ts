import type { Scene } from './scene.ts'

/** One way in which a user's run fails or warns, made by a real failure. */
export interface Failure {
  /** The name of its file, in kebab case. */
  readonly name: string
  /** What is wrong, as the user would put it if he knew: the heading of the file. */
  readonly title: string
  readonly play: (scene: Scene) => Promise<Read>
  /** What this machine lacks to play it; undefined: nothing. */
  readonly lacks?: string | undefined
}

/** What the user has before his eyes when the run is over. */
export interface Read {
  /** `uses: …` with its inputs, or a command line. */
  readonly call: string
  /** As the page of the job shows them: groups are folded, and errors and warnings have their word before them. */
  readonly log: readonly string[]
  /** Where an annotation points: `Error at go.mod:5`. Those that point nowhere are not told of. */
  readonly places: readonly string[]
  readonly summary: string
  /** Of a command, beside the log on standard error. */
  readonly output: readonly string[]
  readonly exit: string
}

/** A row of the table. */
export function failure(name: string, title: string, play: Failure['play'], lacks?: string): Failure {
  return { name, title, play, lacks }
}
