// The path to the open place: every level above it is a button that leads there.

import { el } from "../../../browser/dom.js";
import { channelName, levelOf, OVERVIEW } from "./place.js";

/** @import { Navigation } from "./navigation.js" */
/** @import { Facts, Place } from "./types.js" */
/** @typedef {{text: string, place: Place, at?: number}} Crumb `at`: its position on the trail, if it is on it */

export class Crumbs {
  /** @param {Navigation} navigation */
  constructor(navigation) {
    this.navigation = navigation;
    this.element = el("nav", { class: "crumbs", "aria-label": "What is open" });
  }

  show() {
    const { navigation } = this;
    const facts = navigation.facts();
    const crumbs = crumbsOf(navigation.place, navigation.trail, facts);
    const buttons = crumbs.flatMap(({ text, place, at }, index) => {
      const last = index === crumbs.length - 1;
      const button = el(
        "button",
        {
          class: "crumb",
          disabled: last,
          "aria-current": last ? "page" : null,
          onclick: () => (at === undefined ? navigation.go(place) : navigation.returnTo(at)),
        },
        text,
      );
      return index ? [el("span", { class: "quiet" }, "›"), button] : [button];
    });
    const back = el(
      "button",
      { class: "back", title: "One level up (Escape)", onclick: () => navigation.back() },
      "‹ Back",
    );
    if (navigation.level === "overview")
      this.element.replaceChildren(...buttons, el("span", { class: "quiet facts" }, facts.facts));
    else this.element.replaceChildren(back, ...buttons);
  }
}

/**
 * The path to a place: along the trail of places that were left downwards, or level by level.
 * @param {Place} place
 * @param {Place[]} trail
 * @param {Facts} facts
 * @returns {Crumb[]}
 */
export function crumbsOf(place, trail, facts) {
  const { layer: name, channel, row, column } = place;
  /** @type {Crumb[]} */
  const crumbs = [{ text: facts.title, place: OVERVIEW }];
  // The overview is the first crumb anyway.
  if (trail.some(({ layer }) => layer !== "")) {
    const text = (/** @type {Place} */ one) => placeText(one, facts);
    const above = trail
      .map((one, at) => ({ text: text(one), place: one, at }))
      .filter(({ place: one }) => one.layer !== "");
    return [...crumbs, ...above, { text: text(place), place }];
  }
  const layer = facts.plan.find((one) => one.name === name);
  if (!layer) return crumbs;
  crumbs.push({ text: layer.title, place: { ...OVERVIEW, layer: name } });
  const level = levelOf(place);
  if (level === "map" || level === "unit")
    crumbs.push({
      text: channelName(layer, Number(channel), facts),
      place: { ...place, row: "", column: "" },
    });
  if (level === "unit" && !layer.vector)
    crumbs.push({ text: `row ${row}, column ${column}`, place });
  return crumbs;
}

/**
 * @param {Place} place
 * @param {Facts} facts
 */
function placeText({ layer, channel, row, column }, facts) {
  const found = facts.plan.find((one) => one.name === layer);
  const cell = row === "" || found?.vector ? "" : ` (${row}, ${column})`;
  const name = channel === "" || !found ? "" : `, ${channelName(found, Number(channel), facts)}`;
  return `${found?.title ?? layer}${name}${cell}`;
}
