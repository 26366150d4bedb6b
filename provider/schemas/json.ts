/** What JSON can hold: the type of triggers, and of everything Pulumi keeps in a state. */
import { z } from "zod";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export const jsonSchema: z.ZodType<Json> = z.json();
