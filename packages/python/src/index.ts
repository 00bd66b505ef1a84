/** A warm Python process and the environment it lives in. */
export {};
