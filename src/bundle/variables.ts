import { pathToFileURL } from 'node:url'

/** What makes go take modules from a directory, the private ones too, and from nowhere else. */
export function fileProxyVariables(directory: string): Readonly<Record<string, string>> {
  // GOPROXY is a list, which commas and bars separate.
  const url = pathToFileURL(directory).href.replaceAll(',', '%2C').replaceAll('|', '%7C')
  return { GOPROXY: url, GONOPROXY: 'none' }
}
