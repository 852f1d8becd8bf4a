// misp-check.mjs SCHEMA EVENT: is the event of the schema? Draft 4, which ajv reads by
// ajv-draft-04, found from the folder that NODE_TOOLS names. Exit status 1: it is not.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.NODE_TOOLS, 'x.js'));
const Ajv = require('ajv-draft-04').default;
const ajv = new Ajv({ strict: false, allErrors: true });
const [schema, event] = process.argv.slice(2).map(path => JSON.parse(readFileSync(path)));
const validate = ajv.compile(schema);
const valid = validate(event);

for (const e of (validate.errors ?? []).slice(0, 5))
  console.error(`${e.instancePath} ${e.message}`);
console.log(`ajv: an event with ${event.Event.Attribute.length} attributes, ${event.Event.Object.length} objects`);
process.exit(valid ? 0 : 1);
