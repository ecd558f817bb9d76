// What Python sends: app/lessons/translation/picture_frame.py and network_frame.py.

/**
 * A picture and its legend; the blob of the same name has its pixels. `dots`: its pixels are shown as squares.
 * @typedef {{key: string, title: string, note: string, alt: string, aspect: number, dots: boolean,
 *   legend: {low: string, middle: string, high: string, gradient: string} | null}} PanelView
 */
/**
 * A value as a bar: `share` of the longest possible bar, 0 to 1; `was`: the same without a shift, where there is such a
 * thing; `ink`: its color, "" for the usual one; `setting`: what a press chooses, "" where it chooses nothing.
 * @typedef {{key: string, name: string, text: string, share: number, was: number | null, ink: string,
 *   setting: string, pressed: boolean}} BarRow
 */
/**
 * A menu, or a field for a whole number from 0 to `most`; `spoken`: its name where `label` is too short to be one.
 * @typedef {{key: string, label: string, spoken?: string, value: string, options: [string, string][],
 *   most?: number}} WordChoice
 */
/**
 * A button beside the bars: what it says, what it says when it is pointed at, and the settings that it puts.
 * @typedef {{label: string, note: string, changes: Record<string, string>}} Offer
 */
/**
 * `by`: rows down and columns to the right; `most`: how far it can be shifted; `height`, `width`: of the picture that
 * is dragged, in pixels; `about`: which picture and settings it is about, apart from the shift.
 * @typedef {{kind: "shift_picture" | "shift_network", sequence?: number, about: string, by: [number, number],
 *   most: number, height: number, width: number, panels: PanelView[], rows: BarRow[], rows_title: string,
 *   words: string, choices: WordChoice[], token: string, settings: Record<string, string>, ms?: number,
 *   offer?: Offer | null}} ShiftedHeader
 */
export {};
