/** User names that hosts take beside a token: words of a line of `credentials` that are surely no secret. */
export const TOKEN_USERS = [
  'x-access-token',
  'oauth2',
  'x-token-auth',
  'x-bitbucket-api-token-auth',
  'gitlab-ci-token',
  'git',
]

export function isTokenUser(word: string): boolean {
  return TOKEN_USERS.includes(word)
}

/** The shortest secret that is masked: a shorter one would blot out ordinary words. No token is shorter. */
export const MINIMUM_SECRET_LENGTH = 5

/**
 * Whether a word is rather a token than a name: those of the great hosts are longer than this and hold digits; of the
 * names only GitLab's for its deploy tokens.
 */
export function looksLikeToken(word: string): boolean {
  return word.length >= 20 && /\d/.test(word) && !/^gitlab\+deploy-token-\d+$/.test(word)
}

/** What a message may say of a user: the word in its place may be a token that was written first. */
export function showUser(user: string): string {
  return isTokenUser(user) ? `user ${user}` : 'the user given'
}
