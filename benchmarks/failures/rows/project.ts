import { buildModule, goSumOf } from '../../../src/demo/modules.ts'
import { type Failure, failure } from '../failure.ts'
import { greet, PROJECT, PUBLIC, projectOf, words } from '../modules.ts'
import type { Scene } from '../scene.ts'

/** The official proxy has the public modules, and example.com is a host without repositories. */
async function ordinary(scene: Scene, modules = PUBLIC): Promise<void> {
  await scene.proxy('proxy.golang.org', { modules })
  await scene.git('example.com', { logins: {} })
}

const CONFLICT = '<<<<<<< HEAD\n\texample.com/words v1.2.0\n=======\n\texample.com/words v1.1.0\n>>>>>>> feature\n'

/** What is wrong stands in the project's own files. */
export const OF_THE_PROJECT: readonly Failure[] = [
  failure('module-typo', 'go.mod names a module that nobody has', async scene => {
    await ordinary(scene)
    scene.files(projectOf(PUBLIC, [{ path: 'example.com/wrods', version: 'v1.2.0' }]))
    return scene.use()
  }),
  failure('module-typo-command', 'go.mod names a module that nobody has: on the command line', async scene => {
    await ordinary(scene)
    scene.files(projectOf(PUBLIC, [{ path: 'example.com/wrods', version: 'v1.2.0' }]))
    return scene.run(['run'])
  }),
  failure('version-missing', 'go.mod asks for a version that was never tagged', async scene => {
    await ordinary(scene)
    scene.files(projectOf([greet], [{ path: words.path, version: 'v1.3.0' }]))
    return scene.use()
  }),
  failure('version-without-v', 'go.mod has a version without its v', async scene => {
    await ordinary(scene)
    scene.files({ ...PROJECT, 'go.mod': PROJECT['go.mod'].replace('v1.2.0', '1.2.0') })
    return scene.use()
  }),
  failure('version-unknown-commit', 'go.mod asks for a commit that is not there any more', async scene => {
    await ordinary(scene)
    scene.files(projectOf([greet], [{ path: words.path, version: 'v0.0.0-20240102030405-abcdefabcdef' }]))
    return scene.use()
  }),
  failure('version-major-without-suffix', 'go.mod asks for v2 of a module without /v2 in its path', async scene => {
    await ordinary(scene)
    scene.files(projectOf([greet], [{ path: words.path, version: 'v2.0.0' }]))
    return scene.use()
  }),
  failure(
    'module-declares-another-path',
    'A fork is required by its own path, and still has the original’s go.mod',
    async scene => {
      const original = buildModule({ path: 'example.com/original', version: 'v1.0.0' })
      const fork = buildModule({ path: 'example.com/fork', version: 'v1.0.0', files: { 'go.mod': original.mod } })
      await ordinary(scene, [...PUBLIC, { ...fork, mod: original.mod }])
      scene.env({ GONOSUMDB: '*' })
      scene.files(projectOf(PUBLIC, [fork]))
      return scene.use()
    },
  ),
  failure('go-mod-conflict', 'go.mod has the marks of a merge conflict', async scene => {
    await ordinary(scene)
    scene.files({ ...PROJECT, 'go.mod': PROJECT['go.mod'].replace('\texample.com/words v1.2.0\n', CONFLICT) })
    return scene.use()
  }),
  failure('go-mod-unknown-directive', 'go.mod has a misspelt directive', async scene => {
    await ordinary(scene)
    scene.files({ ...PROJECT, 'go.mod': PROJECT['go.mod'].replace('require', 'requires') })
    return scene.run(['run'])
  }),
  failure('go-sum-conflict', 'go.sum has the marks of a merge conflict', async scene => {
    await ordinary(scene)
    const [first = '', ...others] = PROJECT['go.sum'].split('\n')
    scene.files({ ...PROJECT, 'go.sum': [first, '<<<<<<< HEAD', ...others].join('\n') })
    return scene.use()
  }),
  failure('go-sum-lacks-lines', 'go.sum lacks the lines of a module', async scene => {
    await ordinary(scene)
    scene.env({ GONOSUMDB: '*' })
    scene.files({ ...PROJECT, 'go.sum': goSumOf([greet]) })
    return scene.use()
  }),
  failure('go-sum-missing', 'go.sum was not committed', async scene => {
    await ordinary(scene)
    scene.env({ GONOSUMDB: '*' })
    scene.files({ 'go.mod': PROJECT['go.mod'] })
    return scene.use()
  }),
  failure('replace-missing-directory', 'A replace line leads to a directory that is not there', async scene => {
    await ordinary(scene)
    scene.files({ ...PROJECT, 'go.mod': `${PROJECT['go.mod']}\nreplace example.com/words => ../words\n` })
    return scene.use()
  }),
  failure('replace-directory-without-go-mod', 'A replace line leads to a directory without go.mod', async scene => {
    await ordinary(scene)
    scene.files({
      ...PROJECT,
      'words/words.go': 'package words\n',
      'go.mod': `${PROJECT['go.mod']}\nreplace example.com/words => ./words\n`,
    })
    return scene.use()
  }),
  failure('replace-missing-version', 'A replace line leads to a fork that nobody has', async scene => {
    await ordinary(scene)
    scene.files({
      ...PROJECT,
      'go.mod': `${PROJECT['go.mod']}\nreplace example.com/words => example.com/fork v1.2.1\n`,
    })
    return scene.use()
  }),
  failure('requirement-missing-version', 'A required module requires a version that nobody has', async scene => {
    const outer = buildModule({
      path: 'example.com/outer',
      version: 'v1.0.0',
      goLine: '1.16',
      requires: [{ path: words.path, version: 'v1.9.0' }],
    })
    await ordinary(scene, [...PUBLIC, outer])
    scene.files(projectOf([greet, outer]))
    return scene.use()
  }),
  failure('go-line-too-new', 'go.mod wants a newer Go, and GOTOOLCHAIN=local', async scene => {
    await ordinary(scene)
    scene.files(projectOf(PUBLIC, [], '1.99'))
    return scene.use()
  }),
  failure('go-line-without-toolchain', 'go.mod wants a Go that does not exist', async scene => {
    await ordinary(scene)
    scene.env({ GOTOOLCHAIN: 'auto' })
    scene.files(projectOf(PUBLIC, [], '1.99.1'))
    return scene.use()
  }),
  failure('module-needs-newer-go', 'A required module needs a newer Go', async scene => {
    const modern = buildModule({ path: 'example.com/modern', version: 'v1.0.0', goLine: '1.99' })
    await ordinary(scene, [...PUBLIC, modern])
    scene.files(projectOf([...PUBLIC, modern]))
    return scene.use()
  }),
  failure('work-missing-directory', 'go.work names a submodule that was not checked out', async scene => {
    await ordinary(scene)
    scene.files({ ...PROJECT, 'go.work': 'go 1.21\n\nuse (\n\t.\n\t./missing\n)\n' })
    return scene.use()
  }),
  failure('work-syntax', 'go.work has a misspelt directive', async scene => {
    await ordinary(scene)
    scene.files({ ...PROJECT, 'go.work': 'go 1.21\n\nuses .\n' })
    return scene.use()
  }),
  failure('work-older-than-module', 'go.work has an older go line than a module in it', async scene => {
    await ordinary(scene)
    scene.files({ ...projectOf(PUBLIC, [], '1.22'), 'go.work': 'go 1.21\n\nuse .\n' })
    return scene.use()
  }),
  failure('work-modfile', 'GOFLAGS has -modfile in a workspace', async scene => {
    await ordinary(scene)
    scene.env({ GOFLAGS: '-modcacherw -modfile=other.mod' })
    scene.files({ ...PROJECT, 'other.mod': PROJECT['go.mod'], 'go.work': 'go 1.21\n\nuse .\n' })
    return scene.use()
  }),
  failure('vendor-inconsistent', 'vendor/modules.txt does not agree with go.mod', async scene => {
    await ordinary(scene)
    scene.files({
      ...PROJECT,
      'vendor/modules.txt': '# example.com/greet v0.9.0\n## explicit; go 1.21\nexample.com/greet\n',
      'main.go': 'package main\n\nimport _ "example.com/greet"\n\nfunc main() {}\n',
    })
    return scene.run(['exec', '--', 'go', 'build', './...'])
  }),
  failure('no-go-mod', 'There is no go.mod, but two in subfolders', async scene => {
    await ordinary(scene)
    scene.files({
      'api/go.mod': PROJECT['go.mod'],
      'api/go.sum': PROJECT['go.sum'],
      'tools/go.mod': PROJECT['go.mod'],
      'tools/go.sum': PROJECT['go.sum'],
    })
    return scene.use()
  }),
  failure('nothing-checked-out', 'actions/checkout comes after this step', async scene => {
    await ordinary(scene)
    return scene.use()
  }),
  failure('working-directory-missing', 'working-directory is not there', async scene => {
    await ordinary(scene)
    scene.files(PROJECT)
    return scene.use({ 'working-directory': 'src' })
  }),
  failure('working-directory-outside', 'working-directory leads out of the workspace', async scene => {
    await ordinary(scene)
    scene.files(PROJECT)
    return scene.use({ 'working-directory': '../other' })
  }),
  failure('glob-matches-nothing', 'A glob in working-directory matches nothing', async scene => {
    await ordinary(scene)
    scene.files({ 'services/api/go.mod': PROJECT['go.mod'] })
    return scene.use({ 'working-directory': 'service/*' })
  }),
  failure('second-of-two-directories', 'Of two modules in one repository the second fails', async scene => {
    await ordinary(scene)
    const wrong = projectOf([greet], [{ path: words.path, version: 'v1.3.0' }])
    scene.files({
      'api/go.mod': PROJECT['go.mod'],
      'api/go.sum': PROJECT['go.sum'],
      'tools/go.mod': wrong['go.mod'],
      'tools/go.sum': wrong['go.sum'],
    })
    return scene.use({ 'working-directory': 'api\ntools' })
  }),
  failure('goflags-unknown', 'GOFLAGS has a flag that go does not know', async scene => {
    await ordinary(scene)
    scene.env({ GOFLAGS: '-modcacherw -mood=mod' })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('go-mod-without-module-line', 'go.mod is empty', async scene => {
    await ordinary(scene)
    scene.files({ 'go.mod': '', 'go.sum': '' })
    return scene.use()
  }),
]
