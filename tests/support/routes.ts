/** The routes of the sandbox that a rotation uses. */
export const RESET = "POST /api/v2/tokens/:id/reset";
export const GET_TOKEN = "GET /api/v2/tokens/:id";
export const WHO = "GET /api/v2/caller-identity";
