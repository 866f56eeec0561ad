// Holds our type declarations against those of the package that they stand in for: every exported name is there, what ours give out
// is what an application of the original expects, and what it passes is taken. Then compiles code written for the original against
// both, with nothing changed but where the import leads. Only the original's declarations are read.
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const OUT = join(HERE, 'generated');
const ORIGINAL = '@azure/communication-calling';

/** What an application makes and passes, where theirs must be ours as well. */
const PASSED =
  /(Options|Locator|Constraints|Config|CustomContext|Parameters|Survey|Rating|Scale|Message|Effect|Processor|Configuration|Server)$|^xHeader$/;

/** How features are made is between applications and one SDK: application.ts has an application's own feature. */
const NOT_COMPARED = /Feature(Context|Ctor|Factory)$|^FeatureFactory$/;

/** The four kinds of factories, by what they have. */
const FACTORIES = [
  ['Call', 'callApiCtor'],
  ['Client', 'callClientApiCtor'],
  ['Video', 'videoStreamApiCtor'],
  ['Audio', 'audioStreamApiCtor'],
];

const options = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
  rootDir: ROOT,
};

/** Members that are private make a class a type of its own, which no other can be: they are left out on both sides. */
function withoutPrivate(text) {
  return text
    .split('\n')
    .filter((line) => !/^\s*(private |#private;)/.test(line))
    .join('\n');
}

async function prepare() {
  mkdirSync(OUT, { recursive: true });
  const path = join(ROOT, 'node_modules', ORIGINAL, 'types/communication-calling.d.ts');
  // It exports an enum under another name than it declares, which tells enums apart.
  const original = readFileSync(path, 'utf8')
    .replaceAll('RecordingState_2', 'RecordingState')
    .replace('export { RecordingState as RecordingState }', 'export { RecordingState }');
  writeFileSync(join(OUT, 'original.d.ts'), withoutPrivate(original));
  const bundle = await rollup({
    input: join(ROOT, 'sdk/index.ts'),
    external: [/^@azure\//],
    plugins: [dts({ tsconfig: join(ROOT, 'tsconfig.json') })],
    onwarn: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'es' });
  writeFileSync(join(OUT, 'vaxel.d.ts'), withoutPrivate(output[0].code));
}

function exportsOf(checker, file) {
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(file));
  return new Map(symbols.map((symbol) => [symbol.name, symbol]));
}

/** Names, and lines of TypeScript that compile where the two fit. */
function compare() {
  const files = ['original', 'vaxel'].map((name) => join(OUT, `${name}.d.ts`));
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const [theirs, ours] = files.map((file) => exportsOf(checker, program.getSourceFile(file)));
  const missing = [...theirs.keys()].filter((name) => !ours.has(name));
  const lines = [
    "import type * as Original from './original';",
    "import type * as Vaxel from './vaxel';",
  ];
  for (const [name, symbol] of theirs) {
    if (!ours.has(name)) {
      continue;
    }
    const isType = symbol.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Alias);
    const isValue = symbol.flags & ts.SymbolFlags.Variable;
    const parameters = symbol.declarations?.[0]?.typeParameters?.length ?? 0;
    const filled = ['', '<any>', '<any, any>'][parameters];
    if (NOT_COMPARED.test(name)) {
      continue;
    }
    const type = isType ? `.${name}${filled}` : isValue ? `.${name}` : undefined;
    if (type !== undefined) {
      const of = isType ? '' : 'typeof ';
      const declared = checker.getDeclaredTypeOfSymbol(symbol);
      // A listener is the application's, and so are options; the rest is what the SDK gives out.
      if (PASSED.test(name) || declared.getCallSignatures().length > 0) {
        lines.push(
          `export const taken_${name} = (it: ${of}Original${type}): ${of}Vaxel${type} => it;`,
        );
      } else if (name === 'Features') {
        for (const [kind, key] of FACTORIES) {
          lines.push(
            `type Of${kind}<F> = F extends { ${key}: new (...it: any[]) => infer T } ? T : never;`,
          );
        }
        const made = FACTORIES.map(([kind]) => `Of${kind}<F[K]>`).join(' | ');
        lines.push(`type Made<F> = { [K in keyof F]: ${made} };`);
        lines.push(
          'export const given_Features = (it: Made<typeof Vaxel.Features>): Made<typeof Original.Features> => it;',
        );
      } else {
        lines.push(
          `export const given_${name} = (it: ${of}Vaxel${type}): ${of}Original${type} => it;`,
        );
      }
    }
  }
  writeFileSync(join(OUT, 'structure.ts'), lines.join('\n') + '\n');
  return missing;
}

/** What is wrong with these files; with `paths`, where the original's name leads elsewhere. */
function compile(files, paths) {
  const program = ts.createProgram(
    files.map((file) => join(HERE, file)),
    paths === undefined ? options : { ...options, paths },
  );
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n    ');
    if (diagnostic.file === undefined) {
      return text;
    }
    const source = diagnostic.file.text.split('\n');
    const line = ts.getLineAndCharacterOfPosition(diagnostic.file, diagnostic.start).line;
    const name = diagnostic.file.fileName.slice(HERE.length + 1);
    return `${name}:${String(line + 1)} ${source[line].trim()}\n    ${text}`;
  });
}

await prepare();
const found = [
  ...compare().map((name) => `${name} is not exported`),
  ...compile(['generated/structure.ts']),
  ...compile(['application.ts']).map((text) => `against the original: ${text}`),
  ...compile(['application.ts'], { [ORIGINAL]: [join(OUT, 'vaxel.d.ts')] }).map(
    (text) => `against ours: ${text}`,
  ),
];
for (const text of found) {
  process.stderr.write(`${text}\n`);
}
process.stderr.write(
  found.length === 0
    ? 'The types stand in for the original\n'
    : `${String(found.length)} differences\n`,
);
process.exitCode = found.length === 0 ? 0 : 1;
