// Rewrites the bundles so that Node can run each as CommonJS and as an ES module: a file that is copied alone is what the
// next package.json makes of it, or its name (.mjs, .cjs), and Node 20 does not look into the file. Built-in modules
// come from `process.getBuiltinModule` (Node 20.16), which needs neither `import` nor `require`. Fails when something
// is left that only one kind may have, so that a newer bundler cannot break this unseen.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'))
const OLDEST = engines.node.replace('>=', '')

// Runners that are not GitHub's start the node that they find, whatever the action asks for. The check is in words that
// an old one understands; where it cannot even read the rest, it says so itself.
const PROLOGUE = `#!/usr/bin/env node
"use strict";
{
  const [major, minor, patch] = process.versions.node.split(".").map(Number);
  const [a, b, c] = [${OLDEST.split('.').join(', ')}];
  if (major < a || (major === a && (minor < b || (minor === b && patch < c)))) {
    const text = "go-proxy-setup needs Node ${OLDEST} or newer, and " + process.execPath + " is Node " + process.versions.node + ". Install a newer one, or use an image that has it. [NODE_TOO_OLD]";
    if (process.env.GITHUB_ACTIONS === "true" && process.argv.length === 2) console.log("::error::" + text);
    else console.error("error: " + text);
    process.exit(process.argv.includes("exec") ? 125 : 1);
  }
}
const __builtin = name => {
  const found = process.getBuiltinModule(name);
  // As \`require\` fails, for libraries that try whether a module is there.
  if (found === undefined) throw Object.assign(new Error(\`No such built-in module: \${name}\`), { code: "ERR_UNKNOWN_BUILTIN_MODULE" });
  return found;
};
`

/** What the bundler writes, and what stands there instead. The directory of assets is asked for by none. */
const REWRITES = [
  [/^import \{ createRequire as __WEBPACK_EXTERNAL_createRequire \} from "(?:node:)?module";\n/, ''],
  [/__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\(/g, '__builtin('],
  [/^.*__nccwpck_require__\.ab = decodeURIComponent\(new URL\('\.', import\.meta\.url\).*\n/m, ''],
]

for (const file of ['dist/index.js', 'dist/hash-thread/index.js']) {
  const bundle = REWRITES.reduce((text, [from, to]) => text.replace(from, to), readFileSync(file, 'utf8'))
  if (bundle.includes('__nccwpck_require__.ab')) fail(`${file} asks for the directory of assets`)
  writeFileSync(file, PROLOGUE + bundle)
  chmodSync(file, 0o755)
  for (const kind of ['commonjs', 'module']) {
    // Its syntax alone: nothing is run.
    const { status, stderr } = spawnSync(process.execPath, [`--input-type=${kind}`, '--check', '-'], {
      input: bundle,
      encoding: 'utf8',
    })
    if (status !== 0) fail(`${file} is no ${kind}:\n${stderr.slice(0, 2000)}`)
  }
}

function fail(why) {
  console.error(`scripts/any-module.mjs: ${why}`)
  process.exit(1)
}
