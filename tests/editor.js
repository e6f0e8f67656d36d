// The YAML language server's engine, as editors run it: reads {uses: path, schemas: {name: schema}, files: [{name, text,
// at}]} from the standard input, and prints for each file what the engine finds, or what it offers at an offset.
'use strict';

const { uses, schemas, files } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const { getLanguageService } = require(uses);
const { TextDocument } = require(require.resolve('vscode-languageserver-textdocument', { paths: [uses] }));
const { SettingsState } = require(uses.replace('index.js', 'yamlSettings.js'));

const service = getLanguageService({
  schemaRequestService: (address) => Promise.reject(new Error(`asked for ${address}`)),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
  yamlSettings: new SettingsState(),
});
const schemasSettings = Object.entries(schemas).map(([name, schema]) => ({
  uri: `test:///${name}.schema.json`, fileMatch: [`/${name}-*.yaml`], schema,
}));
service.configure({ validate: true, completion: true, hover: true, schemas: schemasSettings });

(async () => {
  for (const [number, { name, text, at }] of files.entries()) {
    const document = TextDocument.create(`file:///${name}-${number}.yaml`, 'yaml', 0, text);
    const found = at === undefined
      ? (await service.doValidation(document, false)).map((each) => each.message)
      : (await service.doComplete(document, document.positionAt(at), false)).items.map((each) => each.label);
    console.log(JSON.stringify(found));
  }
})();
