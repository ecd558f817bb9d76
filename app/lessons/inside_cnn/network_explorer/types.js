// The types of the network explorer: what Python sends it, and what its modules pass to each other.

/**
 * Where the reader is, as the link has it; "" for what is not open.
 * @typedef {{layer: string, channel: string, row: string, column: string}} Place
 */
/** @typedef {"overview" | "layer" | "map" | "unit"} Level how deep a place is */
/** @typedef {{layer: string, channel: number, row: number, column: number}} Unit */
/** @typedef {{network: string, last_layer: string}} NetworkChoice which network, and whose last layer it has */
/** @typedef {Place & NetworkChoice & {source: string, garment: string, drawing: string, scope: string,
 *   depth: string, map_order: string}} Settings */
/** @typedef {Partial<Settings> & {go?: string, picture?: string}} Changes settings, or the page to go on to */

/**
 * A tile of a sheet under the pointer or the keyboard; row and column only where a cell of the map is meant.
 * @typedef {{index: number, row?: number, column?: number}} TilePoint
 */
/** @typedef {{rows: number[], columns: number[]}} Span first and end of each axis, in pixels of the network's input */
/** @typedef {{top: number, left: number, height: number, width: number}} Box in shares of the picture */

/**
 * The receptive field of a layer's first unit, and how far the next unit's lies from it: (rows, columns).
 * @typedef {{size: number[], stride: number[], start: number[]}} ReceptiveField
 */
/**
 * A layer as app/lessons/inside_cnn/network_plan.py describes it; `title`: as people read it, `label`: within its
 * block; `shape`: maps, rows, columns; `orders`: in which its maps can be shown.
 * @typedef {{name: string, title: string, label: string, kind: string, block: string, words: string, chain: string[], inputs: string[],
 *   shape: [number, number, number], shape_text: string, parameters_text: string, outcome: boolean,
 *   orders: {key: string, name: string}[], in_overview: boolean, vector: boolean,
 *   receptive_field: ReceptiveField | null}} Layer
 */
/** @typedef {{name: string, choice: NetworkChoice, title: string, facts: string, plan: Layer[], classes: string[],
 *   size: [number, number], starts_from_pad: boolean, has_maps: boolean}} Facts what is known of a network without a picture */
/**
 * The header of the frame that the page sends: app/lessons/inside_cnn/frame.py; `owner`: the secret name of the
 * last layer that was taught.
 * @typedef {{settings: Settings, networks: {choice: NetworkChoice, title: string, note: string}[], facts: Facts,
 *   aspect: number, small: boolean, view: number[], pad: Pad, gradients: Record<string, string>,
 *   token: string, picture: string, alt: string, more: boolean, owner: string, sample?: string,
 *   samples: Record<string, {picture: string, alt: string, aspect: number, small: boolean, view: number[],
 *   address: string}>}} PageHeader
 */
/**
 * `pixels`: two hexadecimal digits each; `garments`: one of each class; `count`: of the test pictures; `mistakes`:
 * the next that are classified wrongly.
 * @typedef {{pixels: string, garments: {index: number, name: string}[], count: number, classes: string[],
 *   mistakes: number[]}} Pad
 */
/** @typedef {{label: number, wrong: boolean, first: number}} GarmentChoice `label`: -1 for every class */

/**
 * An order of the maps of a layer: app/lessons/inside_cnn/map_order.py; `indices`: of the maps, the first one first;
 * `figures`: by map; `text`: what the figures are.
 * @typedef {{indices: number[], figures: string[], text: string}} MapOrder
 */
/** @typedef {{dead: string, silent: string}} Zeros how many maps are 0, for every picture and for this one, in words */
/** @typedef {{low: string, middle: string, high: string}} Legend */
/** @typedef {{scale: string, legend: Legend}} Colored how maps are colored */
/**
 * Maps of one layer as tiles of a sprite: app/lessons/inside_cnn/map_sheet.py.
 * @typedef {{columns: number, height: number, width: number, count: number, zero: number[],
 *   dead: number[], order?: MapOrder}} SheetLayout `zero`: maps that are 0 for this picture; `dead`: those that are so for every picture
 * @typedef {SheetLayout & Colored & {name: string, first: number, stats: string[], zeros: Zeros}} Sheet
 */
/** @typedef {{channel: number, name: string, share: number, text: string}} Score */
/**
 * The maps of a column of the overview, one below the other: app/lessons/inside_cnn/overview_view.py.
 * @typedef {SheetLayout & Colored & {name: string, channels: number[], stats: string[]}} OverviewSheet
 */
/**
 * The terms between a unit and the maps of a column beside it: app/lessons/inside_cnn/wires_view.py; `shares`: of the
 * largest term, with its sign.
 * @typedef {{layer: string, channels: number[], shares: number[], texts: string[], words: string,
 *   how: string, rest: {count: number, share: number} | null}} WireTerms
 * @typedef {{channel: number, terms: {channel: number, name: string, text: string}[], rest: string, sum: string,
 *   quotient: string}} SoftmaxTerms
 * Where wires to what is beside the columns end, in pixels of the stage.
 * @typedef {{input: (channel: number, count: number) => {x: number, y: number, width: number, height: number} | null,
 *   score: (channel: number) => {x: number, y: number, width: number, height: number} | null}} WireEnds
 */
/**
 * `label`: the true class of a test picture; `right`: whether it is the most probable one.
 * @typedef {{rows: Score[], total: string, label?: string, right?: boolean, groups?: {name: string, text: string}[],
 *   groups_text?: string}} Scores
 */

/** @import { NumberCells } from "../../../browser/number_cells.js" */
/**
 * One unit written out: app/lessons/inside_cnn/unit_view.py.
 * @typedef {Unit & {kind: string, value: string, lead: string, receptive_field: Span & {text: string},
 *   window: UnitWindow | null, steps: {name: string, formula: string, value: string}[],
 *   addends: (Unit & {text: string})[], classes: ClassTerm[], logits_layer: string}} UnitHeader
 */
/** @typedef {{channel: number, sum: string, share: number, grids: NumberCells[]}} Term one channel of a window */
/** @typedef {{source: string, rows: number[], columns: number[], height: number, width: number,
 *   padding: number[], argmax: number[] | null, count: number, terms: Term[], rest: string,
 *   pools: boolean}} UnitWindow */
/** @typedef {{channel: number, name: string, formula: string, value: string, share: number,
 *   chosen: boolean}} ClassTerm one class of the softmax */

/**
 * How one map is made: app/lessons/inside_cnn/decomposition_view.py.
 * @typedef {{layer: string, channel: number, stages: DecompositionStage[], rows: DecompositionRow[], rest: string,
 *   source: string, inputs: SheetLayout, partials: SheetLayout, sum_text?: string,
 *   places?: {height: number, width: number}}} Decomposition
 */
/** @typedef {{channel: number, kernel?: NumberCells, strength: number, strength_text: string}} DecompositionRow an input map and
 * what it contributes */
/** @typedef {SheetLayout & Colored & {blob: string, layer: string, title: string, text: string,
 *   stat?: string}} DecompositionStage a whole map on the way to the last one */

/**
 * The answer about a picture of the camera: app/lessons/inside_cnn/camera_live.py; `view`: what the network is given of
 * it, as shares; `kept`: the token of a picture that was kept, then nothing else is there.
 * @typedef {{kind: "network_camera", sequence: number, about: string, columns: OverviewSheet[], scores: Scores,
 *   view: number[], kept?: string,
 *   attribution: {channel: number, name: string, high: string, height: number, width: number} | null}} CameraAnswer
 */
/** @typedef {import("../../../browser/frame.js").FrameBlob} FrameBlob */
/**
 * The headers of the answers on the live channel: app/lessons/inside_cnn/live.py.
 * @typedef {{kind: "maps", sequence: number, about: string, sheets: Sheet[], scores: Scores}} MapsAnswer
 * @typedef {{kind: "overview", sequence: number, about: string, columns: OverviewSheet[], scores: Scores}} OverviewAnswer
 * @typedef {{kind: "connections", about: string, unit: Unit, text: string, field: (Span & {text: string}) | null,
 *   before: WireTerms | null, after: WireTerms | null, softmax: SoftmaxTerms | null,
 *   map?: {scale: string, width: number, height: number}}} ConnectionsAnswer
 * @typedef {{kind: "unit", about: string, unit: UnitHeader}} UnitAnswer
 * @typedef {{kind: "decomposition", about: string, decomposition: Decomposition}} DecompositionAnswer
 * @typedef {{kind: "effective_receptive_field", about: string, place: [string, number, number, number], text: string}} EffectiveFieldAnswer
 * @typedef {{kind: "hover", about: string, text: string}} HoverAnswer
 * @typedef {GarmentChoice & {kind: "garments", about: string, count: number, columns: number, page: number,
 *   text: string, pictures: {index: number, label: string, given: string}[]}} GarmentsAnswer
 * @typedef {MapsAnswer | OverviewAnswer | ConnectionsAnswer | GarmentsAnswer | UnitAnswer | DecompositionAnswer | EffectiveFieldAnswer | HoverAnswer | CameraAnswer} Answer
 */

export {};
