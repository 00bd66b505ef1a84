/** Back ends on existing engines. */
export {};
