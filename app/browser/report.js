// How a component tells Python what the reader changed.

/** @typedef {(changes: Record<string, unknown>) => void} Report */
/**
 * What Streamlit gives a component each time it mounts or updates it; each component knows its own data.
 * @typedef {{data: any, parentElement: Node,
 *   setStateValue: (name: string, value: unknown) => void}} Mounting
 */

/**
 * Report changes as the state value "changes". The stamp makes the same choice twice count as two.
 * @param {Mounting["setStateValue"]} setStateValue
 * @returns {Report}
 */
export function reporter(setStateValue) {
  return (changes) =>
    setStateValue("changes", { ...changes, stamp: `${Date.now()}-${Math.random()}` });
}
