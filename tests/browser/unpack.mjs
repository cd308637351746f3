// node unpack.mjs PACKED FOLDER: unpack every .br file of a folder into another one.
import { createReadStream, createWriteStream, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const [packed, folder] = process.argv.slice(2);
for (const name of readdirSync(packed).filter((name) => name.endsWith(".br"))) {
  const unpacked = createWriteStream(join(folder, basename(name, ".br")), { mode: 0o755 });
  await pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), unpacked);
}
