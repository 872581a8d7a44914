/** The same thing of this working tree's program and, with `--against`, of the other one. */
export interface Sides<T> {
  readonly ours: T
  readonly theirs?: T
}

/** A value of each; of R only the names count: beside the two sides there may be what they are measured beside. */
export type Like<R, U> = { readonly [Name in keyof R]: U }
export type ValueOf<R> = Exclude<R[keyof R], undefined>

export function each<R extends Sides<unknown>, U>(row: R, of: (one: ValueOf<R>) => U): Like<R, U> {
  return Object.fromEntries(Object.entries(row).map(([name, one]) => [name, of(one)])) as Like<R, U>
}
