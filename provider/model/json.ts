/** What JSON can hold: the type of triggers, and of everything Pulumi keeps in a state. */
import { z } from "zod";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const json = z.json();

/** Passes the value on as it is; a copy made by zod would lack a key such as `__proto__`. */
export const jsonSchema = z.custom<Json>((value) => json.safeParse(value).success, { error: "must be a JSON value" });
