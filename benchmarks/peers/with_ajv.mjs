// ajv with ajv-formats: every error.
import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const [work, corpus, told, home] = process.argv.slice(2);
const require = createRequire(join(home, "package.json"));
const Ajv = require("ajv/dist/2020").default;
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: true });
require("ajv-formats").default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(join(work, "schema.json"), "utf8")));

const numbers = createWriteStream(told);
let number = 0;
createInterface({ input: createReadStream(corpus, { highWaterMark: 1 << 20 }), crlfDelay: Infinity })
  .on("line", (line) => {
    if (!validate(JSON.parse(line).response.body)) numbers.write(`${number}\n`);
    number += 1;
  })
  .on("close", () => numbers.end());
