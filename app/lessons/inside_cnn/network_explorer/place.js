// Where the reader is in a network: overview, layer, map or unit, and the ways from one place to another.

import { ARROWS } from "../../../browser/arrows.js";

/** @import { Facts, Layer, Level, NetworkChoice, Place, Settings, Unit } from "./types.js" */

/** @type {Readonly<Place>} */
export const OVERVIEW = Object.freeze({ layer: "", channel: "", row: "", column: "" });

/**
 * Which of the four levels a place is at.
 * @param {Place} place
 * @returns {Level}
 */
export function levelOf({ layer, channel, row }) {
  if (layer === "") return "overview";
  if (channel === "") return "layer";
  return row === "" ? "map" : "unit";
}

/**
 * One level up: unit, map, layer, overview.
 * @param {Place} place
 * @returns {Place}
 */
export function levelUp(place) {
  if (place.row !== "") return { ...place, row: "", column: "" };
  if (place.channel !== "") return { ...place, channel: "" };
  return OVERVIEW;
}

/**
 * @param {string} layer
 * @param {number} channel
 * @returns {Place}
 */
export function mapPlace(layer, channel) {
  return { layer, channel: String(channel), row: "", column: "" };
}

/**
 * @param {string} layer
 * @param {number} channel
 * @param {{row?: number, column?: number}} cell
 * @returns {Place}
 */
export function unitPlace(layer, channel, { row = 0, column = 0 }) {
  return { layer, channel: String(channel), row: String(row), column: String(column) };
}

/**
 * The unit at a place; the first one of a map.
 * @param {Place} place
 * @returns {Unit}
 */
export function unitOf({ layer, channel, row, column }) {
  return { layer, channel: Number(channel), row: Number(row || 0), column: Number(column || 0) };
}

/**
 * The unit an arrow key leads to; at the edge of the map, the same one.
 * @param {{row: number, column: number}} unit
 * @param {string} key
 * @param {number} rows
 * @param {number} columns
 */
export function unitBeside({ row, column }, key, rows, columns) {
  const [down, across] = ARROWS[key] ?? [0, 0];
  return {
    row: Math.min(Math.max(row + down, 0), rows - 1),
    column: Math.min(Math.max(column + across, 0), columns - 1),
  };
}

/**
 * Whether settings choose a network.
 * @param {NetworkChoice} choice
 * @param {Settings} settings
 */
export function isChosen({ network, last_layer }, settings) {
  return network === settings.network && last_layer === settings.last_layer;
}

/**
 * Whether the numbers of a layer are the network's classes.
 * @param {Layer} layer
 * @param {Facts} facts
 */
export function isClassLayer(layer, facts) {
  return ["softmax", "dense"].includes(layer.kind) && layer.shape[0] === facts.classes.length;
}

/**
 * What one map, unit of a vector, or class is called.
 * @param {Layer} layer
 * @param {number} channel
 * @param {Facts} facts
 */
export function channelName(layer, channel, facts) {
  if (isClassLayer(layer, facts)) return facts.classes[channel];
  return `${layer.vector ? "unit" : "map"} ${channel}`;
}
