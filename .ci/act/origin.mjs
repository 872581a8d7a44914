// A module proxy on loopback that serves a module cache's `cache/download`, for .ci/act/run. Prints its URL, then one
// line for each request. `node origin.mjs DIRECTORY`
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'

const directory = process.argv[2]
const server = createServer((req, res) => {
  const path = normalize(join(directory, decodeURIComponent(req.url)))
  console.log(req.url)
  const file = path.startsWith(directory) && statSync(path, { throwIfNoEntry: false })
  if (!file?.isFile()) return void res.writeHead(404).end('not found\n')
  res.writeHead(200, { 'content-length': file.size })
  createReadStream(path).pipe(res)
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
