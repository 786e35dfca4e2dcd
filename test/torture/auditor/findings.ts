/** One thing that must not be, and where it is seen. */
export type Finding = { what: string; invoice?: string; customer?: string; reminder?: string; mail?: string };
