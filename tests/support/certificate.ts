/** A certificate for localhost that nobody trusts, unless told to. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

export function selfSigned(): Certificate {
  const folder = mkdtempSync(path.join(os.tmpdir(), "certificate-"));
  try {
    const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(folder, name)) as [string, string];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...names];
    execFileSync("openssl", [...words, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
