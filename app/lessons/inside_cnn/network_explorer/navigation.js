// The ways from place to place: down to what a number is made of, back up with Escape, sideways with arrow keys.

import { levelOf, levelUp, mapPlace, OVERVIEW, unitBeside, unitPlace } from "./place.js";

/** @import { Facts, Layer, Place, TilePoint } from "./types.js" */

export class Navigation {
  /** @param {{facts: () => Facts, place: () => Place, onmove: (place: Place) => void}} on */
  constructor({ facts, place, onmove }) {
    this.facts = facts;
    this.currentPlace = place;
    this.onmove = onmove;
    /** @type {Place[]} places that were left downwards, the first one first */
    this.trail = [];
    /** @type {{layer: string, indices: number[] | undefined}} in which order a layer's maps were shown last */
    this.order = { layer: "", indices: undefined };
  }

  get place() {
    return this.currentPlace();
  }

  get level() {
    return levelOf(this.place);
  }

  /** @param {string} name */
  layerOf(name) {
    return this.facts().plan.find((layer) => layer.name === name);
  }

  /** The layer that is open; undefined in the overview. */
  get layer() {
    return this.layerOf(this.place.layer);
  }

  /**
   * Go somewhere else; the trail of places above is kept along the way down and between neighbors.
   * @param {Place} place
   * @param {{keepTrail?: boolean}} [how]
   */
  go(place, { keepTrail = false } = {}) {
    const isNeighbor = place.layer === this.place.layer && levelOf(place) === this.level;
    if (!keepTrail && !isNeighbor) this.trail = [];
    this.onmove(place);
  }

  /**
   * Go down to what a number is made of, and remember from where: Escape leads back the same way.
   * @param {Place} place
   */
  descend(place) {
    const { layer, channel } = this.place;
    // From a map to its own unit is no detour: one level up is the map again.
    const isAtStart = !this.trail.length || this.isBelowOverview;
    const isOwnUnit = isAtStart && place.layer === layer && place.channel === channel;
    if (!isOwnUnit) this.trail.push(this.place);
    this.go(place, { keepTrail: !isOwnUnit || this.isBelowOverview });
  }

  /**
   * Return to a place on the trail.
   * @param {number} at
   */
  returnTo(at) {
    const place = this.trail[at];
    this.trail.length = at;
    this.go(place, { keepTrail: true });
  }

  /**
   * Open a layer, or one of its maps; a number of a vector opens as a unit.
   * @param {string} name
   * @param {TilePoint | null} at
   */
  open(name, at) {
    const layer = this.layerOf(name);
    if (at && (this.level === "overview" || this.isBelowOverview)) {
      this.trail = [OVERVIEW];
      const { index } = at;
      this.go(layer && hasNoMap(layer) ? unitPlace(name, index, {}) : mapPlace(name, index), {
        keepTrail: true,
      });
      return;
    }
    if (!at) this.go({ ...OVERVIEW, layer: name });
    else if (layer && hasNoMap(layer)) this.go(unitPlace(name, at.index, {}));
    else this.go({ ...OVERVIEW, layer: name, channel: String(at.index) });
  }

  /** Whether what is open was opened from the overview, where Escape leads back to. */
  get isBelowOverview() {
    return this.trail.length === 1 && this.trail[0].layer === "";
  }

  /**
   * Open a class: the contributions to its logit where those are shown, else its probability.
   * @param {number} channel
   */
  openScore(channel) {
    const { plan } = this.facts();
    if (this.level === "map") this.go({ ...this.place, channel: String(channel) });
    else this.go(unitPlace(plan[plan.length - 1].name, channel, {}));
  }

  /** One level up, or back along the trail. */
  back() {
    const { layer } = this;
    const up = levelUp(this.place);
    if (this.isBelowOverview && this.level === "unit" && layer && !hasNoMap(layer)) {
      this.go(up, { keepTrail: true });
      return;
    }
    if (this.trail.length) {
      this.returnTo(this.trail.length - 1);
      return;
    }
    this.go(layer && hasNoMap(layer) && up.channel !== "" ? OVERVIEW : up);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { key, target } = event;
    if (key === "Escape" && this.level !== "overview") {
      event.preventDefault();
      event.stopPropagation();
      this.back();
      return;
    }
    if (!key.startsWith("Arrow")) return;
    if (target instanceof Element && target.closest("select, input")) return;
    const next = this.beside(key);
    if (!next) return;
    event.preventDefault();
    this.go(next);
  }

  /**
   * The neighboring unit or map that an arrow key leads to; null where it leads nowhere.
   * @param {string} key
   * @returns {Place | null}
   */
  beside(key) {
    const { layer, level, place } = this;
    if (!layer) return null;
    const [channels, rows, columns] = layer.shape;
    if (level === "unit" && !layer.vector) {
      const unit = { row: Number(place.row), column: Number(place.column) };
      const { row, column } = unitBeside(unit, key, rows, columns);
      return { ...place, row: String(row), column: String(column) };
    }
    if (!["map", "unit"].includes(level) || !["ArrowLeft", "ArrowRight"].includes(key)) return null;
    const shown = this.order.layer === layer.name ? this.order.indices : undefined;
    const order = shown?.length === channels ? shown : undefined;
    const channel = Number(place.channel);
    const at = (order?.indexOf(channel) ?? channel) + (key === "ArrowLeft" ? -1 : 1);
    const next = Math.min(Math.max(at, 0), channels - 1);
    return { ...place, channel: String(order?.[next] ?? next) };
  }
}

/**
 * Whether a layer's numbers open as units at once; only those of a dense layer have parts to show as maps.
 * @param {Layer} layer
 */
function hasNoMap(layer) {
  return layer.vector && layer.kind !== "dense";
}
