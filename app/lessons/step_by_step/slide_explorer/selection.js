// Which cell is looked at: the one that is pinned, else the one under the pointer, else the stop of the player.

/** @import { Scene, Target } from "./types.js" */

export class Selection {
  constructor() {
    /** @type {Target | null} */ this.hovered = null;
    /** @type {Target | null} */ this.pinned = null;
  }

  /**
   * @param {number} step the stop of the player
   * @returns {Target}
   */
  at(step) {
    return this.pinned ?? this.hovered ?? { role: "output", channel: 0, index: step };
  }

  /**
   * The pointer is on a cell, or on none; false if it was there before.
   * @param {Target | null} target
   */
  hover(target) {
    if (isSame(target, this.hovered)) return false;
    this.hovered = target;
    return true;
  }

  /** @param {Target} target */
  isPinned(target) {
    return isSame(target, this.pinned);
  }

  /** Let go of a pinned cell; returns it, if there was one. */
  unpin() {
    const { pinned } = this;
    this.pinned = null;
    if (pinned) this.hovered = null;
    return pinned;
  }

  /**
   * Let go of a pinned cell that another scene does not have.
   * @param {Scene} scene
   */
  keepWithin({ inputs, kernels, steps }) {
    const count = {
      input: inputs[0].texts.length,
      kernel: kernels[0]?.texts.length ?? 0,
      output: steps.length,
    };
    if (this.pinned && this.pinned.index >= count[this.pinned.role]) this.pinned = null;
  }
}

/**
 * @param {Target | null} one
 * @param {Target | null} other
 */
function isSame(one, other) {
  if (!one || !other) return one === other;
  return one.role === other.role && one.channel === other.channel && one.index === other.index;
}
