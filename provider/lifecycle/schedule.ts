/** Warns, once when it is set up, of a schedule that will stop working. */
import { type Announcement, type Overlap, scheduleWarnings } from "../messages/announcement";
import type { Inputs } from "../model/inputs";
import type { Properties } from "../model/properties";

/** The inputs that make it. */
const SCHEDULE = ["rotateAfter", "oldKeyExpiry"];

/**
 * @param olds the inputs of the last run; empty for a new resource
 * @param news the inputs of the program
 * @param inputs the same, read
 * @param overlapping what graces that overlap come to
 */
export function newScheduleWarnings(
  olds: Properties,
  news: Properties,
  inputs: Pick<Inputs, "oldKeyExpiry" | "rotateAfter">,
  overlapping: (overlap: Overlap) => Announcement,
): Announcement[] {
  return SCHEDULE.some((input) => news[input] !== olds[input]) ? scheduleWarnings(inputs, overlapping) : [];
}
