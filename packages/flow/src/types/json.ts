/** Plain data: what JSON can say. Everything that passes between stages is this. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** JSON Schema 2020-12, as far as parameters need it. */
export type JsonSchema = JsonObject;
