/** Nest's token for the kernel's Clock. */
export const CLOCK = Symbol('Clock');
