/** A token that opens what it is for. */
export const TOKEN = 'ghp_w0rkingT0ken'
/** One that opens nothing. */
export const WRONG = 'ghp_expiredT0ken'
/** As long as GitHub's are. */
export const LONG_TOKEN = 'ghp_s3cretT0ken0123456789abcdefABCDEF0123'
export const PASSWORD = 'wr0ng-passw0rd'

/** What no page shows but where the user gave it. */
export const SECRETS: readonly string[] = [TOKEN, WRONG, LONG_TOKEN, PASSWORD]
