import { isModulePath } from '../go/escape.ts'
import type { Given } from '../inputs/given.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { parsePrivateDomains } from '../inputs/private-domains.ts'
import { parsePrivateProxy } from '../inputs/proxies.ts'
import type { InputName } from '../inputs/table.ts'
import { parseSumdb } from '../inputs/values.ts'
import { type Carried, type CarriedProxy, ORIGINAL_VARIABLE, parseCarried } from '../settings/original.ts'

/**
 * What earlier uses of the action in this job said about privacy. Any step can write the variable, so only values that
 * their inputs could have had are taken.
 */
export function readEarlier(env: Readonly<Record<string, string | undefined>>): Carried {
  const { privateDomains, sheltered, privateProxy } = parseCarried(env[ORIGINAL_VARIABLE])
  return {
    privateDomains: privateDomains.filter(pattern => {
      const parsed = parsePrivateDomains(given('private-domains', pattern))
      return parsed.ok && parsed.value.patterns.length === 1 && parsed.value.patterns[0] === pattern
    }),
    sheltered: sheltered.filter(isModulePath),
    privateProxy: privateProxy && isUsable(privateProxy) ? privateProxy : undefined,
  }
}

/** http is allowed here, since the earlier use must have allowed it. */
function isUsable({ url, sumdb }: CarriedProxy): boolean {
  const parsed = parsePrivateProxy(given('private-proxy', url), true)
  return parsed.ok && parsed.value === url && parseSumdb(given('sumdb', sumdb)).ok
}

function given(name: InputName, text: string): Given {
  return { name, label: ORIGINAL_VARIABLE, text }
}

/**
 * Adds to the inputs what earlier uses in this job said about privacy. Their private domains are joined with this use's;
 * their private proxy, with its checksum database and fallback, stays unless this use names another.
 */
export function withEarlier(inputs: Inputs, earlier: Carried): Inputs {
  const { privateProxy } = earlier
  return {
    ...inputs,
    privateDomains: [...new Set([...earlier.privateDomains, ...inputs.privateDomains])],
    ...(inputs.privateProxy === undefined &&
      privateProxy !== undefined && {
        privateProxy: privateProxy.url,
        sumdb: inputs.sumdb === 'auto' ? privateProxy.sumdb : inputs.sumdb,
        fallback: inputs.fallback ?? privateProxy.fallback,
      }),
  }
}

/** What is in force only because of earlier uses; undefined: nothing. */
export function describeEarlier(inputs: Inputs, { privateDomains, privateProxy }: Carried): string | undefined {
  const domains = privateDomains.filter(pattern => !inputs.privateDomains.includes(pattern))
  const parts = [
    ...(domains.length > 0 ? [`private-domains ${domains.join(', ')}`] : []),
    ...(privateProxy !== undefined && inputs.privateProxy === undefined ? [`private-proxy ${privateProxy.url}`] : []),
  ]
  return parts.length === 0 ? undefined : `Kept from an earlier use in this job: ${parts.join('; ')}`
}
