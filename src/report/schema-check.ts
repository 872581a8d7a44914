/** What of JSON Schema the report's own schema uses, but for what only describes. */
export interface Schema {
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minimum?: number
  readonly maxItems?: number
  readonly pattern?: string
}

/**
 * The first thing in a value that is not as a schema says, in plain words; undefined when all is. Members that the schema
 * does not name are allowed: a newer version may have added them.
 */
export function findFault(value: unknown, schema: Schema, path = ''): string | undefined {
  return (
    findFaultOfVariants(value, schema, path) ??
    findFaultOfValue(value, schema, path) ??
    (Array.isArray(value) ? findFaultOfItems(value, schema, path) : undefined) ??
    (typeOf(value) === 'object' ? findFaultOfMembers(value as object, schema, path) : undefined)
  )
}

function findFaultOfVariants(value: unknown, { anyOf = [], oneOf = [] }: Schema, path: string): string | undefined {
  const faults = [...anyOf, ...oneOf].map(one => findFault(value, one, path))
  const fitting = faults.filter(fault => fault === undefined).length
  if (faults.length > 0 && fitting === 0) return deepest(faults)
  return oneOf.length > 0 && fitting > 1 ? `${nameOf(path)} is two things at a time` : undefined
}

function findFaultOfValue(value: unknown, schema: Schema, path: string): string | undefined {
  const { type, minimum, pattern } = schema
  const types = type === undefined ? [] : [type].flat()
  if (types.length > 0 && !types.some(one => hasType(value, one))) return `${nameOf(path)} is not ${types.join(' or ')}`
  const allowed = 'const' in schema ? [schema.const] : schema.enum
  if (allowed !== undefined && !allowed.includes(value)) return `${nameOf(path)} is none of ${JSON.stringify(allowed)}`
  if (typeof value === 'number' && minimum !== undefined && value < minimum)
    return `${nameOf(path)} is less than ${minimum}`
  if (typeof value === 'string' && pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return `${nameOf(path)} is not of the form ${pattern}`
  return undefined
}

function findFaultOfItems(list: readonly unknown[], { items, maxItems }: Schema, path: string): string | undefined {
  if (maxItems !== undefined && list.length > maxItems) return `${nameOf(path)} has more than ${maxItems} entries`
  if (items === undefined) return undefined
  for (const [i, item] of list.entries()) {
    const fault = findFault(item, items, `${path}/${i}`)
    if (fault !== undefined) return fault
  }
  return undefined
}

function findFaultOfMembers(
  value: object,
  { properties = {}, required = [] }: Schema,
  path: string,
): string | undefined {
  const missing = required.find(name => !Object.hasOwn(value, name))
  if (missing !== undefined) return `${nameOf(`${path}/${missing}`)} is missing`
  for (const [name, schema] of Object.entries(properties)) {
    if (!Object.hasOwn(value, name)) continue
    const fault = findFault((value as Record<string, unknown>)[name], schema, `${path}/${name}`)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Of the ways in which a value is none of several things, the one that was nearest. */
function deepest(faults: readonly (string | undefined)[]): string | undefined {
  const depth = (fault: string | undefined) => fault?.split(' ')[0]?.split('/').length ?? 0
  return [...faults].sort((a, b) => depth(b) - depth(a))[0]
}

function hasType(value: unknown, type: string): boolean {
  const actual = typeOf(value)
  return (
    actual === type || (type === 'integer' && Number.isInteger(value)) || (type === 'number' && actual === 'number')
  )
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function nameOf(path: string): string {
  return path === '' ? 'it' : path.slice(1)
}
