import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Failure, Read } from './failure.ts'
import { difference, minorOf, type Page, render } from './page.ts'
import { type Stage, withScene } from './scene.ts'

/** What the played text is, beside the page that there is. */
export interface Played {
  readonly failure: Failure
  readonly goVersion: string
  readonly text: string
}

/** @param atOnce so many at a time: most of them wait for something  @param then is told of each, in the order of their ends */
export async function playAll(
  failures: readonly Failure[],
  stage: Stage,
  atOnce: number,
  then: (played: Played) => void,
): Promise<void> {
  const queue = [...failures]
  const lane = async () => {
    for (let failure = queue.shift(); failure !== undefined; failure = queue.shift()) then(await play(failure, stage))
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

export async function play(failure: Failure, stage: Stage): Promise<Played> {
  const read: Read = await withScene(stage, failure.play)
  return { failure, goVersion: stage.goVersion, text: render(failure, read) }
}

/** What differs from the page, in words, or as lines with `-` or `+`; empty: nothing does. */
export function deviation({ goVersion, text }: Played, page: Page | undefined): string {
  const found = difference(page?.text ?? '', text)
  // Another version's words are told by how they differ.
  const known = page?.otherwise.get(minorOf(goVersion)) ?? ''
  return found === known ? '' : found === '' ? `It reads as with the newest Go, and no more so:\n${known}` : found
}

/** The go command of a version, which go fetches unless it has it. @returns the directory that it is in */
export function goBinOf(version: string): string {
  const env = { ...process.env, GOTOOLCHAIN: `go${version}` }
  return join(execFileSync('go', ['env', 'GOROOT'], { env, encoding: 'utf8' }).trim(), 'bin')
}

/** @returns as `1.26.8` */
export function versionOfGo(): string {
  const env = { ...process.env, GOTOOLCHAIN: 'local' }
  return execFileSync('go', ['env', 'GOVERSION'], { env, encoding: 'utf8' }).trim().replace(/^go/, '')
}
