// ajv with ajv-formats on the corpus: the body against the schema of the answer it was made for.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const [work, home] = process.argv.slice(2);
const require = createRequire(join(home, "package.json"));
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;

const validators = new Map();

function validator(name) {
  if (!validators.has(name)) {
    const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: true });
    addFormats(ajv);
    validators.set(name, ajv.compile(JSON.parse(readFileSync(join(work, "schemas", name), "utf8"))));
  }
  return validators.get(name);
}

function place(error) {
  let pointer = error.instancePath.replace(/\/[0-9]+(?=\/|$)/g, "/*");
  if (error.keyword === "required") {
    pointer += "/" + error.params.missingProperty.replace(/~/g, "~0").replace(/\//g, "~1");
  }
  return { pointer, parts: [] };
}

function judged(exchange) {
  if (exchange.schema === null) return [];
  let body;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(exchange.body, "base64")));
  } catch {
    return [{ pointer: "", parts: [] }];
  }
  const validate = validator(exchange.schema);
  return validate(body) ? [] : validate.errors.map(place);
}

for await (const line of createInterface({ input: process.stdin })) {
  const sample = JSON.parse(line);
  console.log(JSON.stringify({ id: sample.id, said: sample.exchanges.flatMap(judged) }));
}
