import ts from 'typescript'

const compilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  sourceMap: true,
  inlineSources: true,
}

/** Jest transformer: types are stripped file by file; `npm run typecheck` is what checks them. */
export default {
  process(code, fileName) {
    const { outputText, sourceMapText } = ts.transpileModule(code, { fileName, compilerOptions })
    return { code: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''), map: sourceMapText }
  },
}
