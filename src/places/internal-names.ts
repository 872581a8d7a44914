/**
 * Top-level domains that the public internet does not have: special-use ones (RFC 2606, 6761, 6762, 8375, 9476, and
 * ICANN's `internal`), those that ICANN will never delegate because so many networks use them (`corp`, `home`, `mail`),
 * and usual inventions of networks, routers and clusters.
 */
const INTERNAL_DOMAINS =
  /\.(internal|intranet|intra|corp|local|localdomain|localnet|lan|home|mail|private|priv|workgroup|domain|test|invalid|localhost|alt|onion|home\.arpa|cluster|svc|consul|docker)$/

/** Whether a host's name ends as no public one does. @param host lower case, without a final dot, with a dot in it */
export function isInternalName(host: string): boolean {
  return INTERNAL_DOMAINS.test(host)
}
