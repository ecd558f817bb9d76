// The moments that were drawn for what is shown now, and what changes between two of them.

/** @import { FrameBlob } from "../../../../browser/frame.js" */
/** @import { Changes, TrainingMoment, MomentsAnswer } from "./types.js" */

/** @typedef {TrainingMoment & {weightsSheet: ImageBitmap, mapsSheet: ImageBitmap}} DrawnMoment */
/** @typedef {Changes & {sheet: ImageBitmap | undefined}} DrawnChanges */

export class MomentStore {
  constructor() {
    /** What the moments are about: a network, a picture, a layer, colors. */
    this.about = "";
    /** @type {Map<number, DrawnMoment>} by their numbers */
    this.moments = new Map();
    /** @type {Map<string, DrawnChanges>} by the pair of moments */
    this.changes = new Map();
  }

  /**
   * Forget everything, unless it is about the same.
   * @param {string} about
   */
  begin(about) {
    if (this.about === about) return;
    this.about = about;
    this.moments.clear();
    this.changes.clear();
  }

  /**
   * Keep what an answer brought; tells whether it is about what is shown now.
   * @param {MomentsAnswer} answer
   * @param {Map<string, FrameBlob>} blobs
   * @param {string} about
   */
  async keep({ moments, changes }, blobs, about) {
    const drawn = await Promise.all(
      moments.map(async (moment) => ({
        ...moment,
        weightsSheet: await bitmapOf(blobs.get(`weights_${moment.at}`)),
        mapsSheet: await bitmapOf(blobs.get(`maps_${moment.at}`)),
      })),
    );
    const changed = blobs.get("changed");
    const sheet = changed && (await bitmapOf(changed));
    if (about !== this.about) return false;
    for (const moment of drawn) this.moments.set(moment.at, moment);
    this.changes.set(String(changes.pair), { ...changes, sheet });
    return true;
  }
}

/** @param {FrameBlob | undefined} blob a PNG */
function bitmapOf(blob) {
  if (!blob) throw new Error("A sheet of pictures is missing.");
  return createImageBitmap(new Blob([blob.bytes], { type: blob.type }));
}
