// What runs below `exec`: says which GOPROXY it has there, and stays until its standard input ends.
console.log(`GOPROXY=${process.env['GOPROXY']}`)
process.stdin.resume()
