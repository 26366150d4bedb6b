/**
 * Packs files as `tar -cz` would. The same files are the same bytes on every system: without times, owners and the order
 * of a folder, and with the modes that are given, because Windows has none.
 */
import { gzipSync } from "node:zlib";

const BLOCK = 512;

/**
 * @typedef {object} Packed
 * @property {string} name with slashes; 100 characters at most
 * @property {Buffer} content
 * @property {boolean} [isProgram] whether it is to be run
 */

/**
 * @param {Packed[]} files
 * @returns {Buffer}
 */
export function tarball(files) {
  const blocks = files.flatMap(({ name, content, isProgram = false }) => [
    header(name, content.length, isProgram ? 0o755 : 0o644),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  const packed = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  // The header of gzip names the system that it was made on.
  packed[9] = 255;
  return packed;
}

/**
 * Format: POSIX.1-2017, pax, "ustar Interchange Format".
 *
 * @param {string} name
 * @param {number} size
 * @param {number} mode
 */
function header(name, size, mode) {
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for the header of a tar file`);
  const block = Buffer.alloc(BLOCK);
  /** @type {(value: number, at: number, length: number) => void} */
  const octal = (value, at, length) => {
    block.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at);
  };
  block.write(name, 0);
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
