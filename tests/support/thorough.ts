/**
 * Whether everything is tried, as every night by `npm run test:thorough` and `npm run test:kills`.
 *
 * `npm test` leaves out cases that differ in nothing but what others differ in as well. Each is named where it is left
 * out, with those that stand for it.
 */
export const isThorough = process.env["TEST_THOROUGH"] === "true";
