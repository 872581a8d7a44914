import type { Place } from '../places/place.ts'

/** A secret for a place, ready for use: the user is known. */
export interface Credential extends Place {
  /** Line of the input, which messages name instead of the secret. */
  readonly line: number
  readonly user: string
  readonly token: string
}

/** Where a proxy of the user's own is. */
export interface OwnProxy extends Place {
  /** Without TLS: go sends no login there. Source: cmd/go/internal/web, get. */
  readonly overHttp: boolean
  /** Its URL has a user or a password. */
  readonly withLogin?: boolean
}

/** A place that a secret was meant for; it is empty. */
export interface EmptySecret extends Place {
  readonly input: 'credentials' | 'ssh-key'
  /** Line of that input. */
  readonly line: number
}
