/** Answers with its event; on request, with the interpreter that it runs on. */
export const handler = async (event) => (event.interpreter ? { path: process.execPath } : event);
